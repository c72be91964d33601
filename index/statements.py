"""SQL that searches are made of. Nothing here is carried out but by `asked`."""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db.models import F
from django.db.models.expressions import RawSQL
from django.utils import timezone

from index.models import Listed
from index.registry import nouns
from lib.planned import Recurring

# Stands for any moment in SQL that is put together once.
_SOME_MOMENT = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
# How far from a moment an entry begins: that is the beginning of a day, so that answers stay while it lasts.
FAR = "greatest(starts_at - %s, %s - starts_at)"
# Of so many hits as they lie those near in time are looked for.
_SORTED = 100_000

Params = list[Any]
Sql = tuple[str, Params]

# Each row's words lie elsewhere, and to read them costs far more than PostgreSQL believes: left alone it
# would read them all. It is told so in the same breath as it is asked.
_NOT_BY = "enable_seqscan", "enable_indexscan"
# To plan such a statement takes three times as long as to answer it, and most questions are alike.
_SHAPES = Recurring("index_shape", 24, _NOT_BY)


def asked(sql: str, params: Params) -> list[tuple[Any, ...]]:
    """Rows of one statement that finds words by their index; without those that begin with null."""
    return _SHAPES.rows(sql, params)


def beginning(at: dt.datetime) -> dt.datetime:
    """Of the day, as the site counts them: hits near in time are near to it."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


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
    few, day = f"{sql} AND {when} LIMIT {_SORTED}", beginning(at)
    return f"SELECT object, far FROM ({few}) AS few ORDER BY far, object LIMIT {most}", [day, day, *params]  # noqa: S608


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
