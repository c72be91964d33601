import datetime as dt
import uuid
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import Event
from lib.nouns import default_uid
from tests.factories import (
    NOW,
    EventFactory,
    EventVenueFactory,
    ParticipationFactory,
    TopicFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db


def utc(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def day(text):
    return dt.date.fromisoformat(text)


def saved(**values):
    event = EventFactory(**values)
    event.refresh_from_db()
    return event


# -- generated columns ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "starts_at", "ends_at"),
    [
        ({"starts_on": day("2027-01-15")}, "2027-01-14T23:00", "2027-01-15T23:00"),
        ({"starts_on": day("2027-07-15")}, "2027-07-14T22:00", "2027-07-15T22:00"),
        (
            {"starts_on": day("2027-07-15"), "start_time": dt.time(9, 30)},
            "2027-07-15T07:30",
            "2027-07-15T22:00",
        ),
        # 28 March 2027 has 23 hours in Berlin, 31 October 2027 has 25.
        ({"starts_on": day("2027-03-28")}, "2027-03-27T23:00", "2027-03-28T22:00"),
        ({"starts_on": day("2027-10-31")}, "2027-10-30T22:00", "2027-10-31T23:00"),
        (
            {"starts_on": day("2027-03-27"), "ends_on": day("2027-03-29")},
            "2027-03-26T23:00",
            "2027-03-29T22:00",
        ),
        ({"starts_on": day("2027-10-31"), "start_time": dt.time(9)}, "2027-10-31T08:00", "2027-10-31T23:00"),
        # Half past two is skipped in March and doubled in October: the later reading counts.
        (
            {"starts_on": day("2027-03-28"), "start_time": dt.time(2, 30)},
            "2027-03-28T01:30",
            "2027-03-28T22:00",
        ),
        (
            {"starts_on": day("2027-10-31"), "start_time": dt.time(2, 30)},
            "2027-10-31T01:30",
            "2027-10-31T23:00",
        ),
        (
            {"starts_on": day("2027-07-15"), "timezone": "Europe/London"},
            "2027-07-14T23:00",
            "2027-07-15T23:00",
        ),
        (
            {"starts_on": day("2027-07-15"), "timezone": "America/New_York"},
            "2027-07-15T04:00",
            "2027-07-16T04:00",
        ),
        (
            {"starts_on": day("2027-07-15"), "timezone": "Asia/Kathmandu"},
            "2027-07-14T18:15",
            "2027-07-15T18:15",
        ),
        # A vague date counts with the end of its period.
        (
            {"starts_on": day("2027-06-01"), "ends_on": day("2027-06-30"), "date_precision": "month"},
            "2027-06-30T21:59:59",
            "2027-06-30T22:00",
        ),
        (
            {"starts_on": day("2027-01-01"), "ends_on": day("2027-12-31"), "date_precision": "year"},
            "2027-12-31T22:59:59",
            "2027-12-31T23:00",
        ),
    ],
)
def test_instants_follow_from_local_days_and_times(values, starts_at, ends_at):
    event = saved(**values)
    assert (event.starts_at, event.ends_at) == (utc(starts_at), utc(ends_at))


def test_instants_follow_a_change_of_date_and_zone():
    event = saved(starts_on=day("2027-07-15"))
    Event.objects.filter(pk=event.pk).update(ends_on=day("2027-07-16"), timezone="America/New_York")
    event.refresh_from_db()
    assert (event.starts_at, event.ends_at) == (utc("2027-07-15T04:00"), utc("2027-07-17T04:00"))


def test_titles_sort_as_in_german():
    assert saved(title="ÄRZTE & Straßen").sort_title == "arzte & strassen"


ZONES = st.sampled_from(
    [
        "Europe/Berlin",
        "Europe/London",
        "Pacific/Auckland",
        "America/Havana",
        "Africa/Cairo",
        "America/Asuncion",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ZONES, st.dates(dt.date(2020, 1, 1), dt.date(2026, 12, 31)), st.times())
def test_python_and_postgresql_tell_the_same_instants(zone, first, time):
    time = time.replace(second=0, microsecond=0)
    event = saved(timezone=zone, starts_on=first, ends_on=first, start_time=time)
    assert event.start.astimezone(dt.UTC) == event.starts_at
    assert event.is_past(event.ends_at)
    assert not event.is_past(event.ends_at - dt.timedelta(microseconds=1))


def test_the_zones_of_that_test_exist():
    assert {"America/Havana", "Africa/Cairo", "America/Asuncion"} <= available_timezones()


# -- time in Python --------------------------------------------------------------------------------

BERLIN = ZoneInfo("Europe/Berlin")
TEN_DAYS_ON = day("2027-03-11")


@pytest.mark.parametrize(
    ("values", "start", "end"),
    [
        ({}, TEN_DAYS_ON, TEN_DAYS_ON),
        ({"ends_on": day("2027-03-12")}, TEN_DAYS_ON, day("2027-03-12")),
        ({"start_time": dt.time(9)}, dt.datetime(2027, 3, 11, 9, tzinfo=BERLIN), None),
        (
            {"start_time": dt.time(9), "end_time": dt.time(17)},
            dt.datetime(2027, 3, 11, 9, tzinfo=BERLIN),
            dt.datetime(2027, 3, 11, 17, tzinfo=BERLIN),
        ),
        # An opening hour alone says nothing of the last of several days.
        ({"start_time": dt.time(9), "ends_on": day("2027-03-12")}, TEN_DAYS_ON, day("2027-03-12")),
    ],
)
def test_start_and_end_say_what_is_known(values, start, end):
    event = EventFactory.build(**values)
    assert (event.start, event.end) == (start, end)
    assert event.is_all_day is not isinstance(start, dt.datetime)


def test_a_vague_or_postponed_date_is_no_day():
    assert EventFactory.build().has_day
    assert not EventFactory.build(date_precision="month").has_day
    assert not EventFactory.build(status="postponed").has_day


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc/passwd", "Europe"])
def test_a_time_zone_must_be_known(zone):
    event = EventFactory.build(timezone=zone)
    with pytest.raises(ValidationError) as caught:
        event.clean()
    assert set(caught.value.message_dict) == {"timezone"}


# -- identity, words, state -------------------------------------------------------------------------


def test_the_uid_of_a_slug_is_the_same_everywhere_and_for_ever():
    assert default_uid("event", "smart-country-convention-2019") == uuid.UUID(
        "fcd18917-9234-5d29-8857-f0219503834a"
    )


def test_titles_follow_the_language_and_say_which_it_is():
    event = EventFactory.build(title="Kongress", title_en="Congress", summary="Kurz")
    assert (event.display_title, event.title_language) == ("Kongress", "de")
    with translation.override("en"):
        assert (event.display_title, event.title_language) == ("Congress", "en")
        assert (event.display_summary, event.summary_language) == ("Kurz", "de")


@pytest.mark.parametrize(
    ("values", "public"),
    [
        ({"state": "published"}, True),
        ({"state": "published", "publish_from": NOW}, True),
        ({"state": "published", "publish_from": NOW + dt.timedelta(seconds=1)}, False),
        ({"state": "draft"}, False),
        ({"state": "in_review", "publish_from": NOW}, False),
        ({"state": "withdrawn"}, False),
    ],
)
def test_one_entry_and_the_query_agree_on_what_is_public(values, public):
    event = EventFactory(**values)
    assert event.is_public(NOW) is public
    assert Event.objects.published(NOW).filter(pk=event.pk).exists() is public


def test_organisers_come_before_co_organisers_before_hosts_and_nobody_else():
    event = EventFactory()
    for position, role in enumerate(["partner", "host", "co_organiser", "organiser", "sponsor"]):
        ParticipationFactory(event=event, role=role, position=position)
    assert [link.role for link in event.organisers] == ["organiser", "co_organiser", "host"]


def test_places_are_where_people_go_to():
    event = EventFactory()
    EventVenueFactory(event=event, venue__name="Zweite", position=2)
    EventVenueFactory(event=event, venue__name="Studio", use="broadcast", position=0)
    EventVenueFactory(event=event, venue__name="Geplant", use="planned", position=0)
    EventVenueFactory(event=event, venue__name="Erste", position=1)
    assert [venue.name for venue in event.places] == ["Erste", "Zweite"]


def test_topics_keep_their_order():
    topics = [TopicFactory(name_de=name) for name in ["Zoll", "Archiv", "Mobilität"]]
    event = EventFactory(topics=topics)
    assert event.topic_list == topics


@pytest.mark.parametrize(
    ("values", "label", "place", "precise"),
    [
        ({"name": "Kubus"}, "Kubus, Berlin", "Berlin", True),
        ({"name": "Messe Berlin"}, "Messe Berlin", "Berlin", True),
        ({"name": "Fähre", "city": "", "street": "", "kind": "vessel"}, "Fähre", "Fähre", True),
        (
            {"name": "Ruhrgebiet", "city": "", "street": "", "kind": "region"},
            "Ruhrgebiet",
            "Ruhrgebiet",
            False,
        ),
        ({"name": "Essen", "city": "Essen", "street": "", "kind": "city"}, "Essen", "Essen", False),
    ],
)
def test_venues_say_where_they_are_in_the_fewest_words(values, label, place, precise):
    venue = VenueFactory.build(**values)
    assert (str(venue), venue.place, venue.is_precise) == (label, place, precise)


def test_topics_are_named_in_the_readers_language():
    topic = TopicFactory.build(name_de="Onlinezugangsgesetz", name_en="Online Access Act")
    assert topic.name == "Onlinezugangsgesetz"
    with translation.override("en"):
        assert topic.name == "Online Access Act"
