"""Whatever output it is: no text is left behind that tells of a former state of an event."""

import pytest
from django.db import connection, transaction

from api import event_records
from events import kept_pieces
from events.kept_pieces import KeptPieces
from events.models import Event
from speakers.actions import anonymise
from tests.events import test_calendar_pieces, test_node_pieces
from tests.events.kept import kept
from tests.events.outputs.cast import GERMAN
from tests.factories import NOW, AppearanceFactory, EventFactory, SpeakerFactory
from tests.journal.hands import commit_changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
TOLD = {
    "events_calendarpiece": test_calendar_pieces.told,
    "events_nodepiece": test_node_pieces.told,
    "events_recordpiece": lambda: event_records.texts(Event.objects.all(), GERMAN, NOW),
}
every_table = pytest.mark.parametrize("table", TOLD)


@pytest.fixture
def event():
    """With somebody at it, and nothing told of it yet."""
    found = AppearanceFactory(speaker=SpeakerFactory(family_name="Möwenschlund")).event
    commit_changes()
    return found


@pytest.fixture
def meanwhile(monkeypatch):
    """Does something between drawing and keeping, which is committed before it is kept."""

    def edit_then_keep(edit):
        keep = KeptPieces.keep

        def late(self, drawn, language):
            edit()
            commit_changes()
            keep(self, drawn, language)

        monkeypatch.setattr(KeptPieces, "keep", late)

    return edit_then_keep


@every_table
def test_what_is_told_is_kept_until_the_event_changes(table, event):
    TOLD[table]()
    assert kept(table) == [(event.pk, "de")]
    Event.objects.update(title="Neu")
    assert kept(table) == []


@every_table
def test_what_was_drawn_before_an_edit_is_not_kept_after_it(table, event, meanwhile):
    meanwhile(lambda: Event.objects.update(title="Neu"))
    TOLD[table]()
    assert kept(table) == []


@every_table
def test_who_is_erased_while_it_is_drawn_is_not_kept(table, event, meanwhile):
    meanwhile(lambda: anonymise(event.appearances.get().speaker))
    TOLD[table]()
    assert kept(table) == []


@every_table
def test_whoever_is_erased_leaves_at_once(table, event):
    TOLD[table]()
    anonymise(event.appearances.get().speaker)
    assert kept(table) == []


@every_table
def test_what_a_transaction_has_changed_is_kept_only_after_it(table):
    EventFactory()
    assert len(TOLD[table]()) > 0
    assert kept(table) == []


@every_table
def test_who_cannot_keep_it_still_tells_it(table, event):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        assert len(TOLD[table]()) > 0
        assert kept(table) == []


@every_table
def test_other_code_draws_its_own(table, event, monkeypatch):
    monkeypatch.setattr(kept_pieces, "identity", lambda: "another")
    TOLD[table]()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT made_by FROM {table}")
        assert cursor.fetchall() == [("another",)]
    assert KeptPieces(table, "event").find({event.pk: Event.objects.get().modified_at}, "de")
    monkeypatch.undo()
    assert not KeptPieces(table, "event").find({event.pk: Event.objects.get().modified_at}, "de")
