"""Pieces of an event's own page that are kept say what they would say if they were drawn anew."""

import datetime as dt
import random

import pytest
import time_machine
from django.db import transaction

from events import page_pieces, pictures
from events.models import Event
from events.page_pieces import memory
from tests.factories import (
    NOW,
    EventFactory,
    OrganisationFactory,
    ParticipationFactory,
    SeriesFactory,
    TopicFactory,
)
from tests.journal import world
from tests.journal.test_truth import TABLES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("now")]
PAGES = ("/veranstaltungen/{}/", "/en/events/{}/")
LEAST = dt.timedelta(microseconds=1)
EDITS = 15


@pytest.fixture(autouse=True)
def _nothing_kept():
    memory.forget()


@pytest.fixture
def page(client):
    """The page as it is told, which must be the one that is drawn anew."""

    def told(event, address=PAGES[0]):
        path = address.format(event.slug)
        shown = client.get(path).content
        kept, size = memory._kept, memory.size
        memory.forget()
        assert client.get(path).content == shown, path
        memory._kept, memory.size = kept, size
        return " ".join(shown.decode().split())

    return told


@pytest.fixture
def hits(monkeypatch):
    """The pages of which all pieces were kept."""
    found = []
    usual = page_pieces.find

    def find(slug, at):
        told = usual(slug, at)
        found.extend([slug] if told else [])
        return told

    monkeypatch.setattr(page_pieces, "find", find)
    return found


@pytest.mark.parametrize("seed", [1])
def test_kept_or_drawn_they_are_the_same_after_any_edit(page, hits, seed):
    chance = random.Random(seed)  # noqa: S311 (chance, not secrecy)
    with transaction.atomic():
        world.build()
    done = number = 0
    while done < EDITS:
        for event in Event.objects.published(NOW):
            page(event, PAGES[number % 3 == 0])
        done, number = done + bool(world.edit(chance, TABLES)), number + 1
    assert len(hits) > EDITS


def test_a_page_that_is_kept_asks_for_the_state_and_what_lies_around(client, django_assert_num_queries):
    series, topic = SeriesFactory(), TopicFactory()
    one = EventFactory(series=series, topics=[topic])
    for _number in range(2):
        EventFactory(series=series, topics=[topic])
    path = PAGES[0].format(one.slug)
    client.get(path)
    with django_assert_num_queries(2):
        client.get(path)
    EventFactory()
    client.get(path)
    Event.objects.exclude(series=series).update(title="Ganz woanders")
    # The versions of the page and of its cards, and what the sets of bits missed.
    with django_assert_num_queries(5):
        client.get(path)


def test_what_the_clock_changes_is_told_at_its_moment(page):
    due = NOW + dt.timedelta(hours=5)
    whole = EventFactory(title="Das Ganze", status="cancelled", starts_on=NOW.date())
    EventFactory(title="Der Teil", parent=whole, publish_from=due)
    hidden = EventFactory(title="Das Dach", publish_from=due)
    part = EventFactory(parent=hidden)
    whole.refresh_from_db()
    for moment, words in ((due, "Der Teil"), (whole.ends_at, "fand nicht statt")):
        for at, is_told in ((moment - LEAST, False), (moment, True), (moment - LEAST, False)):
            with time_machine.travel(at, tick=False):
                assert (words in page(whole)) is is_told, at
                assert ("Das Dach" in page(part)) is (at >= due)


def test_who_is_named_by_the_history_alone_may_be_renamed(page):
    former = OrganisationFactory(name="Amt für Gestern", short_name="")
    with transaction.atomic():
        event = EventFactory(organisers=[former, OrganisationFactory()])
    page(event)
    event.participations.filter(organisation=former).delete()
    _a_day_earlier(event)
    assert "Amt für Gestern" in page(event)
    assert "Amt für Gestern" in page(event)
    type(former).objects.filter(pk=former.pk).update(name="Amt für Morgen")
    assert "Amt für Morgen" in page(event)


def _a_day_earlier(event):
    """The first version; what is put right on the same day is no change."""
    first = event.versions.earliest("pk")
    event.versions.filter(pk=first.pk).update(at=first.at - dt.timedelta(days=3))


def test_a_picture_is_shown_while_it_is_there(page, monkeypatch):
    event = EventFactory(image="events/saal.jpg", image_alt="Saal", image_credit="A", image_licence="CC0")
    there = set()
    storage = Event._meta.get_field("image").storage
    monkeypatch.setattr(storage, "exists", there.__contains__)
    figure = '<figure class="picture">'
    assert figure not in page(event)
    there.add("events/saal.jpg")
    assert figure in page(event)
    there.clear()
    assert figure not in page(event)
    assert pictures.there("events/saal.jpg") == (False,)


def test_what_nobody_may_see_is_not_kept(client, admin_client):
    event = EventFactory(title="Im Entstehen", state="draft", published_at=None)
    path = PAGES[0].format(event.slug)
    assert "Im Entstehen" in admin_client.get(path).content.decode()
    assert client.get(path).status_code == 404
    Event.objects.filter(pk=event.pk).update(state="published")
    assert client.get(path).status_code == 200
    Event.objects.filter(pk=event.pk).update(state="withdrawn")
    assert client.get(path).status_code == 410


def test_a_transaction_keeps_nothing_of_what_it_has_changed(client, page):
    event = EventFactory(title="Vorher")
    page(event)
    with transaction.atomic():
        Event.objects.update(title="Nachher")
        assert "Nachher" in client.get(PAGES[0].format(event.slug)).content.decode()
        transaction.set_rollback(True)
    assert "Vorher" in page(event)


def test_a_slug_that_passes_on_brings_nothing_along(page):
    one, other = EventFactory(slug="tagung", title="Die erste"), EventFactory(title="Die zweite")
    page(one)
    Event.objects.filter(pk=one.pk).update(slug="tagung-2025")
    Event.objects.filter(pk=other.pk).update(slug="tagung")
    other.refresh_from_db()
    assert "Die zweite" in page(other)


def test_the_room_is_bounded(client, monkeypatch):
    events = [EventFactory() for _number in range(3)]
    ParticipationFactory(event=events[0])
    client.get(PAGES[0].format(events[0].slug))
    monkeypatch.setattr(page_pieces, "_ROOM", 2.5 * memory.size)
    for event in events:
        client.get(PAGES[0].format(event.slug))
    assert [slug for _language, slug in memory._kept] == [event.slug for event in events[1:]]
    assert memory.size <= page_pieces._ROOM
