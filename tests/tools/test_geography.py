"""The gazetteer's files from small sources: who is listed, under which names, and what is refused."""

import json

import pytest

from tools.geography import code_lines, main, place_lines, postal_codes, towns
from tools.terminal import Problem

NAMES = "# country\tname\nDE\tCologne\tKöln\tCologne\tCöln\n"


def row(name, country="DE", state="07", population=1000, at=(50.9, 6.95), others=()):
    return {
        "name": name,
        "countrycode": country,
        "admin1code": state,
        "population": population,
        "latitude": at[0],
        "longitude": at[1],
        "alternatenames": list(others),
    }


ROWS = [
    row("Cologne", population=1_000_000, others=["Köln"]),
    row("Weiler", population=300),
    row("Halle", state="14", population=20_000, others=["Halle (Saale)", "Halle sul Saale"]),
    row("Frankfurt am Main", state="05", population=600_000),
    row("Köln", population=900, at=(50.95, 6.96)),
    row("Graz", "AT", "06", 290_000),
    row("Lyon 03", "FR", "84", 100_000),
    row("Kleinstadt", "FR", "84", 14_000),
    row("Springfield", "US", "IL", 900_000),
]
CODES = [
    "DE\t50667\tCologne\tNRW\tNW\t\t\t\t\t50.9\t6.9\t6",
    "DE\t06108\tDorf\tSachsen-Anhalt\tST\t\t\t\t\t51.0\t11.0\t4",
    "DE\t06108\tHalle\tSachsen-Anhalt\tST\t\t\t\t\t52.0\t12.0\t4",
    "AT\t1010\tWien\tWien\t09\t\t\t\t\t48.2\t16.4\t6",
]


@pytest.fixture
def sources(tmp_path):
    (tmp_path / "cities.json").write_text(json.dumps(dict(enumerate(ROWS))))
    (tmp_path / "names.tsv").write_text(NAMES)
    (tmp_path / "codes.tsv").write_text("".join(f"{line}\n" for line in CODES))
    return tmp_path


def listed(folder):
    return towns(folder / "cities.json", folder / "names.tsv")


def test_towns_that_are_large_enough_are_listed_once_with_state_and_german_name(sources):
    assert {(town.german, town.english, town.state) for town in listed(sources)} == {
        ("Köln", "Cologne", "DE-NW"),
        ("Halle", "Halle", "DE-ST"),
        ("Frankfurt am Main", "Frankfurt am Main", "DE-HE"),
        ("Graz", "Graz", "AT-6"),
    }


def test_a_town_has_a_line_for_each_of_its_names(sources):
    lines = place_lines(listed(sources))
    assert lines == sorted(lines)
    names = {line.split("\t")[0] for line in lines}
    assert names == {
        "koln", "cologne", "coln", "halle", "hallesaale", "frankfurt", "frankfurtmain", "frankfurtammain",
        "graz",
    }  # fmt: skip
    assert "koln\tKöln\tCologne\tDE-NW\tDE\t50.900\t6.950\t1000000" in lines


def test_a_postal_code_lies_in_the_middle_and_is_called_by_its_largest_town(sources):
    assert code_lines(postal_codes(sources / "codes.tsv", listed(sources))) == [
        "06108\tHalle\tDE-ST\t51.500\t11.500",
        "50667\tCologne\tDE-NW\t50.900\t6.900",
    ]


def test_a_name_that_the_source_no_longer_has_is_refused(sources):
    (sources / "names.tsv").write_text("DE\tTrier\tTrier\tTreves\n")
    with pytest.raises(Problem, match="Trier"):
        listed(sources)


def test_the_command_reports_a_problem_and_writes_nothing(sources, capsys):
    arguments = ["--places", str(sources / "cities.json"), "--postal-codes", str(sources / "codes.tsv")]
    assert main([*arguments, "--into", str(sources)]) == 1
    assert "names.tsv names what the source has not" in capsys.readouterr().err
    assert not (sources / "places.tsv").exists()
