"""The search: questions in, entries out. See docs/search.md."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from index import counting, lookup, ranking
from index.asking import Question, read
from index.counting import Counted
from index.highlighting import Matcher
from index.models import Document
from index.plan import Plan
from index.registry import nouns
from index.told import Key, texts
from index.understanding import Draft, Reading, again, drafted

LIMIT = 10
# Of a list, so many entries are put in order by what they answer; the rest follows by date.
RANKED = 2_000
ENOUGH = 5
# Filters that are left out rather than finding nothing, the first one first.
_DROPPED = ("free", "mode", "format")


@dataclass(frozen=True)
class Hit:
    noun: str
    pk: int
    score: float


@dataclass
class Understanding:
    """How a question is read. `plans` says for each noun what to look for; a noun without one has no hits.

    `correction` is the whole question without slips; `corrected`: the hits are the correction's. `dropped`
    are words that say a filter which no hit of the others fulfils.
    """

    question: Question
    plans: dict[str, Plan] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)
    correction: str | None = None
    corrected: bool = False
    dropped: list[str] = field(default_factory=list)

    @property
    def left_out(self) -> list[str]:
        return self.question.left_out

    @property
    def matcher(self) -> Matcher:
        return Matcher.of(self.plans.values())


@dataclass
class Results(Understanding):
    """`hits` best first; `totals` are visible hits per noun, at most `counting.MOST` each (then the noun is
    in `capped`)."""

    hits: list[Hit] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    capped: set[str] = field(default_factory=set)

    def of(self, noun: str) -> list[Hit]:
        return [hit for hit in self.hits if hit.noun == noun]


def understand(
    text: str, at: dt.datetime | None = None, only: Collection[str] | None = None
) -> Understanding:
    """How a question is read, without its hits."""
    at = at or timezone.now()
    understood, draft = _read(text, only)
    ways = _ways(draft) if "event" in understood.plans else []
    if len(ways) > 1:
        _choose(understood, draft, ways, counting.count({"event": ways[0].plan}, at), at)
    return understood


def _answered(
    text: str, at: dt.datetime, only: Collection[str] | None
) -> tuple[Understanding, dict[str, Counted]]:
    """How a question is read, and how many hits that has of each noun; nouns without hits are left out."""
    understood, draft = _read(text, only)
    counted = counting.count(understood.plans, at)
    ways = _ways(draft) if "event" in understood.plans else []
    if len(ways) > 1:
        _choose(understood, draft, ways, counted, at)
    return understood, counted


def _read(text: str, only: Collection[str] | None) -> tuple[Understanding, Draft]:
    """What the words of a question mean; without plans where one of them means nothing."""
    question = read(text)
    understood, draft = Understanding(question), Draft(question)
    if question.words:
        draft = drafted(question)
        if draft.unknown:
            draft = _corrected(draft, understood)
        if not draft.unknown:
            plan = draft.plan()
            others = replace(plan, with_marks=False, with_time=False)
            wanted = [noun for noun in nouns() if only is None or noun in only]
            understood.plans = {noun: plan if noun == "event" else others for noun in wanted}
    return understood, draft


def _corrected(draft: Draft, understood: Understanding) -> Draft:
    """The question with its unknown words put right; the same one if one of them cannot be."""
    meant = {}
    for word in draft.unknown:
        form = lookup.corrected(word.units[0].whole or word.units[0].parts[0])
        if not form:
            return draft
        meant[word.start] = form
    fresh = drafted(again(draft.question, meant))
    if not fresh.unknown:
        understood.correction, understood.corrected = fresh.question.text, True
    return fresh


class _Way(NamedTuple):
    """A plan for events, and how many hits of it are enough."""

    plan: Plan
    number: int


def _ways(draft: Draft) -> list[_Way]:
    """The strictest first: dates and filters as such, else as words, else compounds in pieces, else without a
    filter."""
    plan = draft.plan()
    ways = [plan, replace(plan, with_marks=False)] if draft.readings or _has_marks(plan) else [plan]
    drops = [replace(plan, without=frozenset(some)) for some in _droppable(draft)]
    if plan.near:
        ways += [replace(way, is_wide=True) for way in ways]
        drops += [replace(way, is_wide=True) for way in drops]
    # A compound taken as such must bring as much as a page shows, or its parts count wherever they stand.
    return [_Way(way, ENOUGH if way.near and not way.is_wide else 1) for way in (*ways, *drops)]


def _choose(
    understood: Understanding,
    draft: Draft,
    ways: Sequence[_Way],
    counted: dict[str, Counted],
    at: dt.datetime,
) -> None:
    """Notes the first way that finds enough, and what it finds. Mostly that is the very first, which has been
    counted."""
    way = ways[0]
    if "event" not in counted or counted["event"].seen < way.number:
        found = counting.first_with(ways[1:], at)
        if found is None:
            return
        place, counted["event"] = found
        way = ways[1 + place]
    plan = understood.plans["event"] = way.plan
    understood.readings = [one for one in draft.readings if plan.with_marks and one.group not in plan.without]
    understood.dropped = [one.words for one in draft.readings if one.group in plan.without]


def _droppable(draft: Draft) -> list[list[int]]:
    """Groups without which the question still says something: filters, one by one and then all. Whoever names
    a time or a place wants nothing else."""
    told = [one for one in draft.readings if one.parameter in _DROPPED]
    some = [one.group for one in sorted(told, key=lambda one: _DROPPED.index(one.parameter))]
    if len(some) == len(draft.groups):
        some = some[1:]
    each = [[one] for one in some]
    return [*each, some] if len(some) > 1 else each


def _has_marks(plan: Plan) -> bool:
    return any(group.marks for group in plan.groups)


def find(
    text: str, *, nouns: Collection[str] | None = None, limit: int = LIMIT, at: dt.datetime | None = None
) -> Results:
    """The best entries for a question, at most `limit` of each noun, and how many there are."""
    at = at or timezone.now()
    understood, counted = _answered(text, at, nouns)
    results = Results(**vars(understood))
    for noun, rows in ranking.best(understood.plans, counted, limit, at).items():
        results.totals[noun] = min(counted[noun].seen, counting.MOST)
        results.hits += [Hit(noun, pk, score) for pk, score in rows]
    results.capped = {noun for noun, numbers in counted.items() if numbers.hits > counting.MOST}
    results.hits.sort(key=lambda hit: -hit.score)
    return results


# -- for lists ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """The entries of a noun that answer a question, for lists that filter further.

    `keys` are primary keys: all of them, or a subquery where they are many. `best` are the first ones in
    order; `understood` is how the question was read.
    """

    keys: list[int] | QuerySet
    best: list[int]
    understood: Understanding


def among(noun: str, text: str, at: dt.datetime | None = None) -> Found:
    """What answers a question among the entries that visitors may see at that moment."""
    at = at or timezone.now()
    understood, counted = _answered(text, at, [noun])
    if noun not in counted:
        return Found([], [], understood)
    plan = understood.plans[noun]
    rows = ranking.best({noun: plan}, counted, RANKED, at)[noun]
    keys = [pk for pk, _score in rows]
    # Those that were all ranked are handed on one by one, more as a subquery.
    return Found(keys if counted[noun].is_all else documents(noun, plan), keys, understood)


def matching(noun: str, text: str, at: dt.datetime | None = None) -> QuerySet | None:
    """The primary keys of a noun's entries that answer a question, whoever may see them; None if none can."""
    plan = understand(text, at, [noun]).plans.get(noun)
    return None if plan is None else documents(noun, plan)


def documents(noun: str, plan: Plan) -> QuerySet:
    return Document.objects.filter(noun=noun, words__tells=plan.queries).values("object")


def where(entries: Collection[Key], matcher: Matcher) -> dict[Key, list[tuple[str, str]]]:
    """{(noun, primary key): [(kind of text, text)]}: where the entries say what was asked for, strongest
    first. No query for no entry."""
    told = texts(entries)
    return {
        key: [(one.kind, one.text) for one in fields if matcher.spans(one.text)]
        for key, fields in told.items()
    }
