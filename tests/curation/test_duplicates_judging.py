"""How likely two entries are the same, judged from their facts alone."""

import datetime as dt

import pytest

from curation.duplicates.facts import EventFacts, Facts, OrganisationFacts, PersonFacts, VenueFacts
from curation.duplicates.judging import (
    judge_events,
    judge_named,
    judge_organisations,
    judge_people,
    judge_venues,
)
from curation.duplicates.vocabulary import number_of
from curation.duplicates.wording import Lexicon, place_on_the_web, read
from curation.models.suspicions import STRONG

PLAIN = Lexicon()
MAY = dt.date(2027, 5, 3)


def strong(verdict):
    return verdict.score >= STRONG


# -- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "number"),
    [("12", "12"), ("012", "12"), ("12th", "12"), ("zwolfter", "12"), ("xii", "12"), ("twelfth", "12"),
     ("einundzwanzigste", "21"), ("haus", ""), ("4.0", "4.0"), ("iv", "4")],
)  # fmt: skip
def test_numbers_are_read_in_figures_and_in_words(word, number):
    assert number_of(word) == number


def test_a_title_is_read_apart_from_its_year_its_number_and_its_legal_form():
    told = read("Zwölfter Kongress der AKDB AöR 2024")
    assert (told.words, told.numbers, told.years) == (("kongress", "akdb"), {"12"}, {2024})


def test_addresses_are_compared_without_what_differs_between_spellings():
    spellings = {"https://www.a.example/x/", "http://a.example/x", "a.example/x?utm_source=y"}
    assert {place_on_the_web(url) for url in spellings} == {"a.example/x"}
    assert place_on_the_web("https://[kaputt") == ""


# -- people ----------------------------------------------------------------------------------------


def person(given, family, **more):
    return PersonFacts(names=(f"{given} {family}",), given=given, family=family, **more)


@pytest.mark.parametrize(
    ("given", "family"),
    [("Monika", "Maier"), ("M.", "Meier"), ("Prof. Dr. Monika", "Meier"), ("Monika", "Meier, MBA"),
     ("Meier", "Monika"), ("Monka", "Meier"), ("Monika A.", "Meier")],
)  # fmt: skip
def test_a_person_is_known_again(given, family):
    assert strong(judge_people(person("Monika", "Meier"), person(given, family), PLAIN))


@pytest.mark.parametrize(
    ("given", "family"), [("Michael", "Meier"), ("Monika", "Müller"), ("A.", "Meier"), ("", "Meier")]
)
def test_others_are_not_taken_for_her(given, family):
    assert not strong(judge_people(person("Monika", "Meier"), person(given, family), PLAIN))


def test_namesakes_in_other_offices_are_weak_suspects():
    one = person("Thomas", "Müller", bodies=frozenset({1}), offices=frozenset({"Landrat"}))
    other = person("Thomas", "Müller", bodies=frozenset({2}), offices=frozenset({"Professorin für Recht"}))
    assert 60 <= judge_people(one, other, PLAIN).score < STRONG


def test_two_given_names_that_the_catalogue_knows_are_two():
    known = Lexicon({"christian": 20, "christina": 9})
    assert not strong(judge_people(person("Christian", "Roth"), person("Christina", "Roth"), known))


# -- organisations, venues, topics, series ------------------------------------------------------------


def body(name, **more):
    return OrganisationFacts(names=(name,), country="DE", **more)


def test_organisations_are_known_again():
    assert strong(judge_organisations(body("Bitkom e. V."), body("BITKOM"), PLAIN))
    assert strong(judge_organisations(body("Stadt Köln"), body("Stadt Koeln"), PLAIN))
    long = body("Kommunale Gemeinschaftsstelle für Verwaltungsmanagement", short="KGSt")
    assert strong(judge_organisations(long, body("KGSt"), PLAIN))


def test_like_names_of_two_bodies_are_not_one():
    assert not strong(judge_organisations(body("Hessischer Städtetag"), body("Sächsischer Städtetag"), PLAIN))
    assert not strong(judge_organisations(body("Stadt Bern"), body("Stadt Bonn"), PLAIN))
    near, far = body("Gemeindetag", city="Ulm"), body("Gemeindetag", city="Kiel", state="DE-SH")
    assert judge_organisations(near, far, PLAIN).score < judge_organisations(near, near, PLAIN).score


def test_what_is_linked_as_two_is_two():
    one, other = Facts(key=1, names=("Zukunft",)), Facts(key=2, names=("Zukunft",), apart=frozenset({1}))
    assert judge_named(one, other, PLAIN).score == 0
    q64, q65 = (OrganisationFacts(names=("A B",), identifiers=frozenset({f"q:{q}"})) for q in ("Q64", "Q65"))
    assert judge_organisations(q64, q65, PLAIN).score == 0


def test_a_sample_is_no_real_entry():
    assert judge_named(Facts(names=("Zukunft",)), Facts(names=("Zukunft",), is_sample=True), PLAIN).score == 0


def test_a_house_is_known_by_name_and_town_and_is_not_the_town():
    house = VenueFacts(names=("Messe Berlin",), city="Berlin", kind="building")
    assert strong(judge_venues(house, VenueFacts(names=("Messe",), city="Berlin", kind="building"), PLAIN))
    assert judge_venues(house, VenueFacts(names=("Berlin",), city="Berlin", kind="city"), PLAIN).score == 0
    assert judge_venues(house, VenueFacts(names=("Messe",), city="Köln", kind="building"), PLAIN).score == 0


# -- events ----------------------------------------------------------------------------------------


def event(title="12. Kongress Digitaler Staat 2027", days=0, **more):
    day = MAY + dt.timedelta(days=days)
    return EventFacts(**({"names": (title,), "first": day, "last": day, "key": 1} | more))


@pytest.mark.parametrize(
    "other",
    [
        event("12. Kongres Digitaler Staat"),
        event("Zwölfter Kongress „Digitaler Staat“"),
        event("Digitaler Staat: 12. Konferenz"),
        event(days=5),
        event(first=dt.date(2027, 5, 1), last=dt.date(2027, 5, 31), is_day=False),
    ],
)
def test_an_event_is_known_again(other):
    assert strong(judge_events(event(key=2), other, PLAIN))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            event(series=7, edition=12),
            event("13. Kongress Digitaler Staat 2028", 364, series=7, edition=13, key=2),
        ),
        (event(parent=2), event(key=2)),
        (event("Roadshow", places=frozenset({"koeln"})), event("Roadshow", places=frozenset({"ulm"}), key=2)),
        (
            event("Digitalcafé", series=7, neighbours=frozenset({2, 3})),
            event("Digitalcafé", 14, series=7, key=2),
        ),
        (event("Tag der Daten"), event("Tag der Mobilität", key=2)),
    ],
)
def test_editions_parts_and_stops_are_not_the_same(one, other):
    assert not strong(judge_events(one, other, PLAIN))


def test_an_event_entered_for_its_old_and_its_new_date_is_suspected():
    one = event(series=7, edition=12)
    assert strong(judge_events(one, event(days=150, series=7, edition=12, key=2), PLAIN))
