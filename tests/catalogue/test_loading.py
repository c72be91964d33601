import json
import time

import pytest
from django.conf import settings
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from catalogue import checking, loading
from catalogue.dumping import dump
from catalogue.entries import RefusedError
from catalogue.models import LoadedRecord
from events.models import Appearance, Event, Participation, Series, Session, Topic, Venue
from lib.nouns import default_uid
from organisations.models import Organisation
from speakers.models import Speaker
from tests.catalogue.files import (
    EVENT,
    ORGANISATION,
    PERSON,
    SECTIONS,
    SERIES,
    TOPIC,
    changed_record,
    file,
    load,
    rejections,
    with_event,
)
from tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
CATALOGUE = settings.BASE_DIR / "data" / "catalogue.json"


def writes(queries):
    return [query["sql"] for query in queries if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]


def test_a_file_becomes_entries_with_their_links():
    load(file())
    event = Event.objects.get()
    assert (event.series.slug, event.venues.get().slug, event.topics.get().slug) == (
        "reihe",
        "halle",
        "cloud",
    )
    appearance = event.appearances.get()
    assert (appearance.speaker.slug, appearance.session.title) == ("anna-muster", "Auftakt")
    assert event.is_public()


def test_the_order_of_a_list_is_kept():
    people = [PERSON | {"slug": f"p{n}"} for n in range(3)]
    appearances = [{"speaker": f"p{n}", "role": "speaker"} for n in (2, 0, 1)]
    load(file(people=people, events=[EVENT | {"appearances": appearances}]))
    assert [row.speaker.slug for row in Appearance.objects.order_by("position")] == ["p2", "p0", "p1"]


def test_records_of_a_section_may_refer_to_each_other_in_any_order():
    organisations = [ORGANISATION | {"parent": "dach"}, ORGANISATION | {"slug": "dach"}]
    load(file(organisations=organisations))
    assert Organisation.objects.get(slug="verband").parent.slug == "dach"


def test_a_second_load_writes_nothing_and_says_so():
    load(CATALOGUE.read_bytes())
    with CaptureQueriesContext(connection) as queries:
        report = load(CATALOGUE.read_bytes())
    assert writes(queries.captured_queries) == []
    assert report.changed_nothing
    assert report.unchanged["events"] == 291


def test_the_number_of_queries_does_not_grow_with_the_file():
    load(file())
    with CaptureQueriesContext(connection) as one:
        load(file(**_new(1)))
    with CaptureQueriesContext(connection) as three:
        load(file(**_new(3)))
    assert len(three) == len(one)


def _new(count):
    """So many new records in each section, beside the one that is there."""
    new = {
        name: [record | {"slug": f"neu-{count}-{n}"} for n in range(count)]
        for name, record in SECTIONS.items()
    }
    return {name: [SECTIONS[name], *records] for name, records in new.items()}


def test_the_whole_catalogue_loads_in_seconds():
    started = time.process_time()
    report = load(CATALOGUE.read_bytes())
    assert report.created.total() == 1487
    assert time.process_time() - started < 5


def test_a_changed_record_changes_only_its_entry():
    load(file(topics=[SECTIONS["topics"], {"slug": "ki", "name_de": "KI"}]))
    report = load(file(topics=[SECTIONS["topics"], {"slug": "ki", "name_de": "Künstliche Intelligenz"}]))
    assert report.updated.total() == 1
    assert report.unchanged.total() == 6


def test_a_list_is_replaced_only_where_it_differs():
    load(file())
    kept = set(Participation.objects.values_list("pk", flat=True))
    load(with_event(title="Neue Tagung", sessions=[{"title": "Auftakt"}, {"title": "Ende"}]))
    event = Event.objects.get()
    assert event.title == "Neue Tagung"
    assert set(Participation.objects.values_list("pk", flat=True)) == kept
    assert list(Session.objects.values_list("title", flat=True)) == ["Auftakt", "Ende"]
    assert event.appearances.get().session.title == "Auftakt"


def test_what_a_record_no_longer_says_is_taken_back():
    load(with_event(summary="Kurz", edition=3, is_free=True))
    load(with_event(venues=None))
    event = Event.objects.get()
    assert (event.summary, event.edition, event.is_free, event.venues.count()) == ("", None, None, 0)


def test_a_record_that_leaves_the_file_stays_in_the_database():
    load(file())
    load(file(events=[]))
    assert Event.objects.count() == 1


def test_an_event_keeps_its_uid_in_every_installation():
    load(file())
    assert str(Event.objects.get().uid) == "43d8c4ce-45d4-54fa-b3c8-cb3355cf86f9"


@pytest.mark.parametrize(
    ("model", "uid"),
    [
        (Organisation, "d1666a52-1a58-5c50-ae86-c85fa514c2c1"),
        (Venue, "31baf485-325a-5801-b977-982e7a6c7ab7"),
        (Topic, "96664378-f63b-5c1c-ab14-0347fa3faa5b"),
        (Series, "37f84743-9d5a-5295-acbc-01d90f617706"),
    ],
)
def test_so_does_every_other_entry(model, uid):
    load(file())
    assert str(model.objects.get().uid) == uid


def test_nobody_can_tell_a_persons_uid_from_the_name_without_the_secret(settings):
    load(file())
    slug, uid = Speaker.objects.values_list("slug", "uid").get()
    assert uid == default_uid("speaker", slug)
    settings.SECRET_KEY = "another"
    assert uid != default_uid("speaker", slug)


def test_a_uid_outlasts_the_address_and_a_file_that_is_silent_about_it():
    load(file())
    before = Topic.objects.get().uid
    Topic.objects.update(slug="wolke")
    load(file())
    assert Topic.objects.get().uid == before
    made_by_editors = TopicFactory(slug="ki", name_de="KI")
    load(file(topics=[TOPIC, {"slug": "ki", "name_de": "KI"}]))
    assert Topic.objects.get(slug="ki").uid == made_by_editors.uid


def test_a_uid_belongs_to_one_event():
    uid = "6f1b0e0c-7d0b-5b7e-9a53-0d5b0a4c2e11"
    events = [EVENT | {"uid": uid}, EVENT | {"slug": "zweite", "uid": uid}]
    assert rejections(file(events=events)) == {"uid": "belongs to “tagung” already"}


def test_a_reference_to_nothing_is_refused():
    assert rejections(with_event(topics=["cloud", "klaut"], series="rehe")) == {
        "series": "refers to “rehe”, which is not among the series",
        "topics[2]": "refers to “klaut”, which is not among the topics",
    }


def test_a_reference_to_an_entry_of_the_database_needs_no_record():
    load(file())
    load({"format": "kongressatlas-catalogue", "version": 1, "events": [EVENT | {"slug": "zweite"}]})
    assert Event.objects.get(slug="zweite").series.slug == "reihe"


def test_a_circle_of_predecessors_is_refused():
    circle = [SERIES | {"predecessor": "b"}, {"slug": "b", "name": "B", "predecessor": "reihe"}]
    assert rejections(file(series=circle)) == {"predecessor": "leads in a circle: b → reihe"}


def test_one_faulty_record_keeps_all_others_out():
    assert rejections(file(events=[EVENT, EVENT | {"slug": "zweite", "start": "bald"}]))
    assert not Organisation.objects.exists()
    assert not LoadedRecord.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_only_the_database_notices_keeps_all_out_as_well(monkeypatch):
    monkeypatch.setattr(checking, "check_all", lambda batch: None)
    with pytest.raises(
        RefusedError, match=r"The database refuses: .*event_end_time_needs_start_time"
    ) as refused:
        load(with_event(end_time="09:00"))
    assert isinstance(refused.value.__cause__, IntegrityError)
    assert not Organisation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_text_that_folds_to_twice_its_length_is_taken():
    load(with_event(title="ß" * 250))
    assert Event.objects.get().sort_title == "s" * 500


@pytest.mark.django_db(transaction=True)
def test_a_change_from_the_file_raises_the_revision_and_the_next_load_writes_nothing():
    load(file())
    load(with_event(title="Neuer Titel"))
    assert Event.objects.get().revision == 1
    report = load(with_event(title="Neuer Titel"))
    assert report.changed_nothing
    assert '"revision": 1' in dump()


@pytest.mark.django_db(transaction=True)
def test_a_higher_revision_from_the_file_is_taken_over():
    load(file())
    load(with_event(title="Neuer Titel", revision=7))
    assert Event.objects.get().revision == 7
    assert load(with_event(title="Neuer Titel", revision=7)).changed_nothing


def test_moments_of_publication_are_taken_from_the_file_and_kept():
    load(
        with_event(
            state="withdrawn", published_at="2020-01-01T10:00:00Z", withdrawn_at="2021-01-01T10:00:00Z"
        )
    )
    event = Event.objects.get()
    assert (event.published_at.year, event.withdrawn_at.year) == (2020, 2021)
    assert '"published_at": "2020-01-01T10:00:00Z"' in dump()


def test_an_event_that_is_to_be_published_later_is_published_then():
    load(with_event(publish_from="2190-01-01T10:00:00Z"))
    event = Event.objects.get()
    assert event.published_at == event.publish_from
    assert load(with_event(publish_from="2190-01-01T10:00:00Z")).changed_nothing


def test_progress_names_each_section():
    lines = []
    loading.load(json.dumps(file()).encode(), progress=lines.append)
    assert lines[0] == "6 records read"
    assert lines[-1] == "events: 1 new, 0 changed, 0 unchanged, 0 left alone"
    assert len(lines) == 7


def test_a_draft_stays_a_draft():
    load(with_event(state="draft"))
    assert not Event.objects.published().exists()
    assert changed_record(EVENT, {"state": "draft"})["state"] in dump()
