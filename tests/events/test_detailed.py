"""What is fetched for an event's own page is what `for_detail()` fetches, in a constant number of queries."""

import datetime as dt

import pytest

from events.around import About, around, editions_around
from events.detailed import detailed
from events.models import Event
from tests.events.test_fetching import full_event
from tests.factories import NOW, EventFactory, SeriesFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LISTS = (
    "participations", "venue_links", "topic_links", "previous_dates", "appearances", "children",
    "sessions", "prices", "awards", "sources",
)  # fmt: skip
LINKED = ("organisation", "venue", "topic", "speaker", "session")


def columns(row):
    return (
        {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} if row else None
    )


def told(event):
    """All columns of the event, of its lists and of what these lead to."""
    rows = [(name, row) for name in LISTS for row in getattr(event, name).all()]
    linked = [columns(getattr(row, name)) for _name, row in rows for name in LINKED if hasattr(row, name)]
    places = [str(place) for child in event.children.all() for place in child.places]
    own = [columns(event), columns(event.series), columns(event.parent)]
    return (
        own,
        [(name, columns(row), row.event.pk) for name, row in rows if name != "children"],
        linked,
        places,
    )


def test_it_is_what_for_detail_fetches(django_assert_num_queries):
    event = full_event()
    usual = told(Event.objects.for_detail().get(pk=event.pk))
    with django_assert_num_queries(2):
        found = told(detailed(event.slug))
    assert found == usual


def test_an_event_without_parts_takes_one_query(django_assert_num_queries):
    event = EventFactory()
    with django_assert_num_queries(1):
        assert detailed(event.slug) == event
    assert detailed("gibt-es-nicht") is None


def test_the_editions_next_to_it_are_those_that_visitors_see(django_assert_num_queries):
    series = SeriesFactory()
    first, hidden, middle, last = (
        EventFactory(series=series, starts_on=dt.date(year, 5, 1), state=state)
        for year, state in ((2020, "published"), (2021, "draft"), (2022, "published"), (2023, "published"))
    )
    with django_assert_num_queries(2):
        assert editions_around(middle) == (3, first, last)
    assert editions_around(first) == (3, None, middle)
    assert editions_around(last) == (3, middle, None)
    assert editions_around(hidden) == (3, None, None)
    assert editions_around(EventFactory(series=None)) == (0, None, None)


def related(event):
    return around(About.of(event, NOW), NOW).related


def test_related_are_other_events_about_its_topics_the_upcoming_first():
    topic, series = TopicFactory(), SeriesFactory()
    days = [NOW.date() + dt.timedelta(days=number) for number in (30, 20, -20, -30, -40)]
    late, soon, past, older, _oldest = (EventFactory(topics=[topic], starts_on=day) for day in days)
    event = EventFactory(topics=[topic], series=series, starts_on=days[1])
    for _number in range(7):
        EventFactory(topics=[topic], series=series, starts_on=days[1])
    EventFactory(topics=[TopicFactory()])
    assert related(event) == [soon.pk, late.pk, past.pk]
    soon.delete()
    assert related(event) == [late.pk, past.pk, older.pk]
    assert related(EventFactory()) == []
