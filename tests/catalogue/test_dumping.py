import json

import pytest
from django.conf import settings
from django.core.management import call_command

from catalogue.dumping import dump, text
from catalogue.models import LoadedRecord
from events.models import Event, EventVenue, Participation, Series, Topic, Venue
from organisations.models import Organisation
from speakers.actions import anonymise
from speakers.models import Speaker
from tests.catalogue.files import file, load
from tests.factories import EventFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
CATALOGUE = settings.BASE_DIR / "data" / "catalogue.json"


def empty_the_database():
    Event.objects.update(parent=None)
    Series.objects.update(predecessor=None)
    Organisation.objects.update(parent=None, successor=None)
    for model in (Event, Series, Venue, Topic, Speaker, Organisation, LoadedRecord):
        model.objects.all().delete()


def test_the_catalogue_comes_back_byte_for_byte():
    load(CATALOGUE.read_bytes())
    assert dump().encode() == CATALOGUE.read_bytes()


def test_loading_a_dump_of_version_0_gives_the_same_dump():
    load({name: records for name, records in file().items() if name not in ("format", "version")})
    first = dump()
    empty_the_database()
    load(first.encode())
    assert dump() == first


def test_an_entry_made_by_hand_survives_dump_and_load():
    event = EventFactory(slug="von-hand", state="draft", starts_on="2027-04-01", ends_on="2027-09-30")
    Event.objects.filter(pk=event.pk).update(date_precision="quarter")
    Event.objects.filter(pk=event.pk).update(revision=7)
    first = dump()
    empty_the_database()
    load(first.encode())
    again = Event.objects.get(slug="von-hand")
    assert (again.uid, again.revision, str(again.ends_on)) == (event.uid, 7, "2027-09-30")
    assert dump() == first
    assert '"start": "2027-Q2",\n      "end": "2027-Q3"' in first


def test_an_identifier_that_does_not_follow_from_the_slug_is_dumped():
    organisation = OrganisationFactory(slug="von-hand")
    first = dump()
    assert first.count('"uid"') == 1
    empty_the_database()
    load(first.encode())
    assert Organisation.objects.get().uid == organisation.uid
    assert dump() == first


def test_an_empty_database_gives_an_empty_catalogue():
    sections = {name: [] for name in ("organisations", "people", "venues", "topics", "series", "events")}
    assert json.loads(dump()) == {"format": "kongressatlas-catalogue", "version": 1} | sections


def test_an_anonymised_person_and_their_appearances_are_left_out():
    load(file())
    anonymise(Speaker.objects.get())
    dumped = json.loads(dump())
    assert dumped["people"] == []
    assert "appearances" not in dumped["events"][0]


def test_samples_and_what_refers_to_them_are_left_out():
    load(file())
    EventFactory(slug="beispiel-tagung", is_sample=True)
    sample = OrganisationFactory(slug="beispiel-verband", is_sample=True)
    Participation.objects.create(event=Event.objects.get(slug="tagung"), organisation=sample, role="partner")
    Event.objects.filter(slug="tagung").update(parent=Event.objects.get(slug="beispiel-tagung"))
    assert "beispiel" not in dump()


def test_events_stand_in_the_order_of_their_dates():
    EventFactory(slug="spaet", starts_on="2027-06-01")
    EventFactory(slug="frueh-b", starts_on="2027-05-01")
    EventFactory(slug="frueh-a", starts_on="2027-05-01")
    assert [event["slug"] for event in json.loads(dump())["events"]] == ["frueh-a", "frueh-b", "spaet"]


def test_what_says_nothing_is_left_out():
    load(file())
    record = json.loads(dump())["events"][0]
    assert record.keys() == {
        "slug", "series", "title", "start", "venues", "topics", "participations", "sessions", "appearances",
    }  # fmt: skip


def test_short_lists_and_objects_stand_on_one_line():
    document = {"events": [{"slug": "a", "topics": ["x", "y"], "sources": [{"url": "u", "title": "t"}]}]}
    assert text(document) == (
        '{\n  "events": [\n    {\n      "slug": "a",\n      "topics": ["x", "y"],\n'
        '      "sources": [\n        {"url": "u", "title": "t"}\n      ]\n    }\n  ]\n}\n'
    )


def test_the_command_replaces_a_file_as_a_whole(tmp_path):
    path = tmp_path / "out.json"
    path.write_text("old")
    load(file())
    call_command("dump_catalogue", output=path)
    assert path.read_text(encoding="utf-8") == dump()
    assert list(tmp_path.iterdir()) == [path]


def test_the_command_writes_to_standard_output(capsys):
    load(file())
    call_command("dump_catalogue")
    assert capsys.readouterr().out == dump()


def test_places_keep_their_days_and_use():
    load(file())
    EventVenue.objects.update(use="planned", starts_on="2027-05-03", ends_on="2027-05-03")
    place = json.loads(dump())["events"][0]["venues"]
    assert place == [{"venue": "halle", "use": "planned", "start": "2027-05-03"}]
