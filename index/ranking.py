"""Which of the found entries come first, and how many there are.

Where few are found, all are ranked. Of very many those are that may come first: the nearest in time, and
those with all words in their titles. No more words are read than those of some hundred entries.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction

from index.plan import IN_TITLE, Plan
from index.registry import nouns

# Visible hits that are counted; hits that are all ranked; of more, how many of each sort, among how many.
MOST = 2_000
_RANKED, _OF_EACH, _SORTED = 600, 300, 100_000
_NAME, _EXACT_TITLE = 40, 8
_WITHIN = (("A", 16), ("AB", 8), ("ABC", 3))
_TOGETHER = (("A", 7), ("ABC", 2))
_NEAR = "abs(extract(epoch FROM starts_at - %s))"

_is_said = ContextVar("by_index", default=False)

Ranked = tuple[list[tuple[int, float]], int, bool]
Params = list[Any]


def has(noun: str, plan: Plan, at: dt.datetime, number: int = 1) -> bool:
    """Whether visitors may see so many entries that fulfil the plan."""
    visible, who = _visible(noun, at)
    sql = f"{_found(noun)} AND object IN ({visible}) LIMIT %s"
    return len(_asked(sql, [plan.query, *who, number])) >= number


def best(noun: str, plan: Plan, limit: int, at: dt.datetime) -> Ranked:
    """((primary key, score) of the best, number of visible hits, whether there are more than were counted).

    The nearest in time come first where all else is equal, those to come before those that are over.
    """
    visible, who = _visible(noun, at)
    counting = f"WITH found AS MATERIALIZED ({_found(noun)} LIMIT %s) SELECT count(*), "
    counting += f"(SELECT count(*) FROM found) FROM found WHERE object IN ({visible})"  # noqa: S608
    total, found = _asked(counting, [plan.query, MOST + 1, *who])[0]
    if not total:
        return [], 0, False
    told, params = (_found(noun), [plan.query]) if found <= _RANKED else _likely(noun, plan, at)
    # Titles and names were asked for more loosely than the plan says.
    checked, check = ("AND words @@ %s::tsquery", [plan.query]) if found > _RANKED else ("", [])
    one = f"SELECT * FROM index_document WHERE noun = '{noun}' AND object = likely.object OFFSET 0"  # noqa: S608
    score, weighed = _score(plan)
    # ts_filter makes a copy of each head, or it would be fetched again for every question put to it.
    rows = _asked(
        f"WITH likely AS MATERIALIZED ({told}), "  # noqa: S608
        "heads AS MATERIALIZED (SELECT document.object, starts_at, ends_at, "
        f"ts_filter(head, '{{a,b,c}}') AS head FROM likely, LATERAL ({one}) AS document "
        f"WHERE document.object IN ({visible}) {checked}) "
        f"SELECT object, {score} AS score FROM heads "
        f"ORDER BY score DESC, (ends_at > %s) DESC, {_NEAR}, object LIMIT %s",
        [*params, *who, *check, *weighed, at, at, limit],
    )
    return [(pk, float(points)) for pk, points in rows], total, found > MOST


def _visible(noun: str, at: dt.datetime) -> tuple[str, tuple[object, ...]]:
    sql, params = nouns()[noun].visible(at).order_by().values("pk").query.sql_with_params()
    return sql, params


def _found(noun: str, columns: str = "object") -> str:
    return f"SELECT {columns} FROM index_document WHERE noun = '{noun}' AND words @@ %s::tsquery"  # noqa: S608


def _likely(noun: str, plan: Plan, at: dt.datetime) -> tuple[str, Params]:
    """SQL for the entries among which the best of very many are: the nearest, the nearest of those with all
    words in their titles, and those of that very name."""
    parts, params = [], []
    for query in (plan.query, plan.within(IN_TITLE)):
        told = f"{_found(noun, 'object, starts_at')} LIMIT {_SORTED}"
        parts.append(f"(SELECT object FROM ({told}) AS near ORDER BY {_NEAR} LIMIT {_OF_EACH})")  # noqa: S608
        params += [query, at]
    if plan.names:
        parts.append(f"({_found(noun)} LIMIT {_OF_EACH})")
        params.append(plan.names)
    return " UNION ".join(parts), params


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


def _asked(sql: str, params: Params) -> list[tuple[int, ...]]:
    with by_index(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


@contextmanager
def by_index() -> Iterator[None]:
    """Rather by the index than through the whole table, for all that is asked inside.

    PostgreSQL takes a word with its compounds for far more frequent than it is, and does not know that each
    row's words lie elsewhere. To say so costs four statements; a block inside another one says it no more.
    """
    if _is_said.get():
        yield
        return
    token = _is_said.set(True)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            yield
            cursor.execute("SET LOCAL enable_seqscan = on")
    finally:
        _is_said.reset(token)


def like(text: str) -> str:
    """Text as it stands in a LIKE pattern for itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
