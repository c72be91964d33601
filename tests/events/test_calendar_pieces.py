"""Entries of calendars that are kept say what they would say if they were drawn anew."""

import random
import zoneinfo

import pytest
from django.db import connection

from events import calendar_pieces, calendar_rows, kept_pieces
from events.kept_pieces import KeptPieces
from events.models import Event, Venue
from events.outputs import ical
from events.outputs.ical import Outline
from tests.events.kept import kept
from tests.events.outputs.cast import ENGLISH, GERMAN
from tests.factories import NOW, EventFactory, VenueFactory
from tests.journal import world
from tests.journal.hands import commit_changes
from tests.journal.test_truth import TABLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
TABLE = "events_calendarpiece"
EDITS = 30
both = pytest.mark.parametrize("site", [GERMAN, ENGLISH], ids=["de", "en"])


def wanted():
    return Event.objects.told_to_calendars(NOW).in_order()


def drawn(site):
    """All entries, each drawn anew."""
    outline = calendar_rows.outline(wanted(), site.language)
    pieces = calendar_rows.pieces(wanted(), site.language)
    return b"".join(b"".join(ical.entries(piece, site, outline)) for piece in pieces)


def told(site=GERMAN, outline=None):
    outline = outline or calendar_rows.outline(wanted(), site.language)
    return b"".join(calendar_pieces.bodies(wanted(), outline, site))


@pytest.fixture
def one():
    """An event with hours, whose entry is kept."""
    event = EventFactory(start_time="09:00", venues=[VenueFactory(name="Halle")])
    commit_changes()
    told()
    return event


@pytest.mark.parametrize("seed", [1, 2])
def test_kept_or_drawn_they_are_the_same_after_any_edit(seed):
    chance = random.Random(seed)  # noqa: S311 (chance, not secrecy)
    world.build()
    done = 0
    while done < EDITS:
        commit_changes()
        sites = [GERMAN, ENGLISH] if done % 3 else [GERMAN]
        assert [told(site) for site in sites] == [drawn(site) for site in sites]
        done += bool(world.edit(chance, TABLES))


@both
def test_nothing_is_drawn_twice(site, django_assert_num_queries):
    events = [EventFactory(), EventFactory(start_time="09:00"), EventFactory(status="postponed")]
    commit_changes()
    first, outline = told(site), calendar_rows.outline(wanted(), site.language)
    with django_assert_num_queries(2):
        again = told(site, outline)
    assert first == again == drawn(site)
    assert kept(TABLE) == [(event.pk, site.language) for event in events]


def test_a_venue_that_is_renamed_is_told_at_once(one):
    Venue.objects.update(name="Neue Halle")
    assert "Neue Halle" in told().decode()
    assert kept(TABLE) == []
    commit_changes()
    assert "Neue Halle" in told().decode()
    assert kept(TABLE) == [(one.pk, "de")]


def test_other_code_draws_its_own(one, monkeypatch):
    monkeypatch.setattr(kept_pieces, "identity", lambda: "another")
    monkeypatch.setattr(ical, "status_of", lambda event: "TENTATIVE")
    assert b"STATUS:TENTATIVE" in told()
    monkeypatch.undo()
    assert b"STATUS:CONFIRMED" in told()


def test_a_calendar_whose_head_does_not_know_the_zone_tells_the_hours_in_utc(one):
    assert f"DTSTART;TZID={one.timezone}:" in told().decode()
    one.refresh_from_db()
    begins = one.start.astimezone(zoneinfo.ZoneInfo("UTC"))
    assert f"DTSTART:{begins:%Y%m%dT%H%M%SZ}" in told(outline=Outline()).decode()
    assert f"DTSTART;TZID={one.timezone}:" in told().decode()


def test_an_event_that_leaves_the_list_while_it_is_sent_is_not_told(one, monkeypatch):
    Event.objects.update(title="Noch geheim")
    commit_changes()
    real = KeptPieces.find

    def meanwhile(*asked):
        Event.objects.update(state="draft")
        return real(*asked)

    monkeypatch.setattr(KeptPieces, "find", meanwhile)
    assert told() == b""


def test_no_entry_outlives_its_event(one):
    assert kept(TABLE) == [(one.pk, "de")]
    one.delete()
    assert kept(TABLE) == []


def test_none_is_left_where_all_events_go_at_once(one):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE events_event CASCADE")
    assert kept(TABLE) == []
