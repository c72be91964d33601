"""How likely two entries are one event. Pure.

Editions of a series have nearly one title and are not the same: numbers, years and days tell them apart.
So do the towns of a road show, whose stops have one title on one day.
"""

from curation.duplicates.facts import NOTHING, EventFacts, Reasons, Verdict
from curation.duplicates.wording import Lexicon, Wording, alike, read

# Days by which a date may have slipped; beyond them it is another event, or the same after it was moved.
NEAR = 35
_KIND_WORDS = """
kongress congress konferenz conference tagung fachtagung fachkongress fachkonferenz jahrestagung forum
symposium symposion kolloquium summit gipfel messe treffen
"""
_KINDS = frozenset(_KIND_WORDS.split())
# Within so few days even a dense series hardly has two events of one title.
_SLIPPED = 3
# Beyond these days nothing is compared at all.
FAR = 300


def judge_events(one: EventFacts, other: EventFacts, lexicon: Lexicon) -> Verdict:
    if one.is_sample != other.is_sample or _nested(one, other):
        return NOTHING
    away = days_between(one, other)
    reasons: Reasons = [_when(one, other, away)]
    titles = _titles(one, other, lexicon)
    reasons.append(("title", round(100 * titles)))
    score = 100 * titles
    score += _number(one, other, reasons)
    score += _place(one, other, reasons)
    score += _series(one, other, away if titles < 0.97 or away > _SLIPPED else 0, reasons)
    score += _pages(one, other, away, reasons)
    score += _time(one, other, away, titles)
    return Verdict(max(0, min(100, round(score))), reasons)


def _nested(one: EventFacts, other: EventFacts) -> bool:
    """Whether one is a part of the other, or both are parts of one."""
    return one.key == other.parent != 0 or other.key == one.parent != 0


def days_between(one: EventFacts, other: EventFacts) -> int:
    """How many days lie between both; 0 where they have one in common."""
    later, earlier = (one, other) if one.first > other.first else (other, one)
    return max(0, (later.first - earlier.last).days)


def _when(one: EventFacts, other: EventFacts, away: int) -> tuple[str, int]:
    if (one.first, one.last) == (other.first, other.last):
        return "same_days", 0
    return ("days_apart", away) if away else ("common_days", 0)


def _titles(one: EventFacts, other: EventFacts, lexicon: Lexicon) -> float:
    titles = [(read(a), read(b)) for a in one.names for b in other.names]
    titles += [(_kindless(a), _kindless(b)) for a, b in titles]
    return max((alike(a, b, lexicon, is_strict=False) for a, b in titles), default=0.0)


def _kindless(title: Wording) -> Wording:
    """Congress or conference: one calls it so, another so."""
    words = tuple("tagung" if word in _KINDS else word for word in title.words)
    return Wording(words, title.numbers, title.years)


def _number(one: EventFacts, other: EventFacts, reasons: Reasons) -> float:
    """Which edition it is, by the field or by a number in the title, and the year in the title."""
    mine, theirs = _editions(one), _editions(other)
    told = 0.0
    if one.series and one.series == other.series and mine & theirs:
        reasons.append(("same_edition", 0))
        told += 15
    elif mine and theirs and not mine & theirs:
        reasons.append(("numbers", 0))
        told -= 35
    years, others = _years(one), _years(other)
    if years and others and not years & others:
        reasons.append(("years", 0))
        told -= 40
    return told


def _editions(event: EventFacts) -> set[str]:
    numbers = {number for name in event.names for number in read(name).numbers}
    return numbers | ({str(event.edition)} if event.edition else set())


def _years(event: EventFacts) -> set[int]:
    return {year for name in event.names for year in read(name).years}


def _place(one: EventFacts, other: EventFacts, reasons: Reasons) -> float:
    if not one.places or not other.places:
        return 0
    if one.places & other.places:
        reasons.append(("same_city", 0))
        return 6
    reasons.append(("other_city", 0))
    return -40


def _series(one: EventFacts, other: EventFacts, away: int, reasons: Reasons) -> float:
    if one.series and one.series == other.series:
        reasons.append(("same_series", 0))
        # Where a series has several events within weeks, each of them is one of its own.
        return -30 if away and _is_dense(one, other) else 12
    if one.series and other.series:
        reasons.append(("other_series", 0))
        return -30
    return 0


def _is_dense(one: EventFacts, other: EventFacts) -> bool:
    return bool((one.neighbours | other.neighbours) - {one.key, other.key})


def _pages(one: EventFacts, other: EventFacts, away: int, reasons: Reasons) -> float:
    if one.pages & other.pages:
        reasons.append(("registration", 0))
        return 25 if away <= NEAR else 10
    told = 0.0
    if one.links & other.links and away <= NEAR:
        reasons.append(("link", 0))
        told += 8
    if one.sources & other.sources and away <= NEAR:
        reasons.append(("source", 0))
        told += 5
    if one.bodies and other.bodies and not one.bodies & other.bodies:
        reasons.append(("other_organisers", 0))
        told -= 15
    elif one.bodies & other.bodies:
        reasons.append(("same_organisers", 0))
        told += 4
    return told


def _time(one: EventFacts, other: EventFacts, away: int, titles: float) -> float:
    if away == 0:
        exact = one.is_day and other.is_day
        return 10 if exact or titles > 0.8 else 0
    vague = 0 if one.is_day and other.is_day else 5
    if away <= 14:
        return -3 + vague
    if away <= NEAR:
        return -10 + vague
    return -12 if one.first.year == other.first.year and _same_year_said(one, other) else -45


def _same_year_said(one: EventFacts, other: EventFacts) -> bool:
    """Both titles say one year, or both are one edition: the same after it was moved."""
    same = bool(_years(one) & _years(other))
    return same or (one.series == other.series != 0 and bool(_editions(one) & _editions(other)))
