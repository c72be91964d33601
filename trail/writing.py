"""Writing rows as a plan says: few statements for each table, and what the database thinks of it."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model

from trail import registry
from trail.models import Change
from trail.planning import Row


def apply(rows: Iterable[Row]) -> None:
    """Takes away, changes, puts back, in this order; a few statements for each table."""
    rows = list(rows)
    for table in reversed(registry.tables().values()):
        own = [row for row in rows if row.table is table]
        _delete(table, [row.key for row in own if row.target is None])
        _update(table, [row for row in own if row.now is not None and row.target is not None])
    for table in registry.tables().values():
        insert(table, [row for row in rows if row.table is table and row.now is None])


def _delete(table: registry.Table, keys: list[int]) -> None:
    if keys:
        _run(f"DELETE FROM {_quoted(table.name)} WHERE id = ANY(%s)", [keys])  # noqa: S608


def _update(table: registry.Table, rows: list[Row]) -> None:
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        target = row.target or {}
        groups[tuple(sorted(target))].append({**target, "id": row.key})
    for columns, found in groups.items():
        told = ", ".join(f"{_quoted(column)} = was.{_quoted(column)}" for column in columns)
        _run(
            f"UPDATE {_quoted(table.name)} AS entry SET {told} "  # noqa: S608
            f"FROM jsonb_populate_recordset(NULL::{_quoted(table.name)}, %s) AS was WHERE entry.id = was.id",
            [_json(found)],
        )


def insert(table: registry.Table, rows: list[Row], otherwise: str = "") -> None:
    if not rows:
        return
    found = [_whole(table.model, row.target or {}) for row in rows]
    for one in found:
        one.update({column: one[column] + 1 for column in table.rising if one.get(column) is not None})
    columns = {column for one in found for column in one} & _columns_of(table.model)
    names = ", ".join(map(_quoted, sorted(columns)))
    _run(
        f"INSERT INTO {_quoted(table.name)} ({names}) "  # noqa: S608
        f"SELECT {names} FROM jsonb_populate_recordset(NULL::{_quoted(table.name)}, %s) {otherwise}",
        [_json(found)],
    )


def _columns_of(model: type[Model]) -> set[str]:
    return {field.column for field in model._meta.concrete_fields if not field.generated}


def _whole(model: type[Model], state: dict[str, Any]) -> dict[str, Any]:
    """The row with the defaults of columns that did not exist yet when it was written."""
    columns: list[Any] = model._meta.concrete_fields  # type: ignore[assignment]
    missing = [
        field
        for field in columns
        if not (field.column in state or field.generated or field.null or field.has_db_default())
    ]
    return {**{field.column: field.get_default() for field in missing}, **state}


def check_references(changes: Iterable[Change]) -> None:
    """Foreign keys that wait for the commit are looked at now, while an answer can still be given."""
    tables = {change.table for change in changes}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND condeferrable AND "
            "(conrelid = ANY(%s::text[]::regclass[]) OR confrelid = ANY(%s::text[]::regclass[]))",
            [list(tables), list(tables)],
        )
        names = ", ".join(_quoted(name) for (name,) in cursor.fetchall())
        if names:
            cursor.execute(f"SET CONSTRAINTS {names} IMMEDIATE")
            cursor.execute(f"SET CONSTRAINTS {names} DEFERRED")


def _json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, cls=DjangoJSONEncoder)


def _run(sql: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
