"""Whose tables are on the trail: each noun says here what belongs to it. The trail itself knows none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model

# Puts rows ({column: value}, all columns) back where that is still right.
PutBack = Callable[[Iterable[dict[str, Any]]], None]
# Told of the entries (trail.planning.Row) that were put back, within the transaction that did it.
Returned = Callable[[Iterable[Any]], None]


@dataclass(frozen=True)
class Table:
    """A model on the trail; `noun` is empty where a column of the row says it.

    `owner` names the foreign key to the entry that a row belongs to, empty for the entry itself. `rising` are
    columns that never fall back, not even with an entry that returns; `guarded` ones are nobody's to write
    freely: they are left as they are where an earlier version is restored. Rows that the database keeps by
    itself, or that are a log, are `kept`: they come back with their entry, but no undo takes them away;
    `put_back` does it where that is more than being there again.
    """

    label: str
    noun: str
    owner: str = ""
    rising: tuple[str, ...] = ()
    guarded: tuple[str, ...] = ()
    returned: Returned | None = None
    is_kept: bool = False
    put_back: PutBack | None = None

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    @property
    def name(self) -> str:
        """In the database."""
        return self.model._meta.db_table

    @property
    def is_entry(self) -> bool:
        return not self.owner


_tables: list[Table] = []
_listeners: list[Callable[[str, str], None]] = []


def noun(
    name: str,
    model: str,
    rising: tuple[str, ...] = (),
    guarded: tuple[str, ...] = (),
    returned: Returned | None = None,
) -> None:
    """`model` is a label such as "events.Event", here and below."""
    _add(Table(model, name, rising=rising, guarded=guarded, returned=returned))
    for listener in _listeners:
        listener(name, model)


def when_registered(listener: Callable[[str, str], None]) -> None:
    """Told of each noun that is registered from now on: its name and its model's label."""
    _listeners.append(listener)


def detail(name: str, model: str, owner: str = "") -> None:
    """Rows that belong to an entry of that noun, by the foreign key `owner`: by default the first to it."""
    _add(Table(model, name, owner or "?"))


def kept(name: str, model: str, owner: str, put_back: PutBack | None = None) -> None:
    """The name of the noun is empty where a column of the row says it."""
    _add(Table(model, name, owner, is_kept=True, put_back=put_back))


def _add(table: Table) -> None:
    _tables.append(table)
    tables.cache_clear()


@cache
def tables() -> dict[str, Table]:
    """{name in the database: table}, entries before what belongs to them."""
    ordered = sorted(_tables, key=lambda table: not table.is_entry)
    return {table.name: _resolved(table) for table in ordered}


def _resolved(table: Table) -> Table:
    if table.owner != "?":
        return table
    above = model_of(table.noun)
    found = (field for field in table.model._meta.concrete_fields if isinstance(field, ForeignKey))
    owner = next(field.name for field in found if field.related_model is above)
    return Table(table.label, table.noun, owner)


def nouns() -> dict[str, Table]:
    return {table.noun: table for table in _tables if table.is_entry}


def model_of(noun: str) -> type[Model]:
    """Raises LookupError where no such noun is on the trail."""
    return nouns()[noun].model
