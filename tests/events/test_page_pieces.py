"""Pieces of an event's own page that are kept say what they would say if they were drawn anew."""

import datetime as dt
import random

import pytest
import time_machine
from django.db import connection, transaction

from events import page_pieces, pictures
from events.detailed import detailed
from events.models import Event
from tests.events.test_fetching import full_event
from tests.factories import (
    NOW,
    EventFactory,
    OrganisationFactory,
    SeriesFactory,
    TopicFactory,
)
from tests.journal import world
from tests.journal.test_truth import TABLES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("now")]
PAGES = ("/veranstaltungen/{}/", "/en/events/{}/")
LEAST = dt.timedelta(microseconds=1)
EDITS = 15


@pytest.fixture
def page(client, monkeypatch):
    """The page as it is told, which must be the one that is drawn anew."""

    def told(event, address=PAGES[0]):
        path = address.format(event.slug)
        shown = client.get(path).content
        with monkeypatch.context() as anew:
            anew.setattr(page_pieces, "find", lambda *_: None)
            anew.setattr(page_pieces, "keep", lambda _: None)
            assert client.get(path).content == shown, path
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


def kept():
    """(event, language) of all that is kept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT event, language FROM events_pagepiece ORDER BY event, language")
        return cursor.fetchall()


def drawn(event):
    """A page that is ready to be kept."""
    page = page_pieces.begin(detailed(event.slug), NOW)
    page.pieces["title"] = event.title
    return page


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


def test_a_page_that_is_kept_asks_for_the_state_its_pieces_and_what_lies_around(
    client, django_assert_num_queries
):
    series, topic = SeriesFactory(), TopicFactory()
    one = EventFactory(series=series, topics=[topic])
    other, _third = (EventFactory(series=series, topics=[topic]) for _number in range(2))
    client.get(PAGES[0].format(other.slug))
    path = PAGES[0].format(one.slug)
    # The event with all that belongs to it, and keeping what is drawn of it, come once.
    for queries in (5, 3):
        with django_assert_num_queries(queries):
            client.get(path)
    EventFactory()
    client.get(path)
    Event.objects.exclude(series=series).update(title="Ganz woanders")
    # The versions of its cards, too, and what the sets of bits missed.
    with django_assert_num_queries(5):
        client.get(path)


# {table: a column of it that the page tells}
TOLD = {
    "events_event": "title",
    "events_series": "name",
    "events_session": "title",
    "events_topic": "name_de",
    "events_venue": "name",
    "events_award": "winner",
    "events_source": "title",
    "events_price": "amount",
    "events_appearance": "office",
    "events_participation": "name_then",
    "organisations_organisation": "name",
    "speakers_speaker": "family_name",
}


def test_what_is_written_by_hand_is_told_at_once(page, hits):
    event = full_event()
    page(event)
    for number, (table, column) in enumerate(TOLD.items()):
        page(event)
        word = str(9_000 + number)
        with connection.cursor() as cursor:
            cursor.execute(f'UPDATE {table} SET "{column}" = %s', [word])
        assert word in page(event).replace(".", ""), table
    # What an edit took away was kept again.
    assert len(hits) == len(TOLD)


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


def test_nothing_is_kept_of_a_version_that_is_no_more():
    event = EventFactory()
    page = drawn(event)
    Event.objects.update(title="Nachher")
    page_pieces.keep(page)
    assert kept() == []
    page_pieces.keep(drawn(event))
    assert kept() == [(event.pk, "de")]
    Event.objects.update(title="Noch später")
    assert kept() == []


def test_nobody_waits_for_who_changes_the_event_just_now():
    page = drawn(EventFactory())
    other = connection.copy()
    try:
        with transaction.atomic(), other.cursor() as cursor:
            other.set_autocommit(False)
            cursor.execute("UPDATE events_event SET title = title")
        page_pieces.keep(page)
        other.rollback()
    finally:
        other.close()
    assert kept() == []


def test_no_piece_outlives_its_event(client):
    one, other = EventFactory(), EventFactory()
    for event in (one, other):
        for address in PAGES:
            client.get(address.format(event.slug))
    assert len(kept()) == 4
    one.delete()
    assert kept() == [(other.pk, "de"), (other.pk, "en")]
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE events_event CASCADE")
    assert kept() == []


def test_other_code_draws_its_own(page, hits, monkeypatch):
    event = EventFactory()
    page(event)
    monkeypatch.setattr(page_pieces, "identity", lambda: "another")
    page(event)
    assert hits == []
    page(event)
    assert hits == [event.slug]


def test_who_cannot_keep_it_still_tells_it(page):
    event = EventFactory(title="Nur gelesen")
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
        try:
            assert "Nur gelesen" in page(event)
            assert kept() == []
        finally:
            cursor.execute("SET default_transaction_read_only = off")


def test_a_slug_that_passes_on_brings_nothing_along(page):
    one, other = EventFactory(slug="tagung", title="Die erste"), EventFactory(title="Die zweite")
    page(one)
    Event.objects.filter(pk=one.pk).update(slug="tagung-2025")
    Event.objects.filter(pk=other.pk).update(slug="tagung")
    other.refresh_from_db()
    assert "Die zweite" in page(other)


def test_what_was_drawn_long_ago_or_is_too_much_goes(client, monkeypatch):
    events = [EventFactory() for _number in range(3)]
    for event in events:
        client.get(PAGES[0].format(event.slug))
    assert page_pieces.delete_drawn_before(_drawn_first()) == 0
    monkeypatch.setattr(page_pieces, "MOST", 2)
    assert page_pieces.delete_drawn_before(_drawn_first()) == 1
    assert kept() == [(event.pk, "de") for event in events[1:]]
    assert page_pieces.delete_drawn_before(_drawn_first() + LEAST) == 1
    assert kept() == [(events[2].pk, "de")]


def _drawn_first():
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(drawn_at) FROM events_pagepiece")
        return cursor.fetchone()[0]
