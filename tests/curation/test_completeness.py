"""How complete an entry is: one table for column, order, filter and form, held against a plain reading."""

import datetime as dt

import pytest
from django.db.models import F

from events import completeness as completeness_module
from events.completeness import (
    Completeness,
    completeness,
    event_facts,
    judge,
    lacking,
    series_completeness,
    series_facts,
    with_completeness,
    with_series_completeness,
)
from events.models import Event, EventVenue, Price, Series, Venue
from tests import factories as make
from tests.factories import NOW

LONG_AGO = dt.date(2020, 5, 4)
ORGANISING = {"organiser", "co_organiser", "host"}


def said_by(event):
    """{fact: whether the entry says it}, without those that it need not say."""
    said = {
        "summary": bool(event.summary),
        "organiser": any(link.role in ORGANISING for link in event.participations.all()),
        "topic": event.topic_links.exists(),
        "website": bool(event.website),
        "source": event.sources.exists(),
        "description": bool(event.description),
        "price": event.is_free is not None or bool(event.price_note) or event.prices.exists(),
        "format": bool(event.formats),
        "audience": bool(event.audiences),
    }
    if event.mode != "online":
        said["venue"] = event.venue_links.exists()
    if event.is_past(NOW):
        said["attendees"] = any(
            number is not None for number in (event.attendees, event.attendees_onsite, event.attendees_online)
        )
        return said
    if event.eligibility != "invitation":
        said["registration"] = bool(event.registration_url)
    venues = [link.venue for link in event.venue_links.all() if link.use == "venue"]
    said["accessibility"] = bool(event.accessibility) or any(
        venue.accessibility or venue.accessibility_note for venue in venues
    )
    return said


@pytest.fixture
def entries(cast):
    """The cast, and entries with everything, with nothing, and with what is told elsewhere."""
    full = make.EventFactory(
        summary="s", description="d", website="https://a.example", is_free=True, accessibility=["captions"],
        registration_url="https://a.example/r", topics=[make.TopicFactory()], venues=[make.VenueFactory()],
        organisers=[make.OrganisationFactory()], slug="voll",
    )  # fmt: skip
    make.SourceFactory(event=full)
    make.EventFactory(formats=[], audiences=[], slug="leer")
    make.EventFactory(mode="online", online_url="https://netz.example", eligibility="invitation")
    make.EventFactory(starts_on=LONG_AGO, attendees_online=0)
    make.EventFactory(starts_on=LONG_AGO, price_note="Auf Anfrage")
    make.EventFactory(venues=[make.VenueFactory(accessibility=["lift"])])
    make.EventFactory(venues=[make.VenueFactory(accessibility_note="Rampe am Hof")])
    broadcast = make.EventFactory()
    EventVenue.objects.create(
        event=broadcast, venue=Venue.objects.exclude(accessibility=[])[0], use="broadcast"
    )
    Price.objects.create(event=broadcast, amount=10)
    return full


def test_points_and_gaps_agree_with_a_plain_reading(entries):
    weights = {fact.name: fact.weight for fact in event_facts(NOW)}
    for event in with_completeness(Event.objects.all(), NOW).annotate(points=F("score")):
        said, told = said_by(event), completeness(event, NOW)
        owed = sum(weights[name] for name in said)
        assert {fact.name for fact in told.missing} == {name for name, is_said in said.items() if not is_said}
        points = 100 * sum(weights[name] for name, is_said in said.items() if is_said) // owed
        assert told.score == event.points == points, event.slug


def test_the_filter_finds_what_the_column_names(entries):
    told = {event.pk: completeness(event, NOW) for event in with_completeness(Event.objects.all(), NOW)}
    for fact in event_facts(NOW):
        found = set(lacking(Event.objects.all(), fact.name, NOW).values_list("pk", flat=True))
        assert found == {pk for pk, one in told.items() if fact.name in {gap.name for gap in one.missing}}


def test_an_entry_with_all_of_it_has_a_hundred_points(entries):
    event = with_completeness(Event.objects.filter(slug="voll"), NOW).get()
    assert completeness(event, NOW) == Completeness(100, [])


def test_what_weighs_most_is_named_first():
    told = judge(event_facts(NOW), [None if fact.name == "venue" else False for fact in event_facts(NOW)])
    weights = [fact.weight for fact in told.missing]
    assert told.score == 0
    assert weights == sorted(weights, reverse=True)


def test_a_series_counts_half_by_itself_and_half_by_its_editions(entries):
    series = make.SeriesFactory(summary="s", slug="mit-ausgaben")
    for event in (Event.objects.get(slug="voll"), Event.objects.get(slug="leer")):
        Event.objects.filter(pk=event.pk).update(series=series)
    found = (
        with_series_completeness(Series.objects.filter(pk=series.pk), NOW).annotate(points=F("score")).get()
    )
    told = series_completeness(found)
    assert (told.own.score, told.editions) == (40, 50)
    assert told.score == found.points == 45
    assert [fact.name for fact in told.own.missing] == ["website", "organiser"]


def test_of_a_series_the_latest_editions_count(entries, monkeypatch):
    monkeypatch.setattr(completeness_module, "EDITIONS", 1)
    series = make.SeriesFactory()
    for slug, day in (("voll", "2026-05-04"), ("leer", "2026-05-05")):
        Event.objects.filter(slug=slug).update(series=series, starts_on=day)
    found = with_series_completeness(Series.objects.filter(pk=series.pk), NOW).get()
    assert series_completeness(found).editions == 0


def test_a_series_without_editions_counts_by_itself(db):
    make.SeriesFactory(summary="s", website="https://reihe.example")
    told = series_completeness(with_series_completeness(Series.objects.all(), NOW).filter(score=75).get())
    assert (told.score, told.editions) == (75, None)


def test_what_a_series_should_say_makes_a_hundred():
    assert sum(fact.weight for fact in series_facts()) == 100
