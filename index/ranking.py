"""Which of the found entries come first, and how many there are."""

import datetime as dt

from django.db import connection

from index.models import Document
from index.plan import HEADS, Plan
from index.registry import nouns

# Hits that are counted and ranked; of more, the nearest in time are.
MOST = 5_000
_NAME, _EXACT_TITLE, _TOGETHER_TITLE, _TOGETHER = 40, 8, 5, 2
_WITHIN = dict(zip(HEADS, (8, 5, 3), strict=True))

Ranked = tuple[list[tuple[int, float]], int, bool]


def has(noun: str, plan: Plan, at: dt.datetime, number: int = 1) -> bool:
    """Whether visitors may see so many entries that fulfil the plan."""
    found = Document.objects.filter(noun=noun, words__tells=plan.query).values("object")
    return len(nouns()[noun].visible(at).order_by().filter(pk__in=found).values_list("pk")[:number]) >= number


def best(noun: str, plan: Plan, limit: int, at: dt.datetime) -> Ranked:
    """((primary key, score) of the best, number of visible hits, whether there are more than were counted)."""
    visible, who = nouns()[noun].visible(at).order_by().values("pk").query.sql_with_params()
    score, weighed = _score(plan)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH found AS MATERIALIZED (SELECT object, head, starts_at, ends_at FROM index_document "
            f"WHERE noun = '{noun}' AND words @@ %s::tsquery AND object IN ({visible}) LIMIT %s) "
            f"SELECT object, {score} AS score, (SELECT count(*) FROM found) FROM found "
            "ORDER BY score DESC, (ends_at > %s) DESC, abs(extract(epoch FROM starts_at - %s)), object LIMIT %s",
            [plan.query, *who, MOST + 1, *weighed, at, at, limit],
        )
        rows = cursor.fetchall()
    total = rows[0][2] if rows else 0
    return [(pk, float(points)) for pk, points, _total in rows], min(total, MOST), total > MOST


def _score(plan: Plan) -> tuple[str, list[str]]:
    """An SQL expression over `head`: points for where all words stand, how close, and for the exact name."""
    rated = [(_WITHIN[weights], plan.within(weights)) for weights in HEADS]
    rated += [
        (_NAME, plan.names),
        (_EXACT_TITLE, plan.within("A", exact=True)),
        (_TOGETHER_TITLE, plan.together("A")),
        (_TOGETHER, plan.together()),
    ]
    told = [(points, query) for points, query in rated if query]
    sql = " + ".join(f"{points} * (head @@ %s::tsquery)::int" for points, _query in told)
    return f"({sql})", [query for _points, query in told]


def like(text: str) -> str:
    """Text as it stands in a LIKE pattern for itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
