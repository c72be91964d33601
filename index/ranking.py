"""Which of the found entries come first, and how many there are.

Where few are found, all are ranked. Of very many those are that may come first: of that name, with all words
in their titles, and the nearest in time.
"""

import datetime as dt

from django.db import connection

from index.models import Document
from index.plan import IN_TITLE, Plan
from index.registry import nouns

# Visible hits that are counted; hits that are all ranked; and of more, how many of each sort are looked at.
MOST = 2_000
_RANKED, _OF_EACH = 600, 250
_NAME, _EXACT_TITLE = 40, 8
_WITHIN = (("A", 16), ("AB", 8), ("ABC", 3))
_TOGETHER = (("A", 7), ("", 2))
_COLUMNS = "object, head, starts_at, ends_at"

Ranked = tuple[list[tuple[int, float]], int, bool]


def has(noun: str, plan: Plan, at: dt.datetime, number: int = 1) -> bool:
    """Whether visitors may see so many entries that fulfil the plan."""
    found = Document.objects.filter(noun=noun, words__tells=plan.query).values("object")
    return len(nouns()[noun].visible(at).order_by().filter(pk__in=found).values_list("pk")[:number]) >= number


def best(noun: str, plan: Plan, limit: int, at: dt.datetime) -> Ranked:
    """((primary key, score) of the best, number of visible hits, whether there are more than were counted).

    The nearest in time come first where all else is equal, those to come before those that are over.
    """
    visible, who = nouns()[noun].visible(at).order_by().values("pk").query.sql_with_params()
    of_noun = f"FROM index_document WHERE noun = '{noun}'"
    told = f"SELECT {_COLUMNS} {of_noun} AND words @@ %s::tsquery"
    sql = f"SELECT count(*), (SELECT count(*) FROM found) FROM found WHERE object IN ({visible})"
    counting = f"WITH found AS MATERIALIZED ({told} LIMIT %s) {sql}"  # noqa: S608
    rows = _asked(counting, [plan.query, MOST + 1, *who])
    total, found = rows[0]
    if not total:
        return [], 0, False
    params: list[object] = [plan.query]
    if found > _RANKED and noun == "event":
        told, params = _likely(told, visible, who, plan, at)
    score, weighed = _score(plan)
    rows = _asked(
        f"WITH found AS MATERIALIZED ({told}) SELECT object, {score} AS score FROM found "  # noqa: S608
        f"WHERE object IN ({visible}) ORDER BY score DESC, (ends_at > %s) DESC, "
        "abs(extract(epoch FROM starts_at - %s)), object LIMIT %s",
        [*params, *weighed, *who, at, at, limit],
    )
    return [(pk, float(points)) for pk, points in rows], total, found > MOST


def _likely(
    told: str, visible: str, who: tuple[object, ...], plan: Plan, at: dt.datetime
) -> tuple[str, list[object]]:
    """SQL for the entries among which the best are, with its parameters; each once."""
    parts, params = [], []
    for query in (plan.query, _both(plan.query, plan.within(IN_TITLE))):
        for side, order in (("ends_at > %s", "starts_at"), ("ends_at <= %s", "starts_at DESC")):
            parts.append(f"({told} AND {side} AND object IN ({visible}) ORDER BY {order} LIMIT {_OF_EACH})")
            params += [query, at, *who]
    if plan.names:
        parts.append(f"({told} LIMIT {_OF_EACH})")
        params.append(_both(plan.query, plan.names))
    union = " UNION ALL ".join(parts)
    return f"SELECT DISTINCT ON (object) {_COLUMNS} FROM ({union}) AS likely", params  # noqa: S608


def _both(one: str, other: str) -> str:
    return f"({one}) & ({other})"


def _score(plan: Plan) -> tuple[str, list[object]]:
    """An SQL expression over `head`: points for where all words stand, how close, and for the exact name."""
    scales = [
        [(points, plan.within(weights)) for weights, points in _WITHIN],
        [(points, plan.together(weights)) for weights, points in _TOGETHER],
        [(_NAME, plan.names)],
        [(_EXACT_TITLE, plan.within("A", exact=True))],
    ]
    told, params = [], []
    for scale in scales:
        cases = [(points, query) for points, query in scale if query]
        if cases:
            told.append(
                f"CASE {' '.join(f'WHEN head @@ %s::tsquery THEN {points}' for points, _query in cases)} "
                "ELSE 0 END"
            )
            params += [query for _points, query in cases]
    return f"({' + '.join(told)})", params


def _asked(sql: str, params: list[object]) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def like(text: str) -> str:
    """Text as it stands in a LIKE pattern for itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
