"""A table held against the catalogue: what each row would change, and, once somebody has agreed, the change.

Rows become records of the exchange file and go through the same checks. What a load does to protect editors'
changes from files is left out here: it is editors who bring the table.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from addresses.models import FormerSlug
from catalogue import checking, reading, snapshot
from catalogue.consistency import mentions
from catalogue.deciding import Plan, settle
from catalogue.entries import Batch, Entry, Record
from catalogue.fields import Section
from catalogue.kinds import BadValueError
from catalogue.schema import SECTIONS
from catalogue.snapshot import Row
from catalogue.tables import rules
from catalogue.tables.cells import same
from catalogue.tables.columns import Column, columns_of, headings
from catalogue.tables.grids import Grid, UnreadableError

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"


@dataclass(frozen=True)
class Fault:
    """What is wrong; without a column the row as a whole is."""

    column: str
    reason: str


@dataclass(frozen=True)
class Difference:
    column: Column
    before: str
    after: str


@dataclass
class Line:
    """A row of the table, and what becomes of its entry."""

    number: int
    slug: str
    entry: Entry | None = None
    row: Row | None = None
    faults: list[Fault] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        if self.faults:
            return WRONG
        if self.row is None:
            return NEW
        return CHANGED if self.entry and not self.entry.says_the_same_as(self.row.entry) else SAME

    def blame(self, column: str, reason: str) -> None:
        if Fault(column, reason) not in self.faults:
            self.faults.append(Fault(column, reason))


@dataclass
class Examined:
    """All rows of a table; `keys` are the primary keys of everything by section and slug."""

    section: Section
    columns: list[Column]
    lines: list[Line]
    keys: dict[str, dict[str, int]]

    def of(self, *outcomes: str) -> list[Line]:
        return [line for line in self.lines if line.outcome in outcomes]

    @property
    def has_faults(self) -> bool:
        return any(line.faults for line in self.lines)

    @property
    def fingerprint(self) -> str:
        """Equal as long as the table would do the very same to the very same entries."""
        told = [
            [line.number, line.outcome, line.slug, [fault.reason for fault in line.faults]]
            + [[one.column.key, one.before, one.after] for one in line.differences]
            for line in self.lines
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def plan(self) -> Plan:
        new = [line.entry for line in self.of(NEW) if line.entry]
        changed = [(line.entry, line.row) for line in self.of(CHANGED) if line.entry and line.row]
        return Plan(self.section, self.keys, new=new, changed=changed)


# Blames the rows about entries with which the person may not do that.
Judge = Callable[[Examined], None]


def examine(section: Section, grid: Grid, judge: Judge) -> Examined:
    """What the table would do; raises UnreadableError where its header cannot be understood.

    Reads in a constant number of queries, whatever the number of rows, apart from what `judge` asks.
    """
    columns = _columns(section, grid.header)
    known = snapshot.names(samples=True)
    keys = _keys(known)
    slugs = [cells[columns.index(columns_of(section)[0])] for _number, cells in grid.rows]
    wanted = {keys[section.name][slug] for slug in slugs if slug in keys[section.name]}
    taken = snapshot.take_some(section, wanted, known)
    lines = [Line(number, slug) for (number, _cells), slug in zip(grid.rows, slugs, strict=True)]
    for line, (number, cells) in zip(lines, grid.rows, strict=True):
        line.row = taken.get(keys[section.name].get(line.slug, 0))
        for place, reason in grid.faults.get(number, {}).items():
            line.blame(columns[place].key if place < len(columns) else "", reason)
        _read_line(line, dict(zip(columns, cells, strict=True)), section)
    examined = Examined(section, columns, lines, keys)
    _check(examined, known)
    judge(examined)
    return examined


def _columns(section: Section, header: list[str]) -> list[Column]:
    names = headings(section)
    unknown = [name for name in header if name.casefold() not in names]
    if unknown:
        known = ", ".join(column.key for column in columns_of(section))
        text = _("There is no column “%(name)s” in this table. Remove it, or use one of: %(known)s.")
        raise UnreadableError(text % {"name": unknown[0][:80], "known": known})
    columns = [names[name.casefold()] for name in header]
    doubled = [column.key for column in columns if columns.count(column) > 1]
    if doubled:
        raise UnreadableError(_("The column “%(name)s” stands there twice.") % {"name": doubled[0]})
    if columns_of(section)[0] not in columns:
        raise UnreadableError(_("The column “slug” is missing: it tells which entry a row is about."))
    return columns


def _keys(known: snapshot.Names) -> dict[str, dict[str, int]]:
    """Primary keys by section and slug; what is referred to may bear a former slug."""
    keys: dict[str, dict[str, int]] = {section.name: {} for section in SECTIONS}
    by_noun = {section.noun.value: section.name for section in SECTIONS}
    for noun, slug, target in FormerSlug.objects.values_list("noun", "slug", "target"):
        if target in known[by_noun[noun]]:
            keys[by_noun[noun]][slug] = target
    for section, slugs in known.items():
        keys[section] |= {slug: pk for pk, slug in slugs.items()}
    return keys


def _read_line(line: Line, cells: dict[Column, str], section: Section) -> None:
    """The row's entry with all that the table is silent about as it stands; faults where cells are wrong."""
    before = section.write(line.row.entry) if line.row else {}
    said = {
        column: cell
        for column, cell in cells.items()
        if column.part and not (line.row and same(cell, column.text(before)))
    }
    if line.row and line.row.entry.slug != line.slug:
        text = _("is a former address name; the entry is called “%(slug)s” now")
        line.blame("slug", text % {"slug": line.row.entry.slug})
    if line.row and not said:
        line.entry = line.row.entry
        return
    record = _as_read(before) if line.row else {"slug": line.slug, **rules.FRESH.get(section.name, {})}
    for column in [] if line.row else columns_of(section):
        record |= rules.of_silence(column)
    for column, cell in said.items():
        _set(record, column, cell, line)
    if not line.faults:
        _read_record(line, record, section)
    if line.entry and not line.faults:
        line.differences = _differences(before, section.write(line.entry), section)


def _read_record(line: Line, record: Record, section: Section) -> None:
    listed: list[Entry] = []
    batch = Batch({section.name: listed}, {section.name: {}}, [])
    reading.read_record(section, line.number, record, batch)
    if not batch.rejections:
        line.entry = listed[0]
        if line.row:
            settle(line.entry, line.row)
        batch.rejections += checking.check_entry(line.entry)
    for rejection in batch.rejections:
        _blame(line, rejection.field, rejection.reason)


def _as_read(record: Record) -> Record:
    """A written record in the form in which reading expects it: with exact numbers."""
    read: Record = json.loads(json.dumps(record), parse_float=Decimal)
    return read


def _set(record: Record, column: Column, cell: str, line: Line) -> None:
    if column.is_fixed:
        if line.row or cell:
            rules.refuse_fixed(column, cell, line)
        return
    record.pop(column.key, None)
    record |= rules.of_silence(column)
    if cell:
        try:
            record[column.key] = column.value(cell)
        except BadValueError as wrong:
            line.blame(column.key, str(wrong))


def _blame(line: Line, path: str, reason: str) -> None:
    """`path` is that of the exchange file: participations[2].role is the role in the second row of a cell."""
    column, _bracket, rest = path.partition("[")
    if rest:
        number, _end, inner = rest.partition("]")
        place = _("entry %(number)s") % {"number": number}
        reason = " ".join(part for part in (f"{place}:", inner.removeprefix("."), reason) if part)
    line.blame(column, reason)


def _differences(before: Record, after: Record, section: Section) -> list[Difference]:
    told = [
        (column, column.text(before) if before else "", column.text(after)) for column in columns_of(section)
    ]
    return [Difference(column, old, new) for column, old, new in told if old != new]


def _check(examined: Examined, known: snapshot.Names) -> None:
    """What only shows when rows are seen together, or beside the rest of the catalogue."""
    rules.no_slug_twice(examined)
    rules.no_former_slug(examined)
    rules.references_exist(examined, mentions)
    rules.no_circles(examined)
    rules.nobody_hidden_is_lost(examined)
