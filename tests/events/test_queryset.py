"""Which events: each method finds what it should and, beside it, leaves what could leak in."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from events.models import Event
from tests.factories import (
    NOW,
    AppearanceFactory,
    EventFactory,
    EventVenueFactory,
    OrganisationFactory,
    ParticipationFactory,
    SeriesFactory,
    SpeakerFactory,
    TopicFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)


def slugs(events):
    return [event.slug for event in events]


# -- who may see it --------------------------------------------------------------------------------


def test_visitors_see_what_is_published_and_due():
    EventFactory(slug="da")
    EventFactory(slug="seit-heute", publish_from=NOW)
    EventFactory(slug="gleich", publish_from=NOW + SECOND)
    for state in ["draft", "in_review", "withdrawn"]:
        EventFactory(state=state)
        EventFactory(state=state, publish_from=NOW)
    assert set(slugs(Event.objects.published(NOW))) == {"da", "seit-heute"}
    assert set(slugs(Event.objects.published(NOW + SECOND))) == {"da", "seit-heute", "gleich"}


def test_without_a_moment_now_is_meant(now):
    EventFactory(slug="da", publish_from=NOW)
    EventFactory(slug="gleich", publish_from=NOW + SECOND)
    assert slugs(Event.objects.published()) == ["da"]


# -- when ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "Europe/London", "America/New_York", "Asia/Tokyo", "Pacific/Apia"]
)
@pytest.mark.parametrize("last_day", [dt.date(2027, 3, 1), dt.date(2027, 3, 28), dt.date(2027, 10, 31)])
def test_an_event_is_upcoming_until_its_own_midnight(zone, last_day):
    event = EventFactory(timezone=zone, starts_on=last_day - dt.timedelta(days=1), ends_on=last_day)
    midnight = dt.datetime.combine(last_day + dt.timedelta(days=1), dt.time(0), ZoneInfo(zone))
    before = midnight.astimezone(dt.UTC) - SECOND
    assert (Event.objects.upcoming(before).count(), Event.objects.past(before).count()) == (1, 0)
    assert (Event.objects.upcoming(midnight).count(), Event.objects.past(midnight).count()) == (0, 1)
    assert (event.is_past(before), event.is_past(midnight)) == (False, True)


def test_a_closing_time_does_not_end_the_day():
    EventFactory(starts_on=dt.date(2027, 3, 1), start_time=dt.time(8), end_time=dt.time(9))
    assert Event.objects.upcoming(NOW + dt.timedelta(hours=12)).exists()


def test_upcoming_events_come_nearest_first_and_vague_dates_at_their_end():
    EventFactory(
        slug="juni", starts_on=dt.date(2027, 6, 1), ends_on=dt.date(2027, 6, 30), date_precision="month"
    )
    EventFactory(slug="ende-juni", starts_on=dt.date(2027, 6, 30), start_time=dt.time(18))
    EventFactory(slug="anfang-juli", starts_on=dt.date(2027, 7, 1))
    EventFactory(slug="mitte-juni", starts_on=dt.date(2027, 6, 15))
    EventFactory(slug="laeuft", starts_on=dt.date(2027, 2, 27), ends_on=dt.date(2027, 3, 2))
    EventFactory(slug="vorbei", starts_on=dt.date(2027, 2, 27))
    assert slugs(Event.objects.upcoming(NOW)) == ["laeuft", "mitte-juni", "ende-juni", "juni", "anfang-juli"]


def test_past_events_come_latest_first():
    for month in (1, 12, 6):
        EventFactory(slug=f"monat-{month}", starts_on=dt.date(2026, month, 5))
    EventFactory(slug="kommt")
    assert slugs(Event.objects.past(NOW)) == ["monat-12", "monat-6", "monat-1"]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (dt.date(2027, 5, 12), dt.date(2027, 5, 20), {"mai", "ganz"}),
        (dt.date(2027, 5, 13), dt.date(2027, 5, 20), {"ganz"}),
        (None, dt.date(2027, 5, 9), {"ganz"}),
        (None, dt.date(2027, 5, 10), {"mai", "ganz"}),
        (dt.date(2027, 5, 12), None, {"mai", "ganz", "herbst"}),
        (None, None, {"mai", "ganz", "herbst"}),
    ],
)
def test_between_finds_what_has_a_day_in_the_span(first, last, found):
    EventFactory(slug="mai", starts_on=dt.date(2027, 5, 10), ends_on=dt.date(2027, 5, 12))
    EventFactory(
        slug="ganz", starts_on=dt.date(2027, 1, 1), ends_on=dt.date(2027, 12, 31), date_precision="year"
    )
    EventFactory(slug="herbst", starts_on=dt.date(2027, 10, 10))
    assert set(slugs(Event.objects.between(first, last))) == found


# -- which -----------------------------------------------------------------------------------------


@pytest.fixture
def wanted():
    """Everything about it is "gesucht"; each other event differs in what it is asked for."""
    organisation, speaker = OrganisationFactory(slug="gesucht"), SpeakerFactory(slug="gesucht")
    event = EventFactory(
        slug="treffer",
        series=SeriesFactory(slug="gesucht"),
        topics=[TopicFactory(), TopicFactory(slug="gesucht")],
        venues=[VenueFactory(), VenueFactory(slug="gesucht", city="Köln", state="DE-NW")],
        mode="hybrid",
        online_access="unknown",
        status="cancelled",
        is_free=True,
        formats=["forum", "workshop"],
        audiences=["it", "science"],
        languages=["de", "fr"],
    )
    ParticipationFactory(event=event, organisation=organisation, role="host")
    AppearanceFactory(event=event, speaker=speaker)
    AppearanceFactory(event=event, speaker=speaker, role="moderator")  # twice there is still one event
    EventVenueFactory(event=event, venue__city="Wien", venue__state="AT-9", venue__country="AT")
    return event


@pytest.fixture
def others():
    """Events that a careless filter would find as well."""
    full = EventFactory(
        slug="andere", series=SeriesFactory(slug="gesucht-2"), topics=[TopicFactory(slug="gesucht-2")]
    )
    ParticipationFactory(event=full, organisation=OrganisationFactory(slug="gesucht-2"))
    AppearanceFactory(event=full, speaker=SpeakerFactory(slug="gesucht-2"))
    EventVenueFactory(event=full, venue__slug="gesucht-2", venue__city="Köln-Deutz", venue__state="DE-BY")
    return [full, EventFactory(slug="leer", formats=[], audiences=[], languages=[], is_free=None)]


@pytest.mark.parametrize(
    ("method", "value"),
    [
        ("about", "gesucht"),
        ("organised_by", "gesucht"),
        ("involving", "gesucht"),
        ("with_speaker", "gesucht"),
        ("in_series", "gesucht"),
        ("at_venue", "gesucht"),
        ("in_city", "koeln"),
        ("in_state", "DE-NW"),
        ("in_country", "AT"),
        ("in_mode", "hybrid"),
        ("with_status", "cancelled"),
        ("of_format", "workshop"),
        ("for_audience", "science"),
        ("in_language", "fr"),
    ],
)
def test_each_filter_finds_its_event_once_and_no_other(wanted, others, method, value):
    choose = getattr(Event.objects.all(), method)
    assert slugs(choose([value])) == ["treffer"]
    assert slugs(choose([value, "unbekannt"])) == ["treffer"]
    assert slugs(choose(["unbekannt"])) == []
    assert slugs(choose([])) == []


def test_free_means_known_to_be_free(wanted, others):
    EventFactory(is_free=False)
    assert slugs(Event.objects.free()) == ["treffer"]


def test_several_values_mean_or():
    for slug in ("a", "b", "c"):
        EventFactory(slug=slug, topics=[TopicFactory(slug=f"thema-{slug}x")], formats=[])
    assert set(slugs(Event.objects.about(["thema-ax", "thema-bx"]))) == {"a", "b"}


def test_one_filter_after_the_other_means_and(wanted, others):
    both = Event.objects.about(["gesucht"]).in_city(["koeln"])
    assert slugs(both) == ["treffer"]
    assert slugs(both.with_speaker(["gesucht-2"])) == []


@pytest.mark.parametrize(
    ("role", "organised"),
    [
        ("organiser", True),
        ("co_organiser", True),
        ("host", True),
        ("partner", False),
        ("sponsor", False),
        ("exhibitor", False),
    ],
)
def test_organising_is_less_than_being_involved(role, organised):
    ParticipationFactory(organisation__slug="verband", role=role)
    assert Event.objects.organised_by(["verband"]).exists() is organised
    assert Event.objects.involving(["verband"]).exists()


@pytest.mark.parametrize("use", ["broadcast", "planned"])
def test_a_place_where_nobody_goes_to_is_no_place_of_the_event(use):
    EventVenueFactory(use=use, venue__slug="halle")
    assert not Event.objects.in_city(["berlin"]).exists()
    assert not Event.objects.in_state(["DE-BE"]).exists()
    assert not Event.objects.in_country(["DE"]).exists()
    assert Event.objects.at_venue(["halle"]).exists()


def test_the_anonymised_lead_to_no_event():
    appearance = AppearanceFactory(speaker__slug="weg")
    type(appearance.speaker).objects.update(given_name="", family_name="", anonymised_at=NOW)
    assert not Event.objects.with_speaker(["weg"]).exists()
