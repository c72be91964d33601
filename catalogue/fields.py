"""The parts that the table of the exchange file is made of: fields, spans of days, lists, sections."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import models

from addresses.models import NounKind
from catalogue.entries import Entry, Record, Values
from catalogue.kinds import Kind, Reference, Text, Uid, Words, period_text
from lib.nouns import default_uid


@dataclass(frozen=True)
class Field:
    """One key of a record. `column` is the model's name for it where that differs."""

    key: str
    kind: Kind
    column: str = ""
    default: Any = None
    required: bool = False

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return (self.column or self.key,)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return (self.key,)

    def write(self, values: Values) -> Record:
        value = values[self.columns[0]]
        return {} if value == self.default else {self.key: self.kind.write(value)}


@dataclass(frozen=True)
class Span:
    """`start` and `end`: first and last day, either in the reduced form of a vague date."""

    vague: bool = True
    required: bool = True
    keys: tuple[str, ...] = ("start", "end")

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return ("starts_on", "ends_on", "date_precision") if self.vague else ("starts_on", "ends_on")

    def write(self, values: Values) -> Record:
        if values["starts_on"] is None:
            return {}
        precision = values.get("date_precision", "day")
        start, end = (period_text(values[column], precision) for column in ("starts_on", "ends_on"))
        return {"start": start} if start == end else {"start": start, "end": end}


@dataclass(frozen=True)
class Children:
    """A list of rows that belong to the record. With `bare` the list holds that column's plain values."""

    key: str
    model: type[models.Model]
    owner: str
    fields: tuple[Field | Span, ...]
    # Columns whose values may stand only once in the list.
    unique: tuple[str, ...] = ()
    bare: bool = False

    @cached_property
    def columns(self) -> list[str]:
        return [column for part in self.fields for column in part.columns]

    @cached_property
    def links(self) -> tuple[tuple[Field, str], ...]:
        """The fields that name another record, each with the section it lives in."""
        return tuple(references(self.fields))

    def write(self, rows: list[Values]) -> Record:
        records = [write_fields(self.fields, row) for row in rows]
        listed = [next(iter(record.values())) for record in records] if self.bare else records
        return {self.key: listed} if listed else {}


@dataclass(frozen=True)
class Section:
    name: str
    noun: NounKind
    model: type[models.Model]
    parts: tuple[Field | Span | Children, ...]
    # Columns that the database fills by itself: a file that is silent about them changes nothing.
    kept: tuple[str, ...] = ()
    # Attributes by which records are sorted in a file, before the slug.
    order: tuple[str, ...] = field(default=())

    @cached_property
    def fields(self) -> tuple[Field | Span, ...]:
        return tuple(part for part in self.parts if not isinstance(part, Children))

    @cached_property
    def children(self) -> list[Children]:
        return [part for part in self.parts if isinstance(part, Children)]

    @cached_property
    def columns(self) -> list[str]:
        return [column for part in self.fields for column in part.columns]

    @cached_property
    def links(self) -> tuple[tuple[Field, str], ...]:
        """The fields that name another record, each with the section it lives in."""
        return tuple(references(self.fields))

    def write(self, entry: Entry) -> Record:
        """The entry as a record in canonical form: keys in the table's order, defaults left out."""
        record: Record = {"slug": entry.slug}
        for part in self.parts:
            if isinstance(part, Children):
                if entry.children[part.key]:
                    record |= part.write(entry.children[part.key])
            elif isinstance(part, Span):
                record |= part.write(entry.values)
            elif entry.values[part.columns[0]] != part.default:
                record[part.key] = part.kind.write(entry.values[part.columns[0]])
        return record

    def uid(self, entry: Entry) -> UUID:
        """The entry's own identifier, or the one that follows from its slug."""
        given: UUID | None = entry.values["uid"]
        return given or default_uid(self.noun.value, entry.slug)

    def sort_key(self, entry: Entry) -> tuple[Any, ...]:
        return (*(entry.values[column] for column in self.order), entry.slug)


def write_fields(fields: tuple[Field | Span, ...], values: Values) -> Record:
    record: Record = {}
    for part in fields:
        record |= part.write(values)
    return record


def text(key: str, default: str | None = "", **more: Any) -> Field:
    return Field(key, Text(), default=default, **more)


def texts(*keys: str) -> list[Field]:
    """Several texts that may be empty."""
    return [text(key) for key in keys]


def words(*keys: str) -> list[Field]:
    """Several lists of short texts that may be empty."""
    return [Field(key, Words(), default=[]) for key in keys]


def several(kind: Kind, *keys: str) -> list[Field]:
    """Several fields of one kind that may be absent."""
    return [Field(key, kind) for key in keys]


def uid() -> Field:
    """A permanent identifier; absent where it is the one that follows from the slug."""
    return Field("uid", Uid())


def ref(key: str, section: str, **more: Any) -> Field:
    """The slug of a record of the section."""
    return Field(key, Reference(section), **more)


def references(parts: Iterable[Field | Span]) -> Iterator[tuple[Field, str]]:
    """The fields that name another record, each with the section it lives in."""
    for part in parts:
        if isinstance(part, Field) and isinstance(part.kind, Reference):
            yield part, part.kind.section
