"""Entries of a noun as rows of texts, some hundreds at a time."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from catalogue import snapshot
from catalogue.fields import Section
from catalogue.tables.cells import normal
from catalogue.tables.columns import columns_of

PIECE = 300


def header(section: Section) -> list[str]:
    return [column.key for column in columns_of(section)]


def numbers(section: Section) -> set[int]:
    """The places of the columns that hold numbers."""
    return {place for place, column in enumerate(columns_of(section)) if column.is_number}


def rows(section: Section, found: QuerySet[Any]) -> Iterator[list[str]]:
    """One row for each entry, in the order of the queryset; anonymised people are left out."""
    known = snapshot.names(samples=True)
    keys = list(found.values_list("pk", flat=True))
    for first in range(0, len(keys), PIECE):
        piece = keys[first : first + PIECE]
        taken = snapshot.take_some(section, piece, known)
        for key in piece:
            if key in taken:
                record = section.write(taken[key].entry)
                yield [normal(column.text(record)) for column in columns_of(section)]


def notes(section: Section) -> Iterator[list[str]]:
    """What is to know of each column, for the second sheet of a workbook."""
    yield [_("Column"), _("Name"), _("How it is filled in"), _("Words")]
    for column in columns_of(section):
        words = "; ".join(f"{word} = {meaning}" for word, meaning in column.words())
        yield [column.key, column.label(), column.manner(), words]
