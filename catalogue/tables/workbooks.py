"""Tables as workbooks (.xlsx): written in little memory, read with limits against files that never end.

The library is read when somebody brings or wants a workbook: it takes more memory than all lists do.
"""

import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils.translation import gettext as _

from catalogue.tables import cells
from catalogue.tables.grids import MOST_COLUMNS, MOST_ROWS, Grid, UnreadableError, check_counts, check_header

# Everything in the file together, unpacked; a thousand rows of all columns have about five megabytes.
MOST_UNPACKED = 60_000_000
MOST_MEMBERS = 500
# XML of spreadsheets is seldom packed tighter than thirtyfold; bombs are, a thousandfold.
STEEPEST = 150
PIECE = 256 * 1024
AS_TEXT = "@"


# -- out -----------------------------------------------------------------------------------------


def write(
    header: list[str],
    rows: Iterable[list[str]],
    numbers: set[int],
    *,
    title: str,
    notes: Iterable[list[str]],
    notes_title: str,
) -> IO[bytes]:
    """A workbook on disk, ready to be read: the table, and a second sheet with what is to know of it."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "B2"
    for place in range(len(header)):
        sheet.column_dimensions[_letters(place)].width = 24
    sheet.append([_bold(sheet, name) for name in header])
    for row in rows:
        sheet.append([_cell(sheet, text, place in numbers) for place, text in enumerate(row)])
    explained = book.create_sheet(notes_title[:31])
    for number, row in enumerate(notes):
        made = [_cell(explained, text, False) if number else _bold(explained, text) for text in row]
        explained.append(made)
    # Closed by whoever hands it out.
    file = TemporaryFile()  # noqa: SIM115
    book.save(file)
    file.seek(0)
    return file


def _letters(place: int) -> str:
    first, last = divmod(place, 26)
    return f"{chr(64 + first) if first else ''}{chr(65 + last)}"


def _bold(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, text: str, is_number: bool) -> Any:
    """A number, or a text that stays one: spreadsheets make no date and no formula of it."""
    from openpyxl.cell import WriteOnlyCell

    if is_number and text:
        return WriteOnlyCell(sheet, value=Decimal(text))
    cell = WriteOnlyCell(sheet, value=None)
    if text:
        cell.value = cells.normal(text)[: cells.LONGEST_CELL]
        cell.data_type = "s"
    cell.number_format = AS_TEXT
    return cell


# -- in ------------------------------------------------------------------------------------------


def read(file: IO[bytes]) -> Grid:
    """The rows of the first sheet; formulas are not evaluated. Raises UnreadableError."""
    from openpyxl import load_workbook

    _check_container(file)
    # Whatever is wrong inside, readers meet with errors of every kind.
    try:
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
    except Exception as error:
        raise UnreadableError(_damaged()) from error
    try:
        if not book.worksheets:
            raise UnreadableError(_("The workbook holds no sheet with a table."))
        return _grid(book.worksheets[0])
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError(_damaged()) from error
    finally:
        book.close()


def _damaged() -> str:
    return _("The workbook is damaged. Open it in a spreadsheet and save it anew.")


def _check_container(file: IO[bytes]) -> None:
    """Before anything is unpacked by somebody else: sizes, and nothing but plain XML without definitions."""
    # What is wrong with a container, Python's library tells by errors of many kinds, too.
    try:
        with zipfile.ZipFile(file) as container:
            members = container.infolist()
            _check_sizes(members)
            for member in members:
                if member.filename.endswith((".xml", ".rels", ".vml")):
                    _check_xml(container, member)
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError(_damaged()) from error
    file.seek(0)


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    steep = any(
        member.file_size > 1_000_000 and member.file_size > STEEPEST * member.compress_size
        for member in members
    )
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or steep:
        text = _("The workbook is too large once it is unpacked. Save it as CSV, or divide it.")
        raise UnreadableError(text)


def _check_xml(container: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """No spreadsheet writes definitions (DTD); whoever does wants the reader to multiply or to fetch."""
    before = b""
    with container.open(member) as stream:
        while piece := stream.read(PIECE):
            if not before and b"\x00" in piece[:4]:
                raise UnreadableError(_damaged())
            if re.search(rb"<!(DOCTYPE|ENTITY)", before + piece, re.IGNORECASE):
                raise UnreadableError(_damaged())
            before = piece[-16:]


def _grid(sheet: Any) -> Grid:
    # What the sheet says of its own size is not believed.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1)
    header = [_text(cell) for cell in next(rows, ())]
    while header and not header[-1]:
        header.pop()
    check_header(header)
    check_counts(0, len(header))
    grid = Grid(header, [])
    for number, found in enumerate(rows, start=2):
        texts = list(_texts(number, found, grid))
        check_counts(number - 1, len(texts) if any(texts[len(header) :]) else 0)
        if any(texts[len(header) :]):
            raise UnreadableError(
                _("Row %(number)d has a cell right of the last named column.") % {"number": number}
            )
        if any(texts):
            grid.rows.append((number, (texts + [""] * len(header))[: len(header)]))
    return grid


def _texts(number: int, row: Any, grid: Grid) -> Iterator[str]:
    for place, cell in enumerate(row):
        if cell.data_type == "f":
            grid.faults.setdefault(number, {})[place] = _("holds a formula. Copy it and paste it as a value.")
        elif cell.data_type == "e":
            grid.faults.setdefault(number, {})[place] = _("holds an error of the spreadsheet.")
        yield _text(cell)


def _text(cell: Any) -> str:
    """The value as it would be typed into a cell of a table."""
    value = cell.value
    if isinstance(value, dt.datetime):
        # A time alone stands there as one of the first days that a spreadsheet knows.
        if value.year <= 1900:
            return value.time().isoformat("minutes")
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    if isinstance(value, dt.timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return cells.normal(cells.write(value))
