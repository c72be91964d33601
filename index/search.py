"""The search: questions in, entries out. See docs/search.md."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
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
# Up to so many keys are handed on one by one, more as a subquery.
LISTED = 500
ENOUGH = 5


@dataclass(frozen=True)
class Hit:
    noun: str
    pk: int
    score: float


@dataclass
class Understanding:
    """How a question is read. `plans` says for each noun what to look for; a noun without one has no hits.

    `correction` is the whole question without slips; `corrected`: the hits are the correction's.
    """

    question: Question
    plans: dict[str, Plan] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)
    correction: str | None = None
    corrected: bool = False

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
    pieces."""
    plan = draft.plan()
    others = replace(plan, with_marks=False, with_time=False)
    for noun in nouns():
        if only is None or noun in only:
            understood.plans[noun] = plan if noun == "event" else others
    if "event" not in understood.plans:
        return
    ways = [plan, replace(plan, with_marks=False)] if draft.readings or _has_marks(plan) else [plan]
    if plan.near:
        ways += [replace(way, is_wide=True) for way in list(ways)]
    if len(ways) == 1:
        return
    # A compound taken as such must bring as much as a page shows, or its parts count wherever they stand.
    numbers = [ENOUGH if way.near and not way.is_wide else 1 for way in ways]
    place = ranking.first_with(list(zip(ways, numbers, strict=True)), at)
    if place is not None:
        understood.plans["event"] = ways[place]
        understood.readings = draft.readings if ways[place].with_marks else []


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
        results.totals[noun] = min(counted[noun][0], ranking.MOST)
        results.hits += [Hit(noun, pk, score) for pk, score in rows]
    results.capped = {noun for noun, (_seen, hits) in counted.items() if hits > ranking.MOST}
    results.hits.sort(key=lambda hit: -hit.score)
    return results


# -- suggestions ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Suggestion:
    noun: str
    pk: int
    slug: str
    label: str
    detail: str = ""


def suggest(text: str, limit: int = 8, at: dt.datetime | None = None) -> list[Suggestion]:
    """Entries with a name of which some word begins so."""
    refresh.refresh()
    return list(_suggestions(text, limit, at or timezone.now()))


# In the index's own order, so that of a thousand names no more are read than are looked at. Events, of which
# there are most, are suggested from the third letter on.
_BEGINNING = "SELECT * FROM index_name WHERE start LIKE %s AND start <> '' AND noun {sign} 'event'"
_NAMES = _BEGINNING.format(sign="<>") + " ORDER BY start USING ~<~ LIMIT 300"
_TITLES = _BEGINNING.format(sign="=") + " AND %s ORDER BY start USING ~<~ LIMIT 200"


def _suggestions(text: str, limit: int, at: dt.datetime) -> Iterator[Suggestion]:
    start = " ".join(fold(read(text).text).split())
    if not start:
        return
    begins = ranking.like(start) + "%"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT noun, object, min(text) FROM (({_NAMES}) UNION ALL ({_TITLES})) AS close "  # noqa: S608
            "GROUP BY noun, object "
            "ORDER BY min(rank), (noun = 'event'), min(length(text)), noun, object LIMIT %s",
            [begins, begins, len(start) > 2, 4 * limit],
        )
        found = cursor.fetchall()
    slugs = {
        (noun, pk): slug
        for noun in dict.fromkeys(row[0] for row in found)
        for pk, slug in nouns()[noun]
        .visible(at)
        .filter(pk__in=[row[1] for row in found if row[0] == noun])
        .values_list("pk", "slug")
    }
    shown = [row for row in found if (row[0], row[1]) in slugs][:limit]
    for noun, pk, label in shown:
        yield Suggestion(noun, pk, slugs[noun, pk], label)


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
    total, _hits = counted.get(noun, (0, 0))
    keys = [pk for pk, _score in rows]
    return Found(keys if total <= LISTED else documents(noun, plan), keys, understood)


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
