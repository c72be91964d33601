"""From a question to a plan: which words are known, what they may mean, which say a date, a place or a
filter."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from django.utils import formats

from index import lookup, refresh
from index.asking import Asked, Question
from index.dates import Period, periods
from index.plan import Group, Plan
from index.registry import Phrase, nouns
from lib.stems import stem
from lib.words import meaning

_LONGEST_PHRASE = 8


@dataclass(frozen=True)
class Reading:
    """What some words of a question were read as: the filters of a list that say the same. `group` is the
    place of what the plan looks for instead."""

    values: dict[str, str]
    words: str
    label: str
    group: int = -1

    @property
    def parameter(self) -> str:
        return next(iter(self.values))

    @property
    def value(self) -> str:
        return next(iter(self.values.values()))


@dataclass
class Draft:
    """A plan in the making. `unknown` words are in no entry, not even as a part or a beginning."""

    question: Question
    groups: list[Group] = field(default_factory=list)
    near: list[tuple[int, ...]] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    unknown: list[Asked] = field(default_factory=list)
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    # {stem: marks} of words that say a filter wherever they stand, in compounds too.
    marks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    learned: lookup.Learned = field(default_factory=lookup.Learned)

    def plan(self) -> Plan:
        keys = {key for group in self.groups for one in group.sequences for key in one}
        keys |= {part for key in keys for part in self.parts.get(key, ())}
        told = self.learned
        return Plan(self.groups, self.near, told.compounds_of(keys), self.parts, told.counts, told.entries)


def drafted(question: Question) -> Draft:
    """Reads a question with what the catalogue knows, changes included that the index has yet to read: two
    small queries, more for words that it does not know."""
    draft = Draft(question, marks=_known_marks())
    words = question.telling
    spans = _spans(words)
    _learn(draft, words, spans)
    names = draft.learned.names
    phrases = _phrases(words, spans)
    exact = draft.learned.borne & {told[0] for (a, b), told in spans.items() if b - a > 1}
    dates = {word.start: one for one in _dates(question) for word in _within(words, one)}
    at = 0
    while at < len(words):
        at += (
            _read_literal(draft, words[at])
            or _read_date(draft, words, at, dates)
            or _read_filter(draft, words, at, spans, phrases, exact)
            or _read_name(draft, words, at, spans, names)
            or _read_word(draft, words[at])
        )
    return draft


Spans = dict[tuple[int, int], tuple[str, ...]]


def _spans(words: Sequence[Asked]) -> Spans:
    """{(first, behind the last): the words in stems} of all runs of words outside quotes; a word of several
    parts
    alone also as a whole."""
    found: Spans = {}
    for first in range(len(words)):
        for end in range(first + 1, min(first + _LONGEST_PHRASE, len(words)) + 1):
            if any(word.literal for word in words[first:end]):
                break
            told = " ".join(key for word in words[first:end] for key in word.units[0].keys)
            whole = words[first].units[0].whole if end == first + 1 else ""
            found[first, end] = (told, stem(whole)) if whole else (told,)
    return found


# -- what the catalogue knows -----------------------------------------------------------------------


def _learn(draft: Draft, words: Iterable[Asked], spans: Spans) -> None:
    """Which stems exist, what has other names, how words fall apart; one more query for each long unknown
    word."""
    wanted = {key for word in words for unit in word.units for key in (*unit.keys, stem(unit.whole)) if key}
    names = {told for both in spans.values() for told in both}
    draft.learned = lookup.learned(names, wanted)
    if draft.learned.is_stale:
        refresh.refresh_in_passing()
        draft.learned = lookup.learned(names, wanted)
    draft.parts = dict(draft.learned.parts)
    draft.known = set(draft.parts)
    for word in words:
        for unit in word.units:
            for form, key in zip(unit.parts, unit.keys, strict=True):
                if key not in draft.known and not word.literal and (parts := lookup.falls_apart(form)):
                    draft.parts[key] = parts
                    draft.known.add(key)


def _phrases(words: Sequence[Asked], spans: Spans) -> dict[tuple[int, int], Phrase]:
    """The runs of words that say a filter."""
    known = _known_phrases()
    texts = {span: _text(words, span) for span in spans}
    values = {
        text: one for noun in nouns().values() for text, one in noun.values(set(texts.values())).items()
    }
    found = {}
    for span, told in spans.items():
        if phrase := values.get(texts[span]) or known.get(told[0]):
            found[span] = phrase
    return found


@cache
def _known_phrases() -> dict[str, Phrase]:
    """{words in stems: phrase} of all nouns."""
    return {meaning(phrase.words): phrase for noun in nouns().values() for phrase in noun.phrases}


@cache
def _known_marks() -> dict[str, tuple[str, ...]]:
    return {told: (one.mark,) for told, one in _known_phrases().items()}


def _text(words: Sequence[Asked], span: tuple[int, int]) -> str:
    return " ".join(word.text for word in words[slice(*span)])


# -- reading ----------------------------------------------------------------------------------------


def _read_literal(draft: Draft, word: Asked) -> int:
    if not word.literal:
        return 0
    keys = tuple(key for unit in word.units for key in unit.keys)
    draft.groups.append(Group(frozenset({keys}), is_phrase=True))
    return 1


def _dates(question: Question) -> list[Period]:
    text = question.text
    for word in question.words:
        if word.literal:
            text = (
                text[: word.start] + "\x00" * (len(word.text) + 1) + text[word.start + len(word.text) + 1 :]
            )
    return periods(text)


def _within(words: Iterable[Asked], one: Period) -> list[Asked]:
    return [word for word in words if one.start <= word.start < one.end and not word.literal]


def _read_date(draft: Draft, words: Sequence[Asked], at: int, dates: dict[int, Period]) -> int:
    period = dates.get(words[at].start)
    if period is None or (at and dates.get(words[at - 1].start) is period):
        return _read_number(draft, words[at])
    said = _within(words[at:], period)
    keys = tuple(key for word in said for key in word.units[0].keys)
    marks = list(period.marks)
    if period.may_be_edition is not None:
        marks.append(f"edition/{period.may_be_edition}")
    draft.groups.append(Group(frozenset({keys}), tuple(marks), is_time=True))
    place = len(draft.groups) - 1
    if period.first and period.last:
        values = {"from": period.first.isoformat(), "to": period.last.isoformat()}
        text = draft.question.text[period.start : period.end]
        draft.readings.append(Reading(values, text, _label(period.first, period.last), place))
    return len(said)


def _label(first: dt.date, last: dt.date) -> str:
    if first == last:
        return formats.date_format(first, "DATE_FORMAT")
    if first.month == last.month:
        return formats.date_format(first, "YEAR_MONTH_FORMAT")
    if (first.month, last.month) == (1, 12):
        return str(first.year)
    begin = formats.date_format(first, "F" if first.year == last.year else "YEAR_MONTH_FORMAT")
    return f"{begin} – {formats.date_format(last, 'YEAR_MONTH_FORMAT')}"


def _read_number(draft: Draft, word: Asked) -> int:
    """ "16." may be an edition that the title does not tell."""
    form = word.units[0].parts[0]
    if len(word.units[0].parts) > 1 or not (form.isascii() and form.isdigit()) or len(form) > 2:
        return 0
    draft.groups.append(Group(frozenset({(form,)}), (f"edition/{int(form)}",), is_time=True))
    return 1


def _read_filter(
    draft: Draft,
    words: Sequence[Asked],
    at: int,
    spans: Spans,
    phrases: dict[tuple[int, int], Phrase],
    exact: set[str],
) -> int:
    """Longest run of words that say a filter, unless they are part of an entry's exact name."""
    if any(told[0] in exact for (a, b), told in spans.items() if a <= at < b and b - a > 1):
        return 0
    for end in range(min(at + _LONGEST_PHRASE, len(words)), at, -1):
        if phrase := phrases.get((at, end)):
            draft.groups.append(Group(frozenset({tuple(spans[at, end][0].split())}), (phrase.mark,)))
            place, text = len(draft.groups) - 1, _text(words, (at, end))
            draft.readings.append(Reading(dict(phrase.values), text, phrase.words, place))
            return end - at
    return 0


def _read_name(
    draft: Draft, words: Sequence[Asked], at: int, spans: Spans, names: dict[str, frozenset[str]]
) -> int:
    """Longest run of words that names something which has other names: any of them will do."""
    for end in range(min(at + _LONGEST_PHRASE, len(words)), at, -1):
        for told in reversed(spans.get((at, end), ())):
            if told in names:
                draft.groups.append(Group(frozenset(tuple(name.split()) for name in names[told])))
                return end - at
    return 0


def _read_word(draft: Draft, word: Asked) -> int:
    unit = word.units[0]
    atoms: list[str] = []
    for form, key in zip(unit.parts, unit.keys, strict=True):
        if key in draft.known:
            atoms += draft.parts.get(key) or [key]
        elif (unit.whole and stem(unit.whole) in draft.known) or draft.learned.compounds_of([key]):
            atoms.append(key)
        elif endings := lookup.completions(form):
            draft.groups.append(Group(frozenset((other,) for other in endings)))
        else:
            draft.unknown.append(word)
    first = len(draft.groups)
    draft.groups += [Group(frozenset({(atom,)}), draft.marks.get(atom, ())) for atom in dict.fromkeys(atoms)]
    if len(draft.groups) - first > 1:
        draft.near.append(tuple(range(first, len(draft.groups))))
    return 1


def again(question: Question, meant: dict[int, str]) -> Question:
    """The question with some words replaced: {start of the word: what was meant}."""
    from index.asking import read

    text = question.text
    for start in sorted(meant, reverse=True):
        word = next(one for one in question.words if one.start == start)
        text = text[:start] + _cased(meant[start], word.text) + text[start + len(word.text) :]
    return replace(read(text), left_out=question.left_out)


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() else word
