"""Builders get everything as an argument: they ask neither the database nor the clock nor the settings."""

import datetime as dt
from pathlib import Path

import pytest

from events.models import Event
from events.outputs import atom, cpev, csv_table, ical, json_feed, jsonld
from tests.events.outputs import cast
from tests.events.outputs.cast import GERMAN, NOW
from tests.factories import (
    AppearanceFactory,
    EventFactory,
    OrganisationFactory,
    PreviousDateFactory,
    SeriesFactory,
    TopicFactory,
    VenueFactory,
)

MODULES = sorted(Path(ical.__file__).parent.glob("*.py"))
LISTS = {
    "ical": lambda events: ical.calendar(events, cast.feed()),
    "json": lambda events: json_feed.document(events, cast.feed()),
    "csv": lambda events: csv_table.table(events, GERMAN),
    "atom": lambda events: atom.document(events, cast.feed()),
    "jsonld": lambda events: b"".join(jsonld.listing(events, GERMAN)),
    "cpev": lambda events: b"".join(cpev.listing(events, GERMAN)),
}
ONE = {
    "ical": lambda event: ical.event_calendar(event, GERMAN),
    "json": lambda event: json_feed.item(event, GERMAN),
}


def crowd():
    for number in range(3):
        event = EventFactory(
            topics=[TopicFactory(), TopicFactory()],
            organisers=[OrganisationFactory()],
            venues=[VenueFactory()],
            series=SeriesFactory(),
            start_time=dt.time(9) if number else None,
            status="rescheduled" if number else "scheduled",
        )
        PreviousDateFactory(event=event)
        AppearanceFactory(event=event, organisation=OrganisationFactory())


@pytest.mark.django_db
@pytest.mark.parametrize("build", LISTS.values(), ids=LISTS)
def test_a_list_needs_what_for_listing_fetched_and_no_more(build, django_assert_num_queries):
    crowd()
    events = list(Event.objects.for_listing())
    with django_assert_num_queries(0):
        assert build(events)


@pytest.mark.django_db
@pytest.mark.parametrize("build", ONE.values(), ids=ONE)
def test_one_event_needs_what_for_listing_fetched_and_no_more(build, django_assert_num_queries):
    crowd()
    event = Event.objects.for_listing().latest("pk")
    with django_assert_num_queries(0):
        assert build(event)


@pytest.mark.django_db
def test_an_events_page_needs_what_for_detail_fetched_and_no_more(django_assert_num_queries):
    crowd()
    parent = Event.objects.earliest("pk")
    Event.objects.exclude(pk=parent.pk).update(parent=parent)
    for event in list(Event.objects.for_detail()):
        with django_assert_num_queries(0):
            assert jsonld.event_page(event, GERMAN, NOW)
            assert cpev.event_document(event, GERMAN, NOW)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_builder_knows_clock_settings_or_database(module):
    source = module.read_text()
    assert [
        word for word in ("django.conf", "timezone.now", ".now()", ".objects", "today()") if word in source
    ] == []
