"""Tables as CSV: written for the spreadsheets that people have, read as these save them."""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO

from django.utils.translation import gettext as _

from catalogue.tables.cells import normal
from catalogue.tables.grids import Grid, UnreadableError, check_counts, check_header

# Spreadsheets run what begins so as a formula; with an apostrophe before it, it is text.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
SEPARATORS = ";,\t"


@dataclass(frozen=True)
class Dialect:
    separator: str
    decimal: str


# As a spreadsheet in German expects it, and as programs do.
GERMAN = Dialect(";", ",")
PLAIN = Dialect(",", ".")


def lines(
    header: list[str], rows: Iterable[list[str]], numbers: set[int], dialect: Dialect
) -> Iterator[bytes]:
    """The file line by line, in UTF-8 with a mark at its beginning; `numbers` are the columns of numbers."""
    yield codecs.BOM_UTF8
    stream = StringIO()
    writer = csv.writer(stream, delimiter=dialect.separator, lineterminator="\r\n")
    for row in [header], rows:
        for cells in row:
            writer.writerow(_cell(cell, place in numbers, dialect) for place, cell in enumerate(cells))
            yield stream.getvalue().encode()
            stream.seek(0)
            stream.truncate()


def _cell(text: str, is_number: bool, dialect: Dialect) -> str:
    if is_number and NUMBER.fullmatch(text):
        return text.replace(".", dialect.decimal)
    return f"'{text}" if FORMULA.match(text) else text


def read(content: bytes) -> Grid:
    """The rows of a file in UTF-8, UTF-16 or Windows-1252; raises UnreadableError."""
    text = _text(content)
    separator = _separator(text)
    rows: list[tuple[int, list[str]]] = []
    header: list[str] | None = None
    try:
        for number, cells in enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator), start=1):
            check_counts(len(rows), len(cells))
            texts = [normal(_without_apostrophe(cell)) for cell in cells]
            if header is None:
                header = texts
            elif any(texts):
                rows.append((number, _whole(number, texts, header)))
    except csv.Error as error:
        raise UnreadableError(_("The file is no readable CSV: %(reason)s.") % {"reason": error}) from None
    check_header(header or [])
    return Grid(header or [], rows)


def _whole(number: int, cells: list[str], header: list[str]) -> list[str]:
    """A row that is shorter than the header was cut: nobody can tell which cells are meant to be empty."""
    while len(cells) > len(header) and not cells[-1]:
        cells = cells[:-1]
    if len(cells) != len(header):
        raise UnreadableError(
            _(
                "Row %(number)d has %(count)d cells, but the header has %(columns)d."
                " A text that holds the separator must stand in quotation marks."
            )
            % {"number": number, "count": len(cells), "columns": len(header)}
        )
    return cells


def _without_apostrophe(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def _text(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableError(
        _("This is no table: neither CSV in UTF-8 or Windows-1252 nor a workbook of the kind .xlsx.")
    )


def _separator(text: str) -> str:
    """That of the three which stands most often in the header, outside quotation marks."""
    header = re.sub(r'"[^"]*"', "", text[:100_000]).partition("\n")[0]
    return max(SEPARATORS, key=header.count)
