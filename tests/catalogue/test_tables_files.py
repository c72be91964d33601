"""Files as spreadsheets save them, and as attackers do: read, or refused with a sentence that helps."""

import datetime as dt
import tracemalloc
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from catalogue.schema import BY_NAME
from catalogue.tables import csv_files, exporting, files
from catalogue.tables.grids import UnreadableError
from tests.catalogue.tables import as_csv, as_workbook

HEADER = exporting.header(BY_NAME["series"])


def table(**cells):
    return [HEADER, [cells.get(name, "") for name in HEADER]]


def refusal(content):
    with pytest.raises(UnreadableError) as refused:
        files.read(content)
    return str(refused.value)


def book(*rows):
    made, stream = Workbook(), BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(stream)
    return stream.getvalue()


def packed(**replaced):
    """A workbook with members replaced or added; __ stands for / and _x for .xml."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(book(["slug"], ["a"]))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        names = {name.replace("__", "/").replace("_x", ".xml"): content for name, content in replaced.items()}
        for member in old.namelist():
            if member not in names:
                new.writestr(member, old.read(member))
        for name, content in names.items():
            new.writestr(name, content)
    return stream.getvalue()


# -- CSV -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "slug;name\r\na;Über uns\r\n".encode(),
        "\ufeffslug;name\r\na;Über uns\r\n".encode(),
        "slug;name\r\na;Über uns\r\n".encode("cp1252"),
        "slug\tname\r\na\tÜber uns\r\n".encode("utf-16"),
        "slug,name\na,Über uns\n".encode(),
        'slug,name\n"a","Über uns"\n'.encode(),
        '"slug";"name"\n\n;\na;Über uns;\n'.encode(),
    ],
)
def test_csv_is_read_as_spreadsheets_save_it(content):
    grid = files.read(content)
    assert (grid.header, [cells for _number, cells in grid.rows]) == (["slug", "name"], [["a", "Über uns"]])


def test_rows_keep_their_numbers():
    assert [number for number, _cells in files.read(b"slug;x\na;1\n;\n\nb;2\n").rows] == [2, 5]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The first row must hold the names of the columns. It is empty."),
        (b"\n\n", "The first row must hold"),
        (b"slug;name\na\n", "Row 2 has 1 cells, but the header has 2."),
        (b"slug;name\na;b;c\n", "Row 2 has 3 cells, but the header has 2."),
        (b"slug\x00;name\n", "This is no table"),
        (b"\xff\xfe\x00", "This is no table"),
        (b"slug\n\x81\n", "This is no table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is a workbook of the old kind .xls"),
        (b"slug\n" + b"a\n" * 5_002, "A table may have 5000 rows. Divide it."),
        (b";" * 250, "A table may have 200 columns."),
        (b'slug\n"' + b"x" * 200_000, "The file is no readable CSV: field larger than field limit (131072)."),
        (b"x" * 10_000_001, "The file has 11 MB; a table may have 10 MB. Divide it."),
    ],
)
def test_what_is_no_table_is_refused(content, reason):
    assert refusal(content).startswith(reason)


@pytest.mark.parametrize("text", ["=1+1", "+49 30 1", "-x", "@SUM(A1)", "'=x", "''+1", "=cmd|'/C calc'!A0"])
def test_no_spreadsheet_runs_what_a_text_says(text):
    content = as_csv(table(slug="a", name=text), "series")
    assert f"'{text}" in content.decode("utf-8-sig")
    assert files.read(content).rows[0][1][HEADER.index("name")] == text
    sheet = load_workbook(BytesIO(as_workbook(table(slug="a", name=text), "series"))).worksheets[0]
    cell = sheet.cell(2, HEADER.index("name") + 1)
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


def test_csv_for_german_spreadsheets_has_semicolons_commas_and_a_mark():
    header = exporting.header(BY_NAME["venues"])
    row = [
        {"slug": "a", "latitude": "52.5163", "longitude": "-0.1", "name": "Saal; groß"}.get(key, "")
        for key in header
    ]
    content = as_csv([header, row], "venues")
    assert content.startswith(b"\xef\xbb\xbfslug;name;")
    assert content.decode("utf-8-sig").splitlines()[1] == 'a;"Saal; groß";;;;;;;52,5163;-0,1;;;'
    plain = as_csv([header, row], "venues", csv_files.PLAIN)
    assert plain.decode("utf-8-sig").splitlines()[1] == "a,Saal; groß,,,,,,,52.5163,-0.1,,,"


# -- workbooks -----------------------------------------------------------------------------------


def test_values_are_read_as_they_would_be_typed():
    row = ["a", dt.date(2027, 5, 4), dt.datetime(2027, 5, 4), dt.time(9, 30), 12, 12.0, 52.5163, True, None]
    grid = files.read(book(list("slug2345678"[:9]), row))
    assert grid.rows == [(2, ["a", "2027-05-04", "2027-05-04", "09:30", "12", "12", "52.5163", "yes", ""])]


def test_formulas_are_not_evaluated_but_told():
    grid = files.read(book(["slug", "name"], ["a", "=1+1"]))
    assert grid.faults == {2: {1: "holds a formula. Copy it and paste it as a value."}}


def test_a_second_sheet_tells_what_the_columns_mean():
    notes = load_workbook(BytesIO(as_workbook(table(slug="a"), "series"))).worksheets[1]
    rows = {row[0]: row[1:] for row in notes.iter_rows(values_only=True)}
    assert rows["organisers"][1] == "address names, separated by semicolons"


@pytest.mark.parametrize("name", ["xl__sharedStrings_x", "xl__worksheets__sheet1_x", "docProps__core_x"])
@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>',
        " " * 300_000 + "<!doctype x><x/>",
        "<!DOCTYPE x><x/>".encode("utf-16"),
    ],
)
def test_definitions_in_xml_are_refused_unread(name, content):
    expected = "The workbook is damaged. Open it in a spreadsheet and save it anew."
    assert refusal(packed(**{name: content})) == expected


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = packed(xl__worksheets__sheet1_x=b"<x>" + b" " * 80_000_000)
    tracemalloc.start()
    reason = refusal(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reason == "The workbook is too large once it is unpacked. Save it as CSV, or divide it."
    assert (len(bomb) < 200_000, peak < 2_000_000) == (True, True)


@pytest.mark.parametrize("number", [600])
def test_many_members_are_refused(number):
    more = {f"xl__m{place}_x": "<x/>" for place in range(number)}
    assert refusal(packed(**more)).startswith("The workbook is too large")


def test_a_sheet_with_a_row_far_below_is_not_read_to_its_end():
    row = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>a</t></is></c></row>'
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>slug</t></is></c></row>'
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = (
        f'<worksheet {space}><dimension ref="A1:XFD1048576"/><sheetData>{head}{row}</sheetData></worksheet>'
    )
    assert refusal(packed(xl__worksheets__sheet1_x=sheet)) == "A table may have 5000 rows. Divide it."


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04" + b"\0" * 100,
        packed()[:900],
        packed(xl__worksheets__sheet1_x="<x>"),
        packed(xl__workbook_x="no"),
    ],
)
def test_damaged_workbooks_are_refused(content):
    assert refusal(content) == "The workbook is damaged. Open it in a spreadsheet and save it anew."


def test_a_long_table_is_written_in_little_memory():
    rows = ([f"reihe-{number}", *["Text über etwas"] * (len(HEADER) - 1)] for number in range(2_000))
    tracemalloc.start()
    size = sum(len(line) for line in csv_files.lines(HEADER, rows, set(), csv_files.GERMAN))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 300_000
    assert peak < 300_000
