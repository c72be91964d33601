"""What editors did since the last load is left alone and reported."""

import pytest

from catalogue.dumping import dump
from catalogue.models import LoadedRecord
from events.models import Event, Participation, Series, Session
from organisations.models import Organisation
from speakers.actions import anonymise
from speakers.models import Speaker
from tests.catalogue.files import (
    EVENT,
    ORGANISATION,
    PERSON,
    SECTIONS,
    SERIES,
    file,
    load,
    notices,
    rejections,
    with_event,
)
from tests.factories import EventFactory, OrganisationFactory, SpeakerFactory

pytestmark = pytest.mark.django_db
CHANGED = "changed by editors since the last load"
DELETED = "deleted since the last load, not brought back"
ERASED = "an anonymised person, not brought back"


def delete_the_event_and_the_person():
    Event.objects.get().delete()
    Speaker.objects.get().delete()


def test_an_entry_that_editors_changed_is_left_alone_and_reported():
    load(file())
    Event.objects.update(title="Von Hand")
    report = load(with_event(title="Aus der Datei"))
    assert Event.objects.get().title == "Von Hand"
    assert notices(report) == {("events", "tagung"): CHANGED}


def test_a_change_in_a_list_counts_as_a_change_of_the_entry():
    load(file())
    Session.objects.update(title="Von Hand")
    report = load(with_event(title="Aus der Datei"))
    assert notices(report) == {("events", "tagung"): CHANGED}


def test_other_entries_are_updated_beside_one_that_editors_changed():
    load(file())
    Event.objects.update(title="Von Hand")
    load(file(series=[SERIES | {"name": "Neuer Name"}]))
    assert Series.objects.get().name == "Neuer Name"
    assert Event.objects.get().title == "Von Hand"


def test_a_file_that_says_what_editors_say_changes_nothing_and_the_entry_follows_the_file_again():
    load(file())
    Event.objects.update(title="Einig")
    report = load(with_event(title="Einig"))
    assert report.changed_nothing
    assert report.left_alone == []
    assert load(with_event(title="Weiter")).updated["events"] == 1


def test_an_entry_made_by_editors_is_left_alone_and_reported():
    OrganisationFactory(slug="verband", name="Von Hand")
    report = load(file())
    assert Organisation.objects.get().name == "Von Hand"
    assert notices(report) == {("organisations", "verband"): "made by editors, not by a load"}


def test_an_entry_made_by_editors_that_equals_the_record_is_no_news():
    OrganisationFactory(slug="verband", name="Verband", kind="association", level="private")
    report = load(file())
    assert report.left_alone == []
    assert report.unchanged["organisations"] == 1


def test_a_deleted_entry_stays_deleted_and_is_reported():
    load(file())
    Event.objects.get().delete()
    report = load(with_event(title="Aus der Datei"))
    assert not Event.objects.exists()
    assert notices(report) == {("events", "tagung"): DELETED}


def test_a_new_reference_to_a_deleted_entry_is_refused_with_that_reason():
    load(file())
    delete_the_event_and_the_person()
    new = EVENT | {"slug": "zweite"}
    assert rejections(file(events=[EVENT, new])) == {
        "appearances[1].speaker": f"refers to “anna-muster”: {DELETED}"
    }
    assert not Event.objects.exists()


def test_a_renamed_entry_is_the_same_entry_and_left_alone():
    load(file())
    Organisation.objects.filter(slug="verband").update(slug="neuer-verband")
    report = load(file(organisations=[ORGANISATION | {"name": "Aus der Datei"}]))
    assert Organisation.objects.get().name == "Verband"
    assert notices(report) == {("organisations", "verband"): "renamed by editors to “neuer-verband”"}


def test_entries_that_refer_to_a_renamed_one_do_not_look_changed():
    load(file())
    Organisation.objects.filter(slug="verband").update(slug="neuer-verband")
    report = load(with_event(title="Aus der Datei"))
    assert report.updated["events"] == 1
    assert notices(report).keys() == {("organisations", "verband")}
    assert Participation.objects.get().organisation.slug == "neuer-verband"


def test_a_dump_after_a_renaming_loads_without_a_change():
    load(file())
    Organisation.objects.filter(slug="verband").update(slug="neuer-verband")
    dumped = dump().encode()
    report = load(dumped)
    assert report.changed_nothing
    assert report.left_alone == []


def test_an_entry_that_editors_renamed_before_any_load_is_recognised():
    organisation = OrganisationFactory(slug="verband", name="Verband")
    Organisation.objects.filter(pk=organisation.pk).update(slug="neuer-verband")
    report = load(file())
    assert Organisation.objects.count() == 1
    assert notices(report) == {("organisations", "verband"): "renamed by editors to “neuer-verband”"}


def test_an_anonymised_person_is_never_brought_back():
    load(file())
    anonymise(Speaker.objects.get())
    report = load(file())
    assert not Speaker.objects.listed().exists()
    assert notices(report) == {("people", "anna-muster"): ERASED}
    assert report.changed_nothing


def test_an_anonymised_person_is_recognised_by_name_under_another_slug():
    anonymise(SpeakerFactory(slug="jemand", given_name="Anna", family_name="Muster"))
    report = load(file())
    assert notices(report) == {("people", "anna-muster"): ERASED}
    assert not Event.objects.get().appearances.exists()


def test_an_event_of_an_anonymised_person_is_updated_again_after_one_load():
    load(file())
    anonymise(Speaker.objects.get())
    load(file())
    report = load(with_event(title="Aus der Datei", sessions=[{"title": "Neu"}]))
    assert report.updated["events"] == 1
    assert not Speaker.objects.listed().exists()


def test_nothing_that_tells_the_name_of_an_anonymised_person_is_remembered():
    load(file())
    anonymise(Speaker.objects.get())
    assert not LoadedRecord.objects.filter(section="people").exists()
    load(file())
    assert not LoadedRecord.objects.filter(slug__contains="muster").exists()


def test_others_with_an_appearance_are_loaded_beside_an_anonymised_person():
    anonymise(SpeakerFactory(slug="jemand", given_name="Anna", family_name="Muster"))
    people = [PERSON, PERSON | {"slug": "ben", "given_name": "Ben"}]
    both = [{"speaker": slug, "role": "speaker"} for slug in ("anna-muster", "ben")]
    load(file(people=people, events=[EVENT | {"appearances": both}]))
    assert Event.objects.get().appearances.get().speaker.slug == "ben"


def test_a_slug_that_a_sample_has_is_refused():
    EventFactory(slug="tagung", is_sample=True)
    assert rejections(file()) == {"slug": "belongs to a sample; remove the samples first"}


def test_a_new_entry_at_the_address_of_a_renamed_one_is_the_editors_own():
    load(file(events=[], series=[]))
    Organisation.objects.filter(slug="verband").update(slug="neuer-verband")
    OrganisationFactory(slug="verband", name="Ganz anderer")
    report = load(file(events=[], series=[]))
    assert notices(report) == {("organisations", "verband"): "made by editors, not by a load"}


def test_a_revision_that_the_database_raised_is_no_change_by_editors():
    load(file())
    Event.objects.update(revision=5)
    report = load(file(events=[EVENT | {"title": "Aus der Datei"}], venues=[SECTIONS["venues"]]))
    assert report.updated["events"] == 1
    assert Event.objects.get().revision >= 5
