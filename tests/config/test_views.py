"""The start page."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from events.models import Event, PublishedVersion
from tests.events.histories import change
from tests.factories import (
    NOW,
    TODAY,
    EventFactory,
    OrganisationFactory,
    SeriesFactory,
    TopicFactory,
    VenueFactory,
)
from tests.journal.hands import commit_changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
DAY = dt.timedelta(days=1)


def text(response):
    return " ".join(response.content.decode().split())


def slugs(events):
    return [event.slug for event in events]


def headings(response):
    return re.findall(r"<h2[^>]*>\s*(.*?)\s*(?:<|$)", response.content.decode())


def edited(event, moment, **columns):
    """An edit of an event that was published long ago, as if it had been made at that moment."""
    commit_changes()
    PublishedVersion.objects.filter(event=event).update(at=event.published_at)
    change(event, **columns)
    commit_changes()
    PublishedVersion.objects.filter(pk=event.versions.latest("pk").pk).update(at=moment)


def test_the_start_page_shows_what_is_coming_and_the_way_to_the_rest(client, cast):
    page = text(client.get("/"))
    assert "Zukunft digitale Kommune" in page
    assert "Cloud-Infrastruktur" in page
    assert "Geheimer Entwurf" not in page


def test_parts_without_anything_to_tell_are_left_out(client):
    assert headings(client.get("/")) == ["Demnächst", "Über dieses Angebot", "Daten nutzen"]


def test_the_nearest_deadlines_of_events_that_take_place(client):
    EventFactory(title="Bald", registration_deadline=TODAY, early_bird_until=TODAY + 5 * DAY)
    EventFactory(title="Später", contributions_deadline=TODAY + DAY, exhibitors_deadline=TODAY - DAY)
    EventFactory(title="Abgesagt", registration_deadline=TODAY, status="cancelled")
    EventFactory(title="Entwurf", registration_deadline=TODAY, state="draft")
    found = client.get("/").context["deadlines"]
    assert [(one.text, one.left) for one in found] == [
        ("Anmeldeschluss: Bald", "heute"),
        ("Frist für Beiträge: Später", "morgen"),
        ("Frühbucherpreis endet: Bald", "in 5 Tagen"),
    ]


def test_changes_of_weight_of_coming_events(client):
    moved, reworded = EventFactory(title="Verlegt"), EventFactory(title="Umgeschrieben")
    long_ago, over = EventFactory(title="Längst"), EventFactory(title="Vorbei", starts_on=TODAY - 20 * DAY)
    edited(moved, NOW - 2 * DAY, status="cancelled")
    edited(reworded, NOW - 2 * DAY, summary="Andere Worte.")
    edited(long_ago, NOW - 90 * DAY, status="cancelled")
    edited(over, NOW - 2 * DAY, status="cancelled")
    found = client.get("/").context["changes"]
    assert [(one.title, one.text, one.day) for one in found] == [
        ("Verlegt", "Abgesagt", timezone.localdate(NOW - 2 * DAY))
    ]


def test_what_was_put_right_on_the_day_of_its_publication_is_no_news(client):
    event = EventFactory(published_at=NOW - 2 * DAY)
    edited(event, NOW - 2 * DAY + dt.timedelta(hours=1), status="cancelled")
    assert client.get("/").context["changes"] == []


def test_what_stands_above_is_not_told_again_as_new(client):
    old = [EventFactory(starts_on=TODAY - number * DAY) for number in (100, 90, 80, 70)]
    soon = EventFactory()
    context = client.get("/").context
    assert slugs(context["upcoming"]) == [soon.slug]
    assert slugs(context["latest"]) == [event.slug for event in old[:0:-1]]
    assert [old[0].slug in line for line in context["newest"]] == [True]


def test_few_coming_events_leave_room_for_the_latest_past_ones(client):
    past = [EventFactory(starts_on=TODAY - number * DAY) for number in (40, 3, 9, 80)]
    EventFactory()
    assert slugs(client.get("/").context["latest"]) == [past[number].slug for number in (1, 2, 0)]
    EventFactory.create_batch(2)
    assert client.get("/").context["latest"] == []


def test_an_empty_future_still_has_something_to_show(client):
    series = SeriesFactory(name="Jahreskongress")
    held = [EventFactory(series=series, starts_on=dt.date(year, 5, 4)) for year in (2026, 2025, 2024)]
    page = client.get("/")
    assert "Noch ist keine Veranstaltung angekündigt" in text(page)
    assert [item.series for item in page.context["expected"]] == [series]
    assert slugs(page.context["latest"]) == [event.slug for event in held]
    assert page.context["years"] == [(2026, 1), (2025, 1), (2024, 1)]


def test_the_start_page_costs_the_same_for_one_and_three(client, django_assert_num_queries):
    for number in (1, 3):
        for _repeat in range(number):
            event = EventFactory(
                topics=[TopicFactory()],
                organisers=[OrganisationFactory()],
                venues=[VenueFactory()],
                registration_deadline=TODAY + DAY,
            )
            edited(event, NOW - DAY, status="cancelled")
        with django_assert_num_queries(23):
            assert client.get("/").status_code == 200
    assert Event.objects.count() == 4
