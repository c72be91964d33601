"""What a load changes is read while it goes on: the index afterwards is the one made anew."""

import os
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from events.models import Event
from index import rebuilding, twins
from index.ahead import Ahead, ahead
from index.locks import is_rebuilding
from index.models import Document, Pending
from index.rebuilding import rebuild
from index.refresh import refresh_all
from organisations.models import Organisation
from tests.factories import EventFactory, OrganisationFactory, TopicFactory
from tests.index.state import told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(rebuilding, "MANY", 1)
    monkeypatch.setattr("index.ahead.BATCH", 2)


def events(number):
    return lambda: EventFactory.create_batch(number, title="Kürbisfest")


def load(*steps):
    """Each step is a portion; returns how many entries were read ahead."""
    with ahead() as reading:
        with transaction.atomic():
            for step in steps:
                step()
                reading.look()
        reading.go_on(lambda done: None, 1)
    return reading.count


def assert_true():
    """The index is true, complete and in use, and nobody works at it."""
    assert not Pending.objects.exists()
    assert not twins.exist()
    assert not is_rebuilding()
    after = told()
    assert len(after[0]) == Document.objects.count() > 0
    rebuild()
    assert told() == after


def test_what_was_read_ahead_is_the_index_made_anew():
    TopicFactory(name_de="Rettich")
    refresh_all()
    assert load(events(3), events(5), events(1)) == 9
    assert_true()


def test_what_was_read_ahead_and_changed_again_is_read_again():
    organisation = OrganisationFactory(name="Kürbisamt")
    refresh_all()

    def edit():
        Event.objects.filter(pk=Event.objects.earliest("pk").pk).update(title="Rettichfest")
        Event.objects.latest("pk").delete()

    load(
        lambda: EventFactory.create_batch(4, organisers=[organisation]),
        edit,
        lambda: Organisation.objects.update(name="Kartoffelamt"),
    )
    assert {"rettichfest", "kartoffelamt"} <= {word for row in told()[0] for word in row[4]}
    assert_true()


def test_the_real_catalogue_is_read_while_it_is_loaded(monkeypatch):
    monkeypatch.setattr(rebuilding, "MANY", 100)
    monkeypatch.setattr("index.ahead.BATCH", 100)
    handed = []
    look = Ahead.look
    monkeypatch.setattr(Ahead, "look", lambda self: (look(self), handed.append(self.count)))
    call_command("load_catalogue", verbosity=0)
    assert handed == [Document.objects.count()]
    assert_true()


def test_what_waited_before_and_what_others_have_changed_is_read_too():
    TopicFactory.create_batch(2, name_de="Rettich")
    other = connection.copy()

    def edit():
        with closing(other), other.cursor() as cursor:
            cursor.execute("UPDATE events_topic SET name_de = 'Kartoffel' WHERE name_de = 'Rettich'")

    # The load has written nothing yet, or the other one would wait for it.
    load(edit, events(3))
    assert "kartoffel" in {word for row in told()[0] for word in row[4]}
    assert_true()


def test_nobody_sees_of_it_before_the_load_is_through():
    EventFactory(title="Rettichfest")
    refresh_all()
    before = told()
    with ahead() as reading:
        with transaction.atomic():
            events(4)()
            reading.look()
            other = connection.copy()
            with closing(other), other.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM index_document")
                assert cursor.fetchone() == (1,)
            assert twins.are_ahead()
            assert told() == before
        reading.go_on(lambda done: None, 1)
    assert reading.count == 4
    assert_true()


class Refused(Exception):
    pass


def refuse():
    raise Refused


def test_of_a_load_that_is_refused_nothing_is_left():
    TopicFactory()
    refresh_all()
    before = told()
    with pytest.raises(Refused):
        load(events(4), refuse)
    assert told() == before
    assert_true()


def cut_short():
    """As a process leaves it that is killed in the middle."""
    twins.create_ahead()
    ghost = Event(pk=999_999, title="Kürbisgeist")
    with transaction.atomic():
        EventFactory(title=ghost.title)
        pk = Event.objects.get(title=ghost.title).pk
        entries = list(rebuilding.nouns()["event"].entries([pk]))
        transaction.set_rollback(True)
    rebuilding.put("event", entries)
    assert rows_ahead() > 0


def rows_ahead():
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM index_document_next) + count(*) FROM index_name_next")
        return cursor.fetchone()[0]


def test_a_rebuild_does_not_go_on_with_a_load_that_was_cut_short():
    TopicFactory.create_batch(2)
    cut_short()
    assert rebuild(anew=False) == 2
    assert_true()


def test_what_a_load_that_was_cut_short_has_left_goes_with_the_next_change():
    cut_short()
    TopicFactory()
    refresh_all()
    assert rows_ahead() == 0


def test_a_load_after_one_that_was_cut_short_reads_ahead_as_well():
    cut_short()
    assert load(events(3)) == 3
    assert_true()


def die(noun, entries):
    os._exit(1)


def test_a_load_outlives_the_process_beside_it(monkeypatch):
    monkeypatch.setattr("index.ahead.put", die)
    load(events(3), events(8), events(3))
    assert Event.objects.count() == 14
    assert_true()


def test_few_changes_are_read_as_ever():
    TopicFactory.create_batch(9)
    refresh_all()
    assert load(events(2)) == 0
    assert_true()


def test_a_load_beside_a_rebuild_leaves_reading_to_it(monkeypatch):
    monkeypatch.setattr("index.locks._REBUILDING", 5)
    other = connection.copy()
    with closing(other), other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(5)")
        assert load(events(3), events(3)) == 0
        cursor.execute("SELECT pg_advisory_unlock(5)")
    assert_true()
