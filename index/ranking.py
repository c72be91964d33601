"""Which of the found entries come first, and how many there are.

Where few are found, all are ranked. Of very many those are that may come first: the nearest in time, and
those with all words in their titles. No more words are read than those of some hundred entries. Of words
that very many events say, only the events of the months around are looked at, as long as these are enough.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F
from django.db.models.expressions import RawSQL

from index.models import Listed
from index.plan import IN_TITLE, Plan
from index.registry import nouns

# Visible hits that are counted; hits that are all ranked; of more, how many of each sort, among how many.
MOST = 500
RANKED, _OF_EACH, _SORTED = 300, 100, 100_000
# Months before and after the present one: where hits of frequent words are looked for first, and how many of
# them are enough.
_BEFORE, _AFTER, _ENOUGH = 1, 1, 40
_NAME, _EXACT_TITLE = 40, 8
_WITHIN = (("A", 16), ("AB", 8), ("ABC", 3))
_TOGETHER = (("A", 7), ("ABC", 2))
# Stands for any moment in SQL that is put together once.
_SOME_MOMENT = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
_NEAR = "abs(extract(epoch FROM starts_at - %s))"

Params = list[Any]
Sql = tuple[str, Params]


def first_with(ways: Sequence[tuple[Plan, int]], at: dt.datetime) -> int | None:
    """The place of the first plan that finds so many events which visitors may see; one statement.

    A plan behind that one is not carried out.
    """
    visible, who = _visible("event", "SELECT object FROM found", at)
    cases, params = [], []
    for place, (plan, number) in enumerate(ways):
        # Of so many hits some can be seen.
        found = f"WITH found AS MATERIALIZED ({_found('event')} LIMIT {MOST})"
        cases.append(f"WHEN ({found} SELECT count(*) FROM ({visible}) AS seen) >= %s THEN {place}")  # noqa: S608
        params += [plan.query, *who, number]
    rows = _asked(f"SELECT CASE {' '.join(cases)} END AS place", params)
    return int(rows[0][0]) if rows else None


class Counted(NamedTuple):
    """Hits that visitors may see, all hits, those in the months around, each up to MOST or one more.

    `keys` are the hits that can be seen, where they are so few that all of them are ranked.
    """

    seen: int
    hits: int
    near: int
    keys: list[int] | None


def count(plans: Mapping[str, Plan], at: dt.datetime) -> dict[str, Counted]:
    """How many hits each noun has, in one statement; nouns without visible hits are left out."""
    parts, params = [], []
    for noun, plan in plans.items():
        visible, who = _visible(noun, "SELECT object FROM found", at)
        found, asked = _some(noun, plan, at)
        parts.append(
            f"(WITH {found}, seen (object) AS MATERIALIZED ({visible}) "  # noqa: S608
            f"SELECT '{noun}' AS noun, (SELECT count(*) FROM seen), "
            "(SELECT count(*) FROM found), (SELECT count(*) FROM near), "
            f"CASE WHEN (SELECT count(*) FROM found) <= {RANKED} THEN ARRAY(SELECT object FROM seen) END)"
        )
        params += [*asked, *who]
    rows = _asked(" UNION ALL ".join(parts), params) if parts else []
    return {noun: Counted(*numbers) for noun, *numbers in rows if numbers[0]}


def _some(noun: str, plan: Plan, at: dt.datetime) -> Sql:
    """SQL that names up to MOST + 1 hits `found`; of a frequent word, those of the months around."""
    if not _has_windows(noun, plan):
        found = f"found AS MATERIALIZED ({_found(noun)} LIMIT {MOST + 1})"
        return f"{found}, near AS (SELECT WHERE false)", [plan.query]
    many = f"(SELECT count(*) FROM near) > {MOST}"  # noqa: S608
    return (
        f"near AS MATERIALIZED ({_found(noun)} LIMIT {MOST + 1}), "  # noqa: S608
        f"found AS MATERIALIZED ((SELECT object FROM near WHERE {many}) UNION ALL "
        f"({_found(noun)} AND NOT {many} LIMIT {MOST + 1}))"
    ), [_around(plan.query, at), plan.query]


def best(
    plans: Mapping[str, Plan], counted: Mapping[str, Counted], limit: int, at: dt.datetime
) -> dict[str, list[tuple[int, float]]]:
    """{noun: (primary key, score) of its best, best first} for the nouns that were counted; one statement.

    The nearest in time come first where all else is equal, those to come before those that are over.
    """
    parts, params = [], []
    for noun, numbers in counted.items():
        sql, asked = _ranked(noun, plans[noun], numbers, limit, at)
        parts.append(f"({sql})")
        params += asked
    ranked: dict[str, list[tuple[int, float]]] = {noun: [] for noun in counted}
    rows = _asked(" UNION ALL ".join(parts), params) if parts else []
    for noun, pk, score, _place in sorted(rows, key=lambda row: row[3]):
        ranked[noun].append((pk, float(score)))
    return ranked


def _ranked(noun: str, plan: Plan, counted: Counted, limit: int, at: dt.datetime) -> Sql:
    if counted.keys is not None:
        told, those, params = "", "%s::bigint[]", [counted.keys]
    else:
        visible, who = _visible(noun, "SELECT object FROM likely", at)
        told, params = _likely(noun, plan, counted.near >= _ENOUGH, at)
        told, those, params = f"{told}, ", f"ARRAY({visible})", [*params, *who]
    score, weighed = _score(plan)
    # ts_filter makes a copy of each head, or it would be fetched again for every question put to it.
    return (
        f"WITH {told}"  # noqa: S608
        "heads AS MATERIALIZED (SELECT object, starts_at, ends_at, ts_filter(head, '{a,b,c}') AS head "
        f"FROM index_document WHERE noun = '{noun}' AND object = ANY({those})), "
        f"scored AS (SELECT object, starts_at, ends_at, {score} AS score FROM heads) "
        f"SELECT '{noun}' AS noun, object, score, "
        f"row_number() OVER (ORDER BY score DESC, (ends_at > %s) DESC, {_NEAR}, object) AS place "
        "FROM scored ORDER BY place LIMIT %s"
    ), [*params, *weighed, at, at, limit]


def _visible(noun: str, some: str, at: dt.datetime) -> Sql:
    """SQL that names those entries of a subquery which visitors may see at that moment."""
    sql, params = _visible_ever(noun, some)
    return sql, [at if one == _SOME_MOMENT else one for one in params]


@cache
def _visible_ever(noun: str, some: str) -> tuple[str, tuple[object, ...]]:
    # As a list: PostgreSQL would look at all that can be seen, or at each of these by itself.
    listed = Listed(F("pk"), RawSQL(some, ()))  # noqa: S611 (of this module's own making)
    entries = nouns()[noun].visible(_SOME_MOMENT).filter(listed).order_by().values("pk")
    return entries.query.sql_with_params()


def _found(noun: str, columns: str = "object") -> str:
    return f"SELECT {columns} FROM index_document WHERE noun = '{noun}' AND words @@ %s::tsquery"  # noqa: S608


def _around(query: str, at: dt.datetime) -> str:
    """The query among the events of some months. The index reads no more of frequent words than it needs."""
    present = at.year * 12 + at.month - 1
    months = (divmod(month, 12) for month in range(present - _BEFORE, present + _AFTER + 1))
    marks = " | ".join(f"'time/{year}-{month + 1:02}'" for year, month in months)
    return f"({query}) & ({marks})"


def _has_windows(noun: str, plan: Plan) -> bool:
    """Whether to look among the months around first: not if the question says when."""
    return noun == "event" and not any(group.is_time for group in plan.asked)


def _likely(noun: str, plan: Plan, is_near: bool, at: dt.datetime) -> Sql:
    """SQL that names `likely` the entries among which the best of very many are: the nearest, the nearest of
    those with all words in their titles, and those of that very name. `is_near`: enough are near."""
    titled = plan.within(IN_TITLE) if plan.is_plain else f"({plan.within(IN_TITLE)}) & ({plan.query})"
    queries = {"nearest": plan.query, "titled": titled}
    if is_near:
        queries = {"nearest": _around(plan.query, at), "titled_near": _around(titled, at), "titled": titled}
    steps, params = [], []
    for step, query in queries.items():
        # Titles are looked through where those of the months around did not bring enough.
        few = f" AND (SELECT count(*) FROM titled_near) < {_ENOUGH}" if is_near and step == "titled" else ""  # noqa: S608
        told = f"{_found(noun, 'object, starts_at')}{few} LIMIT {_SORTED}"
        told = f"SELECT object FROM ({told}) AS near ORDER BY {_NEAR} LIMIT {_OF_EACH}"  # noqa: S608
        steps.append(f"{step} AS MATERIALIZED ({told})")
        params += [query, at]
    parts = [f"SELECT object FROM {step}" for step in queries]  # noqa: S608
    if plan.names:
        steps.append(f"named AS MATERIALIZED ({_found(noun)} LIMIT {_OF_EACH})")
        parts.append("SELECT object FROM named")
        params.append(f"({plan.names}) & ({plan.query})")
    return f"{', '.join(steps)}, likely AS MATERIALIZED ({' UNION '.join(parts)})", params


def _score(plan: Plan) -> tuple[str, Params]:
    """An SQL expression over `head`: points for where all words stand, how close, and for the exact name."""
    scales = [
        [(points, plan.within(weights)) for weights, points in _WITHIN],
        [(points, plan.together(weights)) for weights, points in _TOGETHER],
        [(_NAME, plan.names)],
        [(_EXACT_TITLE, plan.within("A", exact=True))],
    ]
    told: list[str] = []
    params: Params = []
    for scale in scales:
        cases = [(points, query) for points, query in scale if query]
        if cases:
            told.append(
                f"CASE {' '.join(f'WHEN head @@ %s::tsquery THEN {points}' for points, _query in cases)} "
                "ELSE 0 END"
            )
            params += [query for _points, query in cases]
    return f"({' + '.join(told)})", params


# Each row's words lie elsewhere, and to read them costs far more than PostgreSQL believes: left alone it
# would read them all. It is told so in the same breath as it is asked, and what it is asked begins by taking
# that back, for others in the transaction.
_BY_WORDS = "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; "
_AS_EVER = (
    "SELECT set_config('enable_seqscan', 'on', true), set_config('enable_indexscan', 'on', true) OFFSET 0"
)


def _asked(sql: str, params: Params) -> list[tuple[Any, ...]]:
    """Rows of one statement that finds words by their index; without those that begin with null."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_BY_WORDS}SELECT told.* FROM ({_AS_EVER}) AS again LEFT JOIN ({sql}) AS told ON true",  # noqa: S608
            params,
        )
        return [row for row in cursor.fetchall() if row[0] is not None]


def like(text: str) -> str:
    """Text as it stands in a LIKE pattern for itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
