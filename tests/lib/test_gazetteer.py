import json
import time
from pathlib import Path

import pytest
from django.utils.translation import override

from lib import gazetteer

CATALOGUE = Path(__file__).resolve().parent.parent.parent / "data" / "catalogue.json"


def first(text):
    found = gazetteer.find(text)
    return found[0].full_name if found else None


@pytest.mark.parametrize(
    "text",
    ["Köln", "koeln", "Koln", "KÖLN", " köln ", "Cologne", "Köln, Deutschland", "Köln (Nordrhein-Westfalen)"],
)
def test_a_town_is_found_however_it_is_written(text):
    assert first(text) == "Köln, Nordrhein-Westfalen"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Frankfurt", "Frankfurt am Main, Hessen"),
        ("Frankfurt/Main", "Frankfurt am Main, Hessen"),
        ("Frankfurt a.M.", "Frankfurt am Main, Hessen"),
        ("Frankfurt (Oder)", "Frankfurt (Oder), Brandenburg"),
        ("frankfurt-oder", "Frankfurt (Oder), Brandenburg"),
        ("Halle", "Halle (Saale), Sachsen-Anhalt"),
        ("Halle (Westfalen)", "Halle (Westfalen), Nordrhein-Westfalen"),
        ("Neustadt", "Neustadt an der Weinstraße, Rheinland-Pfalz"),
        ("Neustadt, Thüringen", "Neustadt, Thüringen"),
        ("Neustadt, Thuringia", "Neustadt, Thüringen"),
        ("Neustadt, DE-TH", "Neustadt, Thüringen"),
        ("Neuenkirchen", "Neuenkirchen, Nordrhein-Westfalen"),
        ("Neunkirchen", "Neunkirchen, Saarland"),
        ("St. Augustin", "Sankt Augustin, Nordrhein-Westfalen"),
        ("Linz", "Linz, Österreich"),
        ("Linz am Rhein", "Linz am Rhein, Rheinland-Pfalz"),
        ("Wien", "Wien, Österreich"),
        ("Bruxelles", "Brüssel, Belgien"),
        ("Berlin", "Berlin"),
    ],
)
def test_namesakes_are_told_apart_and_the_largest_comes_first(text, name):
    assert first(text) == name


def test_a_full_name_leads_to_its_place():
    for place in gazetteer.find("Neustadt"):
        assert gazetteer.find(place.full_name)[0] == place


def test_a_german_postal_code_is_a_place():
    for text in ("50667", "D-50667", " 50667 "):
        (place,) = gazetteer.find(text)
        assert (place.name, place.full_name, place.state) == ("50667 Köln", "50667", "DE-NW")
        assert (round(place.latitude, 1), round(place.longitude, 1)) == (50.9, 7.0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "Xyzzy",
        "99999",
        "1010",
        "٥٠٦٦٧",
        "😀",
        "‏",
        "x" * 10_000,
        "Aachen, Österreich",
        ",",
        "()",
    ],
)
def test_what_is_no_place_is_not_found_and_fails_nowhere(text):
    assert gazetteer.find(text) == []


def test_names_follow_the_language():
    (place,) = gazetteer.find("Munich")
    assert (place.name, place.full_name) == ("München", "München, Bayern")
    with override("en"):
        assert (place.name, place.full_name) == ("Munich", "Munich, Bavaria")
        assert gazetteer.find(place.full_name) == [place]


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("Kölm", "Köln"),
        ("Hambrug", "Hamburg"),
        ("Stuttgrat", "Stuttgart"),
        ("Mannh", "Mannheim"),
        ("Schwäbisch Gmünt", "Schwäbisch Gmünd"),
        ("Neustadt an der Weinstrase", "Neustadt an der Weinstraße"),
    ],
)
def test_slips_of_the_finger_and_beginnings_are_alike(slip, meant):
    assert gazetteer.alike(slip)[0].german == meant


@pytest.mark.parametrize("text", ["", "x", "qqqqqq", "x" * 10_000, "\x00\x00\x00", "😀😀😀"])
def test_nothing_is_alike_to_nonsense(text):
    assert gazetteer.alike(text) == []


def test_long_nonsense_is_answered_at_once():
    before = time.process_time()
    for text in ("s" * 100, "sch" * 33, "schwabischgmundd" * 6, ", " * 5_000, "(" * 10_000):
        gazetteer.find(text)
        gazetteer.alike(text)
    assert time.process_time() - before < 0.5


def test_a_town_lies_in_its_country_and_state():
    assert gazetteer.town("Neustadt", "DE", "DE-TH").german == "Neustadt an der Orla"
    assert gazetteer.town("Frankfurt", "DE", "DE-BB").german == "Frankfurt (Oder)"
    assert gazetteer.town("Wien", "AT", "AT-9").german == "Wien"
    assert gazetteer.town("Wien", "DE") is None
    assert gazetteer.town("Köln", "DE", "DE-BY") is None


def test_every_town_of_the_catalogue_is_known():
    """But for one village that the source does not list."""
    venues = json.loads(CATALOGUE.read_text())["venues"]
    towns = {
        (one["city"], one.get("country", "DE"), one.get("state", "")) for one in venues if one.get("city")
    }
    assert {name for name, country, state in towns if not gazetteer.town(name, country, state)} == {
        "Hinterstoder"
    }


def test_the_files_are_in_the_order_in_which_they_are_searched():
    for file in ("places.tsv", "postal_codes.tsv"):
        lines = (gazetteer.FOLDER / file).read_text().splitlines()
        assert lines == sorted(lines)
        assert len(lines) == len(set(lines))
