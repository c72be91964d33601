"""Tables of a noun as they leave the house and come back."""

from django.contrib.auth import get_user_model

from catalogue.schema import BY_NAME
from catalogue.tables import csv_files, exporting, files, workbooks
from catalogue.tables.applying import apply
from catalogue.tables.grids import Grid
from catalogue.tables.importing import examine


def anybody(examined):
    """A judge who lets everybody do everything."""


def exported(name, count=None):
    """[header, row, row …] of all entries of the section, or of the first ones."""
    section = BY_NAME[name]
    rows = exporting.rows(section, section.model.objects.order_by("pk")[:count])
    return [exporting.header(section), *rows]


def as_csv(table, name, dialect=csv_files.GERMAN):
    return b"".join(csv_files.lines(table[0], table[1:], exporting.numbers(BY_NAME[name]), dialect))


def as_workbook(table, name):
    section = BY_NAME[name]
    notes = exporting.notes(section)
    with workbooks.write(
        table[0], table[1:], exporting.numbers(section), title=name, notes=notes, notes_title="notes"
    ) as file:
        return file.read()


def grid(*rows):
    """The rows of a table given as lists of texts, the header first."""
    return Grid(list(rows[0]), [(number, list(row)) for number, row in enumerate(rows[1:], start=2)])


def looked_at(name, table, judge=anybody):
    table = files.read(table) if isinstance(table, bytes) else table
    return examine(BY_NAME[name], table, judge)


def applied(name, table, *, by=None, judge=anybody):
    examined = looked_at(name, table, judge)
    agreed = examined.fingerprint
    by = by or get_user_model()(is_superuser=True)
    return apply(BY_NAME[name], table, judge, fingerprint=agreed, by=by, reason="Tabelle")


def outcomes(examined):
    return [line.outcome for line in examined.lines]


def faults(examined):
    """{(number of the row, column): reason}"""
    return {(line.number, fault.column): fault.reason for line in examined.lines for fault in line.faults}


def changes(examined):
    """{(slug, column): (before, after)}"""
    return {
        (line.slug, one.column.key): (one.before, one.after)
        for line in examined.lines
        for one in line.differences
    }
