"""How likely two entries of one kind are the same: in points that can be told. Pure.

Two entries that are linked as different things (parent and part, former and successor) are none; a sample is
never a real entry.
"""

from curation.duplicates.facts import (
    NOTHING,
    Facts,
    OrganisationFacts,
    Reasons,
    VenueFacts,
    Verdict,
)
from curation.duplicates.judging_events import judge_events
from curation.duplicates.judging_people import judge_people
from curation.duplicates.wording import Lexicon, Wording, alike, best, read

__all__ = ["judge_events", "judge_named", "judge_organisations", "judge_people", "judge_venues", "verdict"]

# Metres between two positions of one house.
_ONE_HOUSE = 60
_METRES_OF_A_DEGREE = 111_000


def verdict(score: float, reasons: Reasons) -> Verdict:
    return Verdict(max(0, min(100, round(score))), reasons)


def are_apart(one: Facts, other: Facts) -> bool:
    if one.is_sample != other.is_sample or one.key in other.apart or other.key in one.apart:
        return True
    # Two numbers of one register are two things: Q64 and Q65.
    kinds = {text[:1] for text in one.identifiers} & {text[:1] for text in other.identifiers}
    return bool(kinds) and not one.identifiers & other.identifiers


def judge_named(one: Facts, other: Facts, lexicon: Lexicon) -> Verdict:
    """Topics and series: by their names alone, and by what they show on the web."""
    if are_apart(one, other):
        return NOTHING
    same = best(one.names, other.names, lexicon)
    reasons: Reasons = [("name", round(100 * same))]
    score = 100 * same
    if _numbers_differ(one, other):
        score -= 30
        reasons.append(("numbers", 0))
    return verdict(*_with_links(score, reasons, one, other))


def _numbers_differ(one: Facts, other: Facts) -> bool:
    """No name of the one has a number that one of the other has, though both have some."""
    mine, theirs = (
        {number for name in facts.names for number in read(name).numbers} for facts in (one, other)
    )
    return bool(mine or theirs) and not mine & theirs


def _with_links(score: float, reasons: Reasons, one: Facts, other: Facts) -> tuple[float, Reasons]:
    """A page of their own speaks for it where the names do so too; a common identifier settles it."""
    if one.links & other.links and score >= 60:
        score += 8
        reasons.append(("link", 0))
    if one.identifiers & other.identifiers:
        score = max(score, 95)
        reasons.append(("identifier", 0))
    return score, reasons


# -- organisations ---------------------------------------------------------------------------------


def judge_organisations(one: OrganisationFacts, other: OrganisationFacts, lexicon: Lexicon) -> Verdict:
    if are_apart(one, other):
        return NOTHING
    names = best(one.names, other.names, lexicon)
    reasons: Reasons = [("name", round(100 * names))]
    score = 100 * names
    called = _short_names(one, other)
    if called > score:
        score, reasons = called, [("short_name", 0)]
    if _numbers_differ(one, other):
        score -= 30
        reasons.append(("numbers", 0))
    if one.kind and other.kind and one.kind != other.kind and names < 0.95 and not called:
        score -= 8
        reasons.append(("other_kind", 0))
    score += _whereabouts(one, other, reasons)
    return verdict(*_with_links(score, reasons, one, other))


def _short_names(one: OrganisationFacts, other: OrganisationFacts) -> float:
    """An abbreviation that is all of another's name says it; two equal abbreviations may be two bodies'."""
    for mine, theirs in ((one, other), (other, one)):
        if len(mine.short) > 2 and any(read(mine.short) == read(name) for name in theirs.names):
            return 92
    if one.short and one.short == other.short:
        # Where both say their names, those decide; where one is called by the short name alone, see above.
        return 55
    return 0


def _whereabouts(one: OrganisationFacts, other: OrganisationFacts, reasons: Reasons) -> float:
    if one.city and other.city and alike(read(one.city), read(other.city), Lexicon()) < 0.7:
        reasons.append(("other_city", 0))
        return -25 if one.state and other.state and one.state != other.state else -18
    if one.country != other.country:
        reasons.append(("other_country", 0))
        return -30
    if one.state and other.state and one.state != other.state:
        reasons.append(("other_state", 0))
        return -20
    if one.city and other.city:
        reasons.append(("same_city", 0))
        return 3
    return 0


# -- venues ----------------------------------------------------------------------------------------


def judge_venues(one: VenueFacts, other: VenueFacts, lexicon: Lexicon) -> Verdict:
    """A town and a house in it are two places; a name and its town are written in many orders."""
    if are_apart(one, other) or (one.kind == "city") != (other.kind == "city"):
        return NOTHING
    towns = alike(read(one.city), read(other.city), Lexicon()) if one.city and other.city else None
    if towns is not None and towns < 0.8 and not _within(one, other):
        return NOTHING
    if one.kind == "city":
        return verdict(95, [("same_city", 0)]) if towns == 1 else verdict(80 * (towns or 0), [("name", 80)])
    same = max(best(one.names, other.names, lexicon), best(_bare(one), _bare(other), lexicon))
    reasons: Reasons = [("name", round(100 * same))]
    score = 100 * same
    if _numbers_differ(one, other):
        score -= 25
        reasons.append(("numbers", 0))
    score += _ground(one, other, same, reasons)
    return verdict(*_with_links(score, reasons, one, other))


def _within(one: VenueFacts, other: VenueFacts) -> bool:
    """Whether one town's name begins with the other's: Freiburg, Freiburg im Breisgau."""
    mine, theirs = read(one.city).words, read(other.city).words
    return mine[:1] == theirs[:1]


def _bare(venue: VenueFacts) -> list[str]:
    """The names without the town in them, unless nothing else is left."""
    town = set(read(venue.city).words)
    found = []
    for name in venue.names:
        words = [word for word in read(name).words if word not in town]
        found.append(" ".join(words) if words and len(" ".join(words)) > 3 else name)
    return found


def _ground(one: VenueFacts, other: VenueFacts, same: float, reasons: Reasons) -> float:
    if one.at and other.at:
        north = (one.at[0] - other.at[0]) * _METRES_OF_A_DEGREE
        east = (one.at[1] - other.at[1]) * _METRES_OF_A_DEGREE * 0.63
        if north * north + east * east < _ONE_HOUSE**2:
            reasons.append(("same_position", 0))
            return 15 if same >= 0.4 else 0
    if one.street and other.street:
        streets = alike(_street(one), _street(other), Lexicon())
        if streets > 0.85 and read(one.street).numbers == read(other.street).numbers:
            reasons.append(("same_street", 0))
            return 20 if same >= 0.4 else 5
        reasons.append(("other_street", 0))
        return -15
    return 0


def _street(venue: VenueFacts) -> Wording:
    return read(venue.street.replace("str.", "straße").replace("Str.", "Straße"))
