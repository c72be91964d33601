"""Entries and rows fetched by keys with SQL that is put together once.

Django puts a statement together anew each time, which for an event with its 60 columns and four lists takes
longer than PostgreSQL needs to answer. Here the statement is kept; only keys and moment change.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Any, Generic, TypeVar

from django.db import connection as default_connection
from django.db import connections, models
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]

from lib.planned import Recurring

M = TypeVar("M", bound=models.Model)


# Stands for any moment in a statement that is kept.
MOMENT = dt.datetime(1, 1, 1, tzinfo=dt.UTC)


class _Keys:
    """Stands in a kept statement where keys are filled in."""


class _Among(models.Lookup):
    """`column = ANY(keys)`"""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", [*params, _Keys]


class Prepared(Generic[M]):
    """The entries of a queryset of which `column` is one of some keys, integers or texts.

    The queryset is made at the first use. It knows one moment, MOMENT, and no language. It may use
    select_related, annotations and any order; no prefetch_related.
    """

    def __init__(self, make: Callable[[], models.QuerySet[M]], column: str = "pk") -> None:
        self._make, self._column = make, column
        self._kept: Statement | None = None

    def fetch(self, keys: Collection[Any], at: dt.datetime = MOMENT) -> list[M]:
        """In the queryset's order (1 query; none without keys)."""
        return self.statement.fetch(list(keys), at) if keys else []

    @property
    def statement(self) -> "Statement":
        if self._kept is None:
            self._kept = Statement(self._make().filter(_Among(models.F(self._column), None)))
        return self._kept

    def lists(self, keys: Collection[int]) -> dict[int, list[M]]:
        """{key: its entries} where `column` is a foreign key (1 query); an empty list for any other key."""
        told: dict[int, list[M]] = defaultdict(list)
        for row in self.fetch(keys):
            told[getattr(row, f"{self._column}_id")].append(row)
        return told


class Statement:
    """What Django's compiler knows once it has put a statement together (see `ModelIterable` there)."""

    def __init__(self, queryset: models.QuerySet[Any]) -> None:
        self._database = queryset.db
        compiler = queryset.query.get_compiler(using=self._database)
        self.sql, params = compiler.as_sql()
        self.params = list(params)
        about: Any = compiler.klass_info
        fields = about["select_fields"]
        self._model, self._own = about["model"], slice(fields[0], fields[-1] + 1)
        self._names = [column[0].target.attname for column in compiler.select[self._own]]
        self._related = get_related_populators(about, compiler.select, self._database)
        self._annotations = list((compiler.annotation_col_map or {}).items())
        self.columns: list[Any] = [column[0] for column in compiler.select[: compiler.col_count]]
        self._converters = list(compiler.get_converters(self.columns).items())

    def fetch(self, keys: list[Any], at: dt.datetime) -> list[Any]:
        connection = connections[self._database]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled(self.params, keys, at))
            rows = cursor.fetchall()
        return [self.entry(row, connection) for row in rows]

    def of_one(self, key: str) -> str:
        """The SQL, asking for one key, which is SQL itself. The queryset knows no other parameter."""
        return self.sql % tuple(f"ARRAY[{key}]" for one in self.params if one is _Keys)

    def entry(self, told: tuple[Any, ...], connection: Any) -> Any:
        row = list(told)
        for place, (converters, expression) in self._converters:
            for convert in converters:
                row[place] = convert(row[place], expression, connection)
        entry = self._model.from_db(self._database, self._names, row[self._own])
        for related in self._related:
            related.populate(row, entry)
        for name, place in self._annotations:
            setattr(entry, name, row[place])
        return entry


def filled(params: Iterable[Any], keys: list[Any], at: dt.datetime) -> list[Any]:
    """The parameters of a kept statement, with keys and moment in their places."""
    return [keys if one is _Keys else at if one == MOMENT else one for one in params]


class Table:
    """Rows that a queryset of `values_list()` has for some integer keys in `column`.

    The queryset is made at the first use. It knows one moment, MOMENT, and neither language nor order; its
    columns are such that the driver knows them (texts, numbers).
    """

    def __init__(self, make: Callable[[], models.QuerySet[Any, Any]], column: str = "pk") -> None:
        self._make, self._column = make, column
        self._kept: tuple[str, tuple[Any, ...]] | None = None

    def statement(self, keys: list[int], at: dt.datetime) -> tuple[str, list[Any]]:
        """The SQL, and what is filled in."""
        if self._kept is None:
            queryset = self._make().order_by().filter(_Among(models.F(self._column), None))
            self._kept = queryset.query.sql_with_params()
        sql, params = self._kept
        return sql, filled(params, keys, at)


def rows(
    asked: Iterable[tuple[Table, list[int]]], at: dt.datetime = MOMENT, shapes: Recurring | None = None
) -> list[tuple[Any, ...]]:
    """The rows of several tables, each for its keys, in one statement; no order; no query without keys.

    As one of some `shapes` it is planned once for a connection, which asks more of columns (see there).
    """
    parts = [table.statement(keys, at) for table, keys in asked if keys]
    if not parts:
        return []
    sql = " UNION ALL ".join(f"({sql})" for sql, _params in parts)
    params = [one for _sql, params in parts for one in params]
    if shapes:
        return shapes.rows(sql, params)
    with default_connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
