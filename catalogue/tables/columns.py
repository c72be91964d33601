"""Which columns the table of a noun has, and what stands in them: the parts of the exchange file's table."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.entries import Record
from catalogue.fields import Children, Field, Section, Span
from catalogue.kinds import Clock, Day, Flag, Number, Reference, Whole, Words
from catalogue.schema import BY_NAME
from catalogue.tables import cells

# Kept by the database, or by the workflow: no table tells them.
LEFT_OUT = ("uid", "publish_from", "published_at", "withdrawn_at", "revision")
# Shown for orientation; other pages change them.
FIXED = {"events": ("state", "image")}


@dataclass(frozen=True, eq=False)
class Column:
    """`key` heads it; a span of days has two columns and no other part more than one."""

    key: str
    section: str
    part: Field | Span | Children | None

    @property
    def is_fixed(self) -> bool:
        return self.key in FIXED.get(self.section, ())

    @property
    def is_required(self) -> bool:
        return self.part is None or (getattr(self.part, "required", False) and self.key != "end")

    # -- out -------------------------------------------------------------------------------------

    def text(self, record: Record) -> str:
        """What stands in the cell of that record."""
        if isinstance(self.part, Children) and not self.part.bare:
            return cells.write_rows(record.get(self.key, []), row_keys(self.part))
        default = self.part.default if isinstance(self.part, Field) else None
        return cells.write(record.get(self.key, default))

    @property
    def is_number(self) -> bool:
        return isinstance(self.part, Field) and isinstance(self.part.kind, Number | Whole)

    # -- in --------------------------------------------------------------------------------------

    def value(self, text: str) -> Any:
        """The record's value for a cell that is not empty; raises BadValueError."""
        if isinstance(self.part, Span):
            return cells.day(text)
        if isinstance(self.part, Children):
            return cells.items(text) if self.part.bare else _rows(self.part, text)
        return cells.read(self.part.kind, text) if self.part else text

    # -- in words --------------------------------------------------------------------------------

    def label(self) -> str:
        if self.part is None:
            return _("Address name")
        if self.key == "end":
            return _("Last day")
        return capfirst(str(_named(self.part, BY_NAME[self.section].model)))

    def words(self) -> list[tuple[str, str]]:
        """[(word, what it means)] of a closed vocabulary."""
        if not isinstance(self.part, Field):
            return []
        column: Any = BY_NAME[self.section].model._meta.get_field(self.part.columns[0])
        column = getattr(column, "base_field", column)
        return [(str(word), str(label)) for word, label in getattr(column, "flatchoices", ()) if word]

    def manner(self) -> str:
        """How a cell is filled in, in words."""
        if self.is_fixed:
            return _("shown only; changed on other pages")
        if isinstance(self.part, Children):
            if self.part.bare:
                return _("address names, separated by semicolons")
            return _("rows separated by semicolons; in each, separated by upright strokes: %(fields)s") % {
                "fields": " | ".join(row_keys(self.part))
            }
        return _manner(self.part)


def _manner(part: Field | Span | None) -> str:
    if part is None:
        return _("lower-case letters, digits and hyphens; tells which entry the row is about")
    if isinstance(part, Span):
        return _("day, month, quarter or year: 2027-05-31 or 31.05.2027, 2027-05, 2027-Q2, 2027")
    manners = {
        Day: _("day: 2027-05-31 or 31.05.2027"),
        Clock: _("time: 09:30"),
        Flag: _("yes or no"),
        Whole: _("whole number"),
        Number: _("number"),
        Words: _("separated by semicolons"),
        Reference: _("address name"),
    }
    return next((words for kind, words in manners.items() if isinstance(part.kind, kind)), _("text"))


def _named(part: Field | Span | Children, model: type[models.Model]) -> Any:
    if isinstance(part, Children):
        return part.model._meta.verbose_name_plural
    column: Any = model._meta.get_field(part.columns[0])
    return column.verbose_name


def row_keys(children: Children) -> list[str]:
    """The fields of a list's row in the order of a cell: required ones first, the identifier last."""
    keys = [(part, key) for part in children.fields for key in part.keys]
    return [key for _part, key in sorted(keys, key=lambda pair: (pair[1] == "uid", not pair[0].required))]


def _rows(children: Children, text: str) -> list[Record]:
    kinds = {key: part for part in children.fields for key in part.keys}
    keys = row_keys(children)
    return [_record(keys, kinds, row) for row in cells.split(text, ";")]


def _record(keys: list[str], parts: dict[str, Field | Span], row: str) -> Record:
    """The fields that say something; one too many bears a name that reading refuses."""
    record: Record = {}
    for place, field in enumerate(cells.split(row, "|")):
        key = keys[place] if place < len(keys) else _("field %(number)d") % {"number": place + 1}
        part = parts.get(key)
        text = cells.plain(field)
        if text:
            record[key] = cells.read(part.kind, text) if isinstance(part, Field) else cells.day(text)
    return record


def columns_of(section: Section) -> tuple[Column, ...]:
    """Each column is one object, whoever asks."""
    return _columns_of(section.name)


@cache
def _columns_of(name: str) -> tuple[Column, ...]:
    return (Column("slug", name, None), *_columns(BY_NAME[name]))


def _columns(section: Section) -> Iterator[Column]:
    for part in section.parts:
        for key in (part.key,) if isinstance(part, Children) else part.keys:
            if key not in LEFT_OUT:
                yield Column(key, section.name, part)


def headings(section: Section) -> dict[str, Column]:
    """Every way in which a column may be headed, in small letters: its key, its German or English name."""
    return _headings(section.name)


@cache
def _headings(name: str) -> dict[str, Column]:
    columns = _columns_of(name)
    found: dict[str, Column] = {}
    doubled = set()
    for language in ("de", "en"):
        with override(language):
            for column in columns:
                label = column.label().casefold()
                if found.setdefault(label, column) is not column:
                    doubled.add(label)
    labels = {label: column for label, column in found.items() if label not in doubled}
    return labels | {column.key: column for column in columns}
