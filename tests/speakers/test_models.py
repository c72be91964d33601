import datetime as dt

import pytest

from speakers.models import ErasedPerson, Speaker
from tests.factories import SpeakerFactory
from tests.rules import refused, rules_of, try_both_ways

pytestmark = pytest.mark.django_db

WHEN = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
WRONG = [
    ("speaker_slug_is_plain", {"slug": "Ariane Berger"}),
    ("speaker_wikidata_is_qid", {"wikidata": "q64"}),
    ("speaker_has_name", {"family_name": ""}),
    ("speaker_anonymised_is_empty", {"anonymised_at": WHEN}),
]
NOTHING = {"given_name": "", "family_name": "", "anonymised_at": WHEN}


@pytest.mark.parametrize(("rule", "wrong"), WRONG)
def test_wrong_values_are_refused(rule, wrong):
    try_both_ways(rule, SpeakerFactory, wrong)


@pytest.mark.parametrize(
    "left",
    [
        {"academic_title": "Dr."},
        {"given_name": "Ariane"},
        {"family_name": "Berger"},
        {"aliases": ["A. Berger"]},
        {"description": "Leiterin"},
        {"website": "https://berger.example"},
        {"wikidata": "Q64"},
    ],
)
def test_an_anonymised_person_keeps_nothing(left):
    with refused("speaker_anonymised_is_empty"):
        SpeakerFactory(**NOTHING | left)


def test_each_rule_is_tried():
    assert {rule for rule, _ in WRONG} == rules_of("speakers")


def test_people_sort_by_family_name_as_in_a_german_dictionary():
    for given, family in [("Zoë", "Öztürk"), ("Anna", "Oswald"), ("Zoë", "Müller"), ("Ärne", "Müller")]:
        SpeakerFactory(given_name=given, family_name=family)
    assert [one.name for one in Speaker.objects.in_order()] == [
        "Ärne Müller", "Zoë Müller", "Anna Oswald", "Zoë Öztürk",
    ]  # fmt: skip


def test_a_name_is_spoken_with_the_title_and_written_without():
    person = SpeakerFactory.build(academic_title="Dr.", given_name="Ariane", family_name="Berger")
    assert (person.name, person.plain_name, str(person)) == (
        "Dr. Ariane Berger", "Ariane Berger", "Dr. Ariane Berger",
    )  # fmt: skip


def test_the_anonymised_are_nameless_and_not_listed():
    SpeakerFactory(slug="da")
    gone = SpeakerFactory(slug="anonym-1", **NOTHING)
    assert [one.slug for one in Speaker.objects.listed()] == ["da"]
    assert str(gone) == "Anonymisierte Person"


def test_a_tombstone_recognises_spelling_variants_and_nobody_else():
    ErasedPerson.objects.create(digest=ErasedPerson.digest_of("Jürgen Groß"))
    assert ErasedPerson.objects.remembers("x", "JÜRGEN GROSS")
    assert not ErasedPerson.objects.remembers("x", "Jürgen Gros")
    assert not ErasedPerson.objects.remembers("", "")


def test_the_digest_is_stable():
    assert ErasedPerson.digest_of("ariane-berger") == (
        "2b78de6d2a6168d10729899fe76ab273bac75517f2eefc34bca525f20e31cf83"
    )
