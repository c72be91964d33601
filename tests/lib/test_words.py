"""Words of a text: what is one word, what is the same word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.words import canonical, meaning, tokens, units


def keys(text):
    return [token.key for token in tokens(text) if not token.is_stop_word]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("München", "Muenchen"),
        ("Köln", "Koeln"),
        ("Gebäude", "Gebaeude"),
        ("Straße", "Strasse"),
        ("Führung", "FUEHRUNG"),
        ("Überblick", "Ueberblick"),
        ("Zoë", "Zoe"),
        ("Bu\u0308rger", "Bürger"),
        ("Bürgermeister", "Bürgermeisterinnen"),
        ("Bürgermeister*innen", "Bürgermeister:innen"),
        ("Bürgermeister/-innen", "Bürgermeister_innen"),
        ("BürgermeisterInnen", "Bürgermeister"),
        ("Landräte", "Landrätinnen"),
        ("Expert:innen", "Experten"),
        ("Kommune", "Kommunen"),
        ("Stadt", "Städte"),
        ("Kongress", "Kongresse"),
        ("Ministerium", "Ministerien"),
        ("Zentrum", "Zentren"),
        ("Workshop", "Workshops"),
        ("City", "Cities"),
        ("Day", "Days"),
        ("Digitalisierung", "digitalisieren"),
        ("Verwaltung", "Verwaltungen"),
    ],
)
def test_these_are_one_word(one, other):
    assert keys(one) == keys(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Digitalisierung", "digital"),
        ("Kommune", "kommunal"),
        ("Sicherheit", "sicher"),
        ("Schwerin", "schwer"),
        ("Steuer", "Stur"),
        ("Bürger", "Burg"),
    ],
)
def test_these_are_two_words(one, other):
    assert keys(one) != keys(other)


@pytest.mark.parametrize("text", ["E-Payment", "ePayment", "E Payment", "e|Payment"])
def test_a_letter_belongs_to_the_word_behind_it(text):
    assert set(keys(text)) == {"payment", "epayment"}


def test_what_a_hyphen_or_a_hump_joins_is_told_in_parts_and_as_a_whole():
    assert keys("OZG-Roadshow") == ["ozg", "roadshow", "ozgroadshow"]
    assert keys("GovTech") == ["gov", "tech", "govtech"]
    assert keys("KGSt DStGB NExT") == ["kgst", "dstgb", "next"]


def test_numbers_and_versions_stay_what_they_are():
    assert keys("BW 4.0, 5G und 2019") == ["bw", "4.0", "5g", "2019"]


def test_places_count_words_that_mean_something():
    places = {token.form: token.place for token in tokens("Digitalisierung der Verwaltung")}
    assert places == {"digitalisierung": 1, "der": 1, "verwaltung": 2}


def test_a_name_is_its_telling_words():
    assert meaning("Deutscher Städtetag") == meaning("des Deutschen Städtetages")
    assert meaning("Einer für Alle").split() == [token.key for token in tokens("einer für alle")]


def test_units_are_what_is_written_as_one():
    assert [unit.parts for unit in units("E-Government-Konferenz in Essen")] == [
        ("egovernment", "konferenz"),
        ("in",),
        ("essen",),
    ]


@given(st.text())
def test_any_text_has_words_in_their_order_within_it(text):
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.form
        assert token.key
        assert token.place >= 1
    assert all(one.start <= other.start for one, other in zip(units(text), units(text)[1:], strict=False))


@given(st.text())
def test_a_plain_spelling_is_its_own(text):
    once = canonical(text)
    assert canonical(once) == once or len(once) >= 60
