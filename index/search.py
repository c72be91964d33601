"""The search: questions in, entries out. See docs/search.md."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from index import lookup, ranking, refresh
from index.asking import Question, read
from index.highlighting import Matcher
from index.models import Document
from index.plan import Plan
from index.registry import nouns
from index.told import texts
from index.understanding import Draft, Reading, again, drafted
from lib.german import fold

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
    """`hits` best first; `totals` are visible hits per noun, at most `ranking.MOST` each (then the noun is
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
    question = read(text)
    understood = Understanding(question)
    if not question.words:
        return understood
    draft = drafted(question)
    if draft.unknown:
        draft = _corrected(draft, understood)
        if draft.unknown:
            return understood
    _plan(understood, draft, at, only)
    return understood


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


def _plan(understood: Understanding, draft: Draft, at: dt.datetime, only: Collection[str] | None) -> None:
    """The strictest plan that finds anything: dates and filters as such, else as words, else compounds in
    pieces, else without a filter."""
    plan = draft.plan()
    others = replace(plan, with_marks=False, with_time=False)
    for noun in nouns():
        if only is None or noun in only:
            understood.plans[noun] = plan if noun == "event" else others
    if "event" not in understood.plans:
        return
    ways = [plan, replace(plan, with_marks=False)] if draft.readings or _has_marks(plan) else [plan]
    drops = [replace(plan, without=frozenset(some)) for some in _droppable(draft)]
    if plan.near:
        ways += [replace(way, is_wide=True) for way in ways]
        drops += [replace(way, is_wide=True) for way in drops]
    ways += drops
    if len(ways) == 1:
        return
    # A compound taken as such must bring as much as a page shows, or its parts count wherever they stand.
    numbers = [ENOUGH if way.near and not way.is_wide else 1 for way in ways]
    place = ranking.first_with(list(zip(ways, numbers, strict=True)), at)
    if place is not None:
        way = understood.plans["event"] = ways[place]
        understood.readings = [
            one for one in draft.readings if way.with_marks and one.group not in way.without
        ]
        understood.dropped = [one.words for one in draft.readings if one.group in way.without]


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
    understood = understand(text, at, nouns)
    results = Results(**vars(understood))
    counted = ranking.count(understood.plans, at)
    for noun, rows in ranking.best(understood.plans, counted, limit, at).items():
        results.totals[noun] = min(counted[noun].seen, ranking.MOST)
        results.hits += [Hit(noun, pk, score) for pk, score in rows]
    results.capped = {noun for noun, numbers in counted.items() if numbers.hits > ranking.MOST}
    results.hits.sort(key=lambda hit: -hit.score)
    return results


# -- suggestions ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Suggestion:
    """An entry, and the name by which it was found."""

    noun: str
    pk: int
    name: str


def suggest(text: str, limit: int = 8) -> list[Suggestion]:
    """Entries with a name of which words begin so in this order, the last editions of an event first.

    Whoever shows them asks whether visitors may see them.
    """
    refresh.refresh()
    # Blanks between words stand in for the rest of the word before.
    words = fold(read(text).text).split()
    if not words:
        return []
    found = _beginning([f"{ranking.like(' '.join(words))}%"], limit)
    if len(found) < limit and len(words) > 1:
        each = f"{'% '.join(ranking.like(word) for word in words)}%"
        found += [one for one in _beginning([f"{ranking.like(words[0])}%", each], limit) if one not in found]
    return found[:limit]


# In the index's own order, so that of a thousand names no more are read than are looked at. Events, of which
# there are most, are suggested from the third letter on.
_BEGINNING = "SELECT * FROM index_name WHERE start LIKE %s AND start <> '' AND noun {sign} 'event'"
_NAMES = _BEGINNING.format(sign="<>") + " ORDER BY start USING ~<~ LIMIT %s"
_TITLES = _BEGINNING.format(sign="=") + " AND %s ORDER BY start USING ~<~ LIMIT %s"
# Names that are looked at: by their beginning alone, and if further words narrow them down.
_LOOKED_AT, _NARROWED = 300, 5_000


def _beginning(patterns: Sequence[str], limit: int) -> list[Suggestion]:
    """Entries by the pattern of a name's beginning, which must fulfil the other patterns, too."""
    most = _NARROWED if len(patterns) > 1 else _LOOKED_AT
    first, has_three = patterns[0], len(patterns[0]) > 3
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH close AS (SELECT noun, object, min(rank) AS rank, min(text) AS text FROM (({_NAMES}) "  # noqa: S608
            f"UNION ALL ({_TITLES})) AS named WHERE start LIKE ALL(%s) GROUP BY noun, object) "
            "SELECT noun, object, close.text FROM close JOIN index_document USING (noun, object) "
            "ORDER BY close.rank, noun = 'event', CASE WHEN noun <> 'event' THEN length(close.text) END, "
            "starts_at DESC NULLS LAST, noun, object LIMIT %s",
            [first, most, first, has_three, most, list(patterns), limit],
        )
        return [Suggestion(*row) for row in cursor.fetchall()]


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
    understood = understand(text, at, [noun])
    plan = understood.plans.get(noun)
    if plan is None:
        return Found([], [], understood)
    counted = ranking.count({noun: plan}, at)
    rows = ranking.best({noun: plan}, counted, RANKED, at).get(noun, [])
    keys = [pk for pk, _score in rows]
    # Those that were all ranked are handed on one by one, more as a subquery.
    is_all = noun not in counted or counted[noun].hits <= ranking.RANKED
    return Found(keys if is_all else documents(noun, plan), keys, understood)


def matching(noun: str, text: str, at: dt.datetime | None = None) -> QuerySet | None:
    """The primary keys of a noun's entries that answer a question, whoever may see them; None if none can."""
    plan = understand(text, at, [noun]).plans.get(noun)
    return None if plan is None else documents(noun, plan)


def documents(noun: str, plan: Plan) -> QuerySet:
    return Document.objects.filter(noun=noun, words__tells=plan.query).values("object")


def where(hits: Iterable[Hit], matcher: Matcher) -> dict[tuple[str, int], list[tuple[str, str]]]:
    """{(noun, primary key): [(kind of text, text)]}: where the entries say what was asked for, strongest
    first."""
    told = texts([(hit.noun, hit.pk) for hit in hits])
    return {
        key: [(one.kind, one.text) for one in fields if matcher.spans(one.text)]
        for key, fields in told.items()
    }
