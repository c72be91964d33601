"""Rows of several tables that belong to one entry, fetched with one statement that is put together once.

Each table's rows come as JSON: a page of an event tells of a dozen tables, most of which know nothing of it,
and a dozen questions take longer than the answers. None of them may have more than a hundred columns.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, models

from lib.planned import Planned
from lib.prepared import Prepared, Statement

# What JSON has no form for stands there as text.
_READ: dict[str, Callable[[str], Any]] = {
    "DateField": dt.date.fromisoformat,
    "DateTimeField": dt.datetime.fromisoformat,
    "DecimalField": Decimal,
    "TimeField": dt.time.fromisoformat,
    "UUIDField": UUID,
}
_AS_TEXT = ("DecimalField", "JSONField")


class Together:
    """Prepared querysets by names, whose rows of one key are asked for at once.

    `of` is SQL that leads from %(key)s, which is of that `kind`, to the key. `name` is as in `lib.planned`.
    """

    def __init__(self, name: str, of: str, kind: str, parts: Mapping[str, Prepared[Any]]) -> None:
        self._name, self._of, self._kind, self._parts = name, of, kind, parts
        self._told: dict[str, _Part] = {}
        self._planned: Planned | None = None

    def fetch(self, key: Any) -> dict[str, list[Any]]:
        """{name: entries in the order of its queryset} (1 query)."""
        if self._planned is None:
            self._told = {name: _Part(one.statement, self._of) for name, one in self._parts.items()}
            sql = f"SELECT {', '.join(one.sql for one in self._told.values())}"
            self._planned = Planned(self._name, sql, {"key": self._kind})
        (row,) = self._planned.rows(key=key)
        return {name: part.entries(rows) for (name, part), rows in zip(self._told.items(), row, strict=True)}


class _Part:
    def __init__(self, statement: Statement, of: str) -> None:
        self._statement = statement
        kinds = [_kind(one) for one in statement.columns]
        names = [f"c{number}" for number in range(len(kinds))]
        told = [
            f"{name}::text" if kind in _AS_TEXT else name for name, kind in zip(names, kinds, strict=True)
        ]
        array = f"json_build_array({', '.join(told)})"
        part = f"({statement.of_one(of)}) AS part ({', '.join(names)})"
        self.sql = f"(SELECT json_agg({array})::text FROM {part})"  # noqa: S608 - Django's own SQL
        self._read = [(place, _READ[kind]) for place, kind in enumerate(kinds) if kind in _READ]

    def entries(self, text: str | None) -> list[Any]:
        return [self._statement.entry(self._row(row), connection) for row in json.loads(text or "[]")]

    def _row(self, row: list[Any]) -> tuple[Any, ...]:
        for place, read in self._read:
            if row[place] is not None:
                row[place] = read(row[place])
        return tuple(row)


def _kind(expression: models.Expression) -> str:
    return expression.output_field.get_internal_type()
