import csv
import io

import pytest

from events.outputs import csv_table
from tests import golden
from tests.events.outputs import cast
from tests.events.outputs.cast import ENGLISH, GERMAN


def rows(content, delimiter=","):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_a_list_is_told_as_before():
    golden.check("list.csv", csv_table.table(cast.everybody(), GERMAN))


def test_an_empty_list_has_its_columns():
    assert rows(csv_table.table([], GERMAN)) == []
    assert csv_table.table([], GERMAN).startswith(b"uid,url,title,")


def test_excel_gets_a_mark_and_the_separator_of_its_country():
    german = csv_table.table([cast.fair()], GERMAN, for_excel=True)
    assert german.startswith(b"\xef\xbb\xbfuid;url;title;")
    assert rows(german, ";") == rows(csv_table.table([cast.fair()], GERMAN))
    assert csv_table.table([], ENGLISH, for_excel=True).startswith(b"\xef\xbb\xbfuid,url,")


def test_lines_end_in_crlf_and_no_cell_has_a_line_of_its_own():
    content = csv_table.table(cast.everybody(), GERMAN)
    assert content.count(b"\n") == content.count(b"\r\n") == len(cast.everybody()) + 1


@pytest.mark.parametrize("title", ["=1+1", "+49", "-1", "@SUM(A1)", " =1", "\t=1", "\r\n=1", "＝1", '="a",1'])
def test_a_text_that_a_spreadsheet_would_calculate_is_disarmed(title):
    (row,) = rows(csv_table.table([cast.make("formel", title=title)], GERMAN))
    assert row["title"] == "'" + title.strip()


def test_several_values_stand_side_by_side():
    (row,) = rows(csv_table.table([cast.fair()], GERMAN))
    assert row["organisers"] == "Ministerium für Digitales | Messe & Kongress GmbH"
    assert row["formats"] == "trade_fair | congress"


def test_yes_no_and_unknown_are_three_things():
    told = rows(csv_table.table([cast.fair(), cast.webinar(), cast.nowhere()], GERMAN))
    assert [row["is_free"] for row in told] == ["true", "false", ""]


def test_a_sample_says_so():
    (row,) = rows(csv_table.table([cast.sample()], GERMAN))
    assert (row["title"], row["is_sample"]) == ("[Beispiel] Tagung", "true")
