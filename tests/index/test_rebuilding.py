"""The whole index made anew while searches go on: never empty, never behind, and able to go on."""

from contextlib import closing

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction

from events.models import Topic
from index import rebuilding, search, twins
from index.locks import is_rebuilding
from index.models import Document, Pending, Word
from index.rebuilding import catch_up, rebuild
from index.refresh import refresh, refresh_all
from organisations.models import Organisation
from speakers.actions import anonymise
from tests.factories import AppearanceFactory, EventFactory, OrganisationFactory, SpeakerFactory, TopicFactory
from tests.index.state import told

pytestmark = pytest.mark.django_db


def test_a_rebuild_drops_what_is_gone_and_needs_no_triggers():
    event = EventFactory(title="Kürbisfest")
    refresh_all()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM index_pending")
        cursor.execute(
            "INSERT INTO index_word (form, plain, key, parts, count) VALUES ('x', 'x', 'x', '{}', 9)"
        )
        cursor.execute(
            "INSERT INTO index_document (noun, object, words, head, forms) "
            "VALUES ('event', 999999, '', '', '{}')"
        )
    rebuild()
    assert list(Document.objects.values_list("object", flat=True)) == [event.pk]
    assert not Word.objects.filter(form="x").exists()


class CutShort(Exception):
    pass


def cut_short_at(number):
    def progress(done, total):
        if done == number:
            raise CutShort

    with pytest.raises(CutShort):
        rebuild(progress)


def test_what_had_changed_before_a_rebuild_is_read_once(monkeypatch):
    TopicFactory.create_batch(3)
    read = []
    monkeypatch.setattr(rebuilding, "refresh_all", lambda: read.append(Pending.objects.count()) or 0)
    assert rebuild() == 3
    assert read == [0]


def test_what_changes_during_a_rebuild_is_read_again_after_it():
    TopicFactory(name_de="Kürbis")

    def edit(done, total):
        Topic.objects.update(name_de="Rettich")

    rebuild(edit)
    assert Document.objects.get().forms == ["rettich"]


def catch_up_among(monkeypatch, documents, changed):
    """(entries read anew, pending ones left) after so many of the entries have changed."""
    monkeypatch.setattr(rebuilding, "MANY", 1)
    TopicFactory.create_batch(documents)
    refresh_all()
    Topic.objects.filter(pk__in=Topic.objects.values("pk")[:changed]).update(name_en="Swede")
    anew = []
    monkeypatch.setattr(rebuilding, "rebuild", lambda *_args, **_options: anew.append(rebuild()))
    catch_up()
    return anew, Pending.objects.count()


def test_a_good_part_of_all_entries_is_read_with_all_the_others(monkeypatch):
    assert catch_up_among(monkeypatch, documents=5, changed=2) == ([5], 0)


def test_few_changed_entries_are_read_alone(monkeypatch):
    assert catch_up_among(monkeypatch, documents=9, changed=2) == ([], 0)


def test_a_rebuild_that_was_cut_short_goes_on_and_searches_wait_for_none(monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 1)
    TopicFactory.create_batch(5)
    refresh_all()
    before = told()
    cut_short_at(2)
    assert refresh() == 0
    assert told() == before
    assert rebuild(anew=False) == 3
    assert told() == before
    assert not Pending.objects.exists()
    assert not twins.exist()


def test_what_has_changed_since_a_rebuild_was_cut_short_is_read_again(monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 1)
    TopicFactory.create_batch(4, name_de="Kürbis")
    cut_short_at(3)
    first, second, *_rest = topics()
    Topic.objects.filter(pk=first).update(name_de="Kartoffel")
    Topic.objects.filter(pk=second).delete()
    refresh_all()
    rebuild(anew=False)
    after = told()
    rebuild()
    assert told() == after


def test_what_a_rebuild_that_was_cut_short_has_left_names_no_anonymised_person():
    person = SpeakerFactory(given_name="Zacharias", family_name="Kürbiskern")
    AppearanceFactory(speaker=person)
    refresh_all()
    cut_short_at(Document.objects.count())
    assert [left_of("kürbis", table) > 0 for table in twins.TABLES] == [True, True, False]
    anonymise(person)
    refresh_all()
    assert [left_of("kürbis", table) for table in twins.TABLES] == [0, 0, 0]


def left_of(word, table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}_next AS row WHERE row::text ILIKE '%%{word}%%'")
        return cursor.fetchone()[0]


def test_two_rebuilds_at_once_are_one_too_many(monkeypatch):
    monkeypatch.setattr("index.locks._REBUILDING", 5)
    other = connection.copy()
    with closing(other), other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(5)")
        assert is_rebuilding()
        with pytest.raises(CommandError):
            call_command("rebuild_index")
        cursor.execute("SELECT pg_advisory_unlock(5)")
    rebuild()


def test_searches_do_not_queue_behind_a_long_transaction(monkeypatch):
    TopicFactory()
    refresh_all()
    monkeypatch.setattr(twins, "_PATIENCE", "1ms")
    other = connection.copy()
    waited = []

    def wait(seconds):
        waited.append(seconds)
        other.rollback()

    monkeypatch.setattr(twins.time, "sleep", wait)
    with closing(other), other.cursor() as cursor:
        other.set_autocommit(False)
        cursor.execute("SELECT count(*) FROM index_document")
        rebuild()
    assert waited == [twins._PAUSE]
    assert Document.objects.count() == 1


def test_nothing_waits_for_ever(monkeypatch):
    monkeypatch.setattr(twins, "_PATIENCE", "1ms")
    monkeypatch.setattr(twins, "_TRIES", 1)
    other = connection.copy()
    with closing(other), other.cursor() as cursor:
        other.set_autocommit(False)
        cursor.execute("SELECT count(*) FROM index_document")
        with pytest.raises(OperationalError), transaction.atomic():
            rebuild()
        other.rollback()
    assert rebuild(anew=False) == 0


def test_fresh_tables_are_built_like_those_that_they_replace():
    before = shapes()
    rebuild()
    assert shapes() == before


def test_searches_find_old_and_new_words_while_the_index_is_rebuilt(monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 1)
    organisation = OrganisationFactory(name="Kürbisamt")
    events = [EventFactory(title=f"Kürbisfest {place}", organisers=[organisation]) for place in range(3)]
    refresh_all()
    found = []

    def edit_and_ask(done, total):
        if done == 3:
            Organisation.objects.update(name="Kartoffelamt")
        found.append((len(ask("Kürbisfest")), len(ask("Kartoffelamt"))))

    rebuild(edit_and_ask)
    assert len(found) == Document.objects.count()
    assert {old for old, _new in found} == {len(events)}
    assert {new for _old, new in found[3:]} == {len(events)}
    after = told()
    rebuild()
    assert told() == after


def test_what_concerns_others_is_not_struck_off_by_a_rebuild():
    organisation = OrganisationFactory(name="Kürbisamt")
    EventFactory(organisers=[organisation])
    refresh_all()
    Organisation.objects.update(name="Kartoffelamt")
    rebuild(anew=False)
    assert len(ask("Kartoffelamt")) == 1


@pytest.mark.django_db(transaction=True)
def test_several_processes_make_the_same_index(monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    monkeypatch.setattr(rebuilding, "_WORTH_A_PROCESS", 1)
    TopicFactory.create_batch(5)
    EventFactory(title="Kürbisfest")
    rebuild()
    after = told()
    Document.objects.all().delete()
    progress = []
    number = rebuild(lambda done, total: progress.append((done, total)), jobs=2)
    assert progress[-1] == (number, number)
    assert told() == after


def shapes():
    """Columns, rules, indexes, storage: what of the index's tables must not change by a rebuild."""
    told = []
    with connection.cursor() as cursor:
        for table in twins.TABLES:
            cursor.execute(
                "SELECT attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attstorage "
                "FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
                [table],
            )
            told += [table, *sorted(cursor.fetchall())]
            cursor.execute(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass",
                [table],
            )
            told += sorted(cursor.fetchall())
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", [table])
            told += sorted(cursor.fetchall())
            cursor.execute(
                "SELECT reloptions, pg_get_serial_sequence(%s, 'id') FROM pg_class WHERE oid = %s::regclass",
                [table, table],
            )
            told += cursor.fetchall()
    return told


def ask(text):
    return search.find(text, nouns=["event"]).hits


def topics():
    return Topic.objects.values_list("pk", flat=True)
