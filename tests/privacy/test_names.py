"""How a name is looked for and taken out: without a database."""

import pytest

from privacy.names import Wording, names_of, spellings

NAMES = names_of(
    {("Dr.", "Erika", "Müßiggang"), ("", "Erika", "Bach")}, {"Erika Müßiggang-Bach"}, {"erika-muessiggang"}
)


@pytest.mark.parametrize(
    ("text", "is_certain"),
    [
        ("Es spricht Dr. Erika Müßiggang.", True),
        ("Müßiggang, Erika (Bonn)", True),
        ("E. Müßiggang", False),
        ("Dr. Müßiggang", False),
        ("Erika\nMüßiggang", True),
        ("https://hier.example/personen/erika-muessiggang/", True),
        ("Frau Müßiggang", False),
        ("Die Müßiggangsche Regel", False),
    ],
)
def test_a_name_is_found_however_it_stands(text, is_certain):
    assert bool(NAMES.pattern.search(text)) == is_certain
    assert NAMES.any_pattern.search(text)


def test_a_single_name_may_be_anybodys():
    single = names_of({("", "", "Bergmann")}, (), {"bergmann"})
    assert (single.certain, single.plain) == ([], {"Bergmann"})
    assert not single.pattern.search("Bergmann")


def test_what_stands_before_a_name_goes_with_it():
    assert NAMES.pattern.sub("jemand", "Für Frau Prof. Dr. Erika Müßiggang, Köln") == "Für jemand, Köln"


@pytest.mark.parametrize(
    "text", ["Müßig gang", "Bachelor", "Bachmann", "Erikas Garten", "erika-muessigganger"]
)
def test_other_words_are_left_alone(text):
    assert not NAMES.pattern.search(text)
    assert not names_of({("", "Erika", "Bach")}, (), ()).any_pattern.search(text)


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        ("erika müßiggang war da", "– war da"),
        ("Erika Mussiggangs Amt", "– Amt"),
        ("erika.muessiggang@amt.example", "–@amt.example"),
        ("Erika M\\u00fc\\u00dfiggang", "–"),
        ("Erika Bachmann", "Erika Bachmann"),
    ],
)
def test_logs_and_reports_are_struck_in_any_spelling(text, struck):
    assert NAMES.struck(text) == struck


def test_one_wording_serves_where_a_language_has_none():
    wording = Wording({"de": "jemand", "en": ""})
    assert {wording.in_language(code) for code in ("de", "en")} == {"jemand"}
    assert not wording.is_empty
    assert Wording().is_empty


def test_spellings_hold_what_programs_write():
    told = spellings("Müßiggang")
    assert {"Müßiggang", "mussiggang", "muessiggang", "M%C3%BC%C3%9Figgang", "M\\u00fc\\u00dfiggang"} <= told
