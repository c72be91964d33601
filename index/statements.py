"""SQL that searches are made of. Nothing here is carried out but by `asked`."""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import F
from django.db.models.expressions import RawSQL

from index.models import Listed
from index.registry import nouns

# Stands for any moment in SQL that is put together once.
_SOME_MOMENT = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
# How far from a moment an entry begins.
FAR = "greatest(starts_at - %s, %s - starts_at)"
# Of so many hits as they lie those near in time are looked for.
_SORTED = 100_000

Params = list[Any]
Sql = tuple[str, Params]

# Each row's words lie elsewhere, and to read them costs far more than PostgreSQL believes: left alone it
# would read them all. It is told so in the same breath as it is asked, and what it is asked begins by taking
# that back, for others in the transaction.
_BY_WORDS = "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; "
_AS_EVER = (
    "SELECT set_config('enable_seqscan', 'on', true), set_config('enable_indexscan', 'on', true) OFFSET 0"
)


def asked(sql: str, params: Params) -> list[tuple[Any, ...]]:
    """Rows of one statement that finds words by their index; without those that begin with null."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_BY_WORDS}SELECT told.* FROM ({_AS_EVER}) AS again LEFT JOIN ({sql}) AS told ON true",  # noqa: S608
            params,
        )
        return [row for row in cursor.fetchall() if row[0] is not None]


def union(parts: Sequence[Sql]) -> Sql:
    """The rows of all parts, in their order; a part may name steps of its own."""
    sql = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS part" for sql, _params in parts)  # noqa: S608
    return sql, [one for _sql, params in parts for one in params]


def found(noun: str, queries: Sequence[str], columns: str = "object", sign: str = "=") -> Sql:
    """The entries of a noun (`<>`: of all others) that fulfil all the queries, of which at least one."""
    words = " AND ".join(["words @@ %s::tsquery"] * len(queries))
    return f"SELECT {columns} FROM index_document WHERE noun {sign} '{noun}' AND {words}", list(queries)  # noqa: S608


def nearest(noun: str, queries: Sequence[str], most: int, at: dt.datetime, when: str = "true") -> Sql:
    """So many of them as `object` and `far`, the nearest in time; none at all unless `when` holds."""
    sql, params = found(noun, queries, f"object, {FAR} AS far")
    few = f"{sql} AND {when} LIMIT {_SORTED}"
    return f"SELECT object, far FROM ({few}) AS few ORDER BY far, object LIMIT {most}", [at, at, *params]  # noqa: S608


def visible(noun: str, some: str, at: dt.datetime) -> Sql:
    """Those entries of a subquery which visitors may see at that moment."""
    sql, params = _visible_ever(noun, some)
    return sql, [at if one == _SOME_MOMENT else one for one in params]


@cache
def _visible_ever(noun: str, some: str) -> tuple[str, tuple[object, ...]]:
    # As a list: PostgreSQL would look at all that can be seen, or at each of these by itself.
    listed = Listed(F("pk"), RawSQL(some, ()))  # noqa: S611 (of this package's own making)
    entries = nouns()[noun].visible(_SOME_MOMENT).filter(listed).order_by().values("pk")
    return entries.query.sql_with_params()


def like(text: str) -> str:
    """Text as it stands in a LIKE pattern for itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
