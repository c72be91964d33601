"""What a page needs comes in a constant number of queries, and lists stand in German order."""

import pytest

from events.models import Event, Series, Venue
from tests.factories import (
    NOW,
    AppearanceFactory,
    AwardFactory,
    EventFactory,
    OrganisationFactory,
    PreviousDateFactory,
    PriceFactory,
    SeriesFactory,
    SessionFactory,
    SourceFactory,
    TopicFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db


def full_event():
    event = EventFactory(
        series=SeriesFactory(),
        parent=EventFactory(),
        topics=[TopicFactory(), TopicFactory()],
        organisers=[OrganisationFactory(), OrganisationFactory()],
        venues=[VenueFactory(), VenueFactory()],
    )
    session = SessionFactory(event=event)
    for _ in range(2):
        AppearanceFactory(event=event, session=session, organisation=OrganisationFactory())
        for factory in (PreviousDateFactory, SessionFactory, AwardFactory, SourceFactory):
            factory(event=event)
    PriceFactory(event=event)
    EventFactory(parent=event)
    return event


def read_card(event):
    return [
        str(event.series),
        [(link.organisation.label, link.role) for link in event.organisers],
        [str(venue) for venue in event.places],
        [topic.name for topic in event.topic_list],
        [str(date) for date in event.previous_dates.all()],
    ]


def read_page(event):
    return [
        read_card(event),
        str(event.parent),
        [(str(one), str(one.organisation), str(one.session)) for one in event.appearances.all()],
        [
            str(one)
            for name in ("sessions", "prices", "awards", "sources", "children")
            for one in getattr(event, name).all()
        ],
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_a_listing_takes_five_queries(number, django_assert_num_queries):
    chosen = [full_event().pk for _ in range(number)]
    with django_assert_num_queries(5):
        cards = [read_card(event) for event in Event.objects.filter(pk__in=chosen).for_listing()]
    assert len(cards) == number


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_takes_fifteen_queries(number, django_assert_num_queries):
    chosen = [full_event().pk for _ in range(number)]
    with django_assert_num_queries(15):
        pages = [read_page(event) for event in Event.objects.filter(pk__in=chosen).for_detail()]
    assert len(pages) == number


def test_a_page_does_not_fetch_the_anonymised():
    event = EventFactory()
    shown, gone = AppearanceFactory(event=event), AppearanceFactory(event=event)
    type(gone.speaker).objects.filter(pk=gone.speaker_id).update(
        given_name="", family_name="", anonymised_at=NOW
    )
    assert list(Event.objects.for_detail().get(pk=event.pk).appearances.all()) == [shown]


# -- order -----------------------------------------------------------------------------------------


def test_venues_stand_by_city_then_name():
    for city, name in [
        ("Zwickau", "Aula"),
        ("Öhringen", "Bühne"),
        ("Oldenburg", "Saal"),
        ("Öhringen", "Ärztehaus"),
    ]:
        VenueFactory(city=city, name=name, state="")
    assert [(one.city, one.name) for one in Venue.objects.in_order()] == [
        ("Öhringen", "Ärztehaus"), ("Öhringen", "Bühne"), ("Oldenburg", "Saal"), ("Zwickau", "Aula"),
    ]  # fmt: skip


def test_series_stand_in_german_order():
    for name in ["Zukunft", "ÖFIT-Tage", "Open Data", "Änderungstag"]:
        SeriesFactory(name=name)
    assert [one.name for one in Series.objects.in_order()] == [
        "Änderungstag",
        "ÖFIT-Tage",
        "Open Data",
        "Zukunft",
    ]
