import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from addresses.models import FormerSlug
from catalogue.models import LoadedRecord
from events.models import Event
from speakers.actions import anonymise
from speakers.models import ErasedPerson, Speaker
from tests.factories import AppearanceFactory, EventFactory, OrganisationFactory, SpeakerFactory

pytestmark = pytest.mark.django_db

MARKS = [
    "Möwenstein",
    "moewenstein",
    "mowenstein",
    "M\\u00f6wenstein",
    "Kassiopeia",
    "Seeräuberin",
    "Q424242",
]


@pytest.fixture
def person():
    """Somebody who is known everywhere: renamed, with an alias, an office, an entry in the admin's log."""
    person = SpeakerFactory(
        slug="kassiopeia-moewenstein",
        academic_title="Dr.",
        given_name="Kassiopeia",
        family_name="Möwenstein",
        aliases=["Kassiopeia Meier-Möwenstein"],
        description="Möwenstein leitet das Amt.",
        website="https://moewenstein.example",
        wikidata="Q424242",
    )
    Speaker.objects.filter(pk=person.pk).update(slug="k-moewenstein")
    person.refresh_from_db()
    event = EventFactory()
    AppearanceFactory(
        event=event,
        speaker=person,
        office="Oberste Seeräuberin",
        organisation=OrganisationFactory(name="Reederei"),
    )
    LoadedRecord.objects.create(section="people", slug="k-moewenstein", target=person.pk, digest="abc")
    editor = User.objects.create(username="redaktion")
    log = LogEntry.objects.log_actions
    log(editor.pk, [person], ADDITION, change_message=[{"added": {}}], single_object=True)
    told = [{"added": {"name": "mitwirkende Person", "object": "Dr. Kassiopeia Möwenstein (Vortrag)"}}]
    log(editor.pk, [event], CHANGE, change_message=told, single_object=True)
    log(editor.pk, [event], CHANGE, change_message=[{"changed": {"fields": ["Titel"]}}], single_object=True)
    return person


def everything_written():
    """The text of all columns of all rows of all tables."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT row_to_json(item)::text FROM "{table}" AS item')
            yield from ((table, row[0]) for row in cursor.fetchall())


def traces(marks):
    return sorted({(mark, table) for table, text in everything_written() for mark in marks if mark in text})


def test_no_trace_of_the_name_is_left_in_any_table(person):
    assert {table for _, table in traces(MARKS)} == {
        "speakers_speaker", "events_appearance", "addresses_formerslug", "catalogue_loadedrecord",
        "django_admin_log", "trail_change",
    }  # fmt: skip
    anonymise(person)
    assert traces(MARKS) == []


def test_what_remains_is_a_nameless_appearance_that_no_page_shows(person):
    anonymise(person)
    person.refresh_from_db()
    appearance = person.appearances.get()
    assert (appearance.office, appearance.organisation) == ("", None)
    assert person.slug.startswith("anonym-")
    assert person.anonymised_at is not None
    assert [list(event.appearances.all()) for event in Event.objects.for_detail()] == [[]]


def test_imports_recognise_the_person_by_each_former_slug_and_name(person):
    anonymise(person)
    assert ErasedPerson.objects.remembers("kassiopeia-moewenstein")
    assert ErasedPerson.objects.remembers("k-moewenstein")
    assert ErasedPerson.objects.remembers("", "kassiopeia möwenstein")
    assert ErasedPerson.objects.remembers("", "Kassiopeia Meier-Möwenstein")
    assert not ErasedPerson.objects.remembers("ralf-beispiel", "Ralf Beispiel")


def test_the_old_addresses_lead_nowhere(person):
    anonymise(person)
    assert not FormerSlug.objects.exists()


def test_others_are_left_alone(person):
    other = AppearanceFactory(
        speaker=SpeakerFactory(given_name="Kassandra", family_name="Meier"), office="Rätin"
    )
    anonymise(person)
    other.refresh_from_db()
    assert (str(other.speaker), other.office) == ("Kassandra Meier", "Rätin")
    assert LogEntry.objects.filter(change_message__contains="Titel").count() == 1


def test_calling_it_twice_changes_nothing_for_the_worse(person):
    anonymise(person)
    anonymise(person)
    assert traces(MARKS) == []
    assert ErasedPerson.objects.remembers("k-moewenstein")


def test_the_log_of_the_person_is_emptied_whatever_the_name_was_then(person):
    LogEntry.objects.create(
        user=User.objects.get(),
        content_type=ContentType.objects.get_for_model(Speaker),
        object_id=person.pk,
        object_repr="Geburtsname Ganzanders",
        action_flag=CHANGE,
    )
    anonymise(person)
    assert traces(["Ganzanders"]) == []
