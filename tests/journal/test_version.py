"""The catalogue's version: one number for every change that visitors can see."""

import threading
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import OperationalError, connection, transaction

from events.models import Event, EventTopic, Topic
from journal import version
from journal.models import CatalogueVersion
from tests.factories import (
    EventFactory,
    OrganisationFactory,
    SeriesFactory,
    SourceFactory,
    TopicFactory,
)
from tests.journal.hands import commit_changes
from tests.rules import own_models, refused

# Every table of our own stands in one of these lists: what any page or output tells, and what none does.
TELLING = {
    "addresses.FormerSlug",
    "events.Appearance",
    "events.Award",
    "events.Event",
    "events.EventTopic",
    "events.EventVenue",
    "events.Participation",
    "events.PreviousDate",
    "events.Price",
    "events.PublishedVersion",
    "events.Series",
    "events.SeriesOrganiser",
    "events.Session",
    "events.Source",
    "events.Topic",
    "events.Venue",
    "organisations.Organisation",
    "pages.Barrier",
    "pages.Statement",
    "speakers.Speaker",
}
SILENT = {
    "accounts.Lock": "who may not try to sign in for a while",
    "accounts.Membership": "who answers for which organisation, for editors",
    "accounts.SignIn": "who signed in when, for themselves and administrators",
    "api.Usage": "how often the API is asked",
    "catalogue.LoadedRecord": "the loader's memory",
    "catalogue.UploadedTable": "kept for a day, until its upload is confirmed",
    "curation.Examined": "what the search for duplicates has looked at",
    "curation.Link": "whether addresses still lead somewhere, for editors",
    "curation.LinkCheck": "whether addresses still lead somewhere, for editors",
    "curation.Suspicion": "what may be the same, for editors",
    "curation.Unlike": "what is not the same, for editors",
    "events.Step": "an entry's way to the public, for editors",
    "feedback.Report": "visitors' reports, for editors",
    "index.Document": "made from the rest",
    "index.Name": "made from the rest",
    "index.Pending": "made from the rest",
    "index.Word": "made from the rest",
    "journal.CatalogueVersion": "the number itself",
    "journal.Tombstone": "written with the change of the entry that goes",
    "operations.ErrorNotice": "which errors were mailed when, for those who run the site",
    "operations.JobRun": "when periodic work was done, for editors",
    "privacy.Disclosure": "who was told what is stored on them, for administrators",
    "privacy.Erasure": "one-way digests, for restored backups",
    "shelf.SharedPage": "finished pages, each under the version that it tells of",
    "speakers.ErasedPerson": "one-way digests, for the loader",
    "trail.Change": "what rows were before, for editors",
}


@contextmanager
def raised(by=1):
    """The block raises the version by so much."""
    before = version.current().number
    yield
    assert version.current().number - before == by


@contextmanager
def second_connection():
    """Another client of the same database, in a transaction that is open."""
    other = connection.get_new_connection(connection.get_connection_params())
    try:
        yield other
    finally:
        other.close()


def triggers():
    """{(table, what it follows)} of the triggers that raise the version."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT event_object_table, event_manipulation FROM information_schema.triggers "
            "WHERE action_statement LIKE '%%journal_note_change%%' UNION "
            "SELECT tgrelid::regclass::text, 'TRUNCATE' FROM pg_trigger WHERE tgtype & 32 > 0"
        )
        return set(cursor.fetchall())


@pytest.mark.django_db
def test_every_table_either_tells_something_or_says_why_not():
    assert {model._meta.label for model in own_models()} == TELLING | set(SILENT)
    tables = {apps.get_model(label)._meta.db_table for label in TELLING}
    assert triggers() == {
        (table, kind) for table in tables for kind in ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
    }


@pytest.mark.django_db
def test_the_version_is_one_row():
    with refused("catalogueversion_is_one_row"):
        CatalogueVersion.objects.create(pk=2, number=1, at="2027-01-01T00:00:00Z")


@pytest.mark.django_db
def test_an_empty_catalogue_has_the_version_nought():
    CatalogueVersion.objects.all().delete()
    assert version.current() == (0, version.NEVER)


@pytest.mark.django_db
def test_the_version_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        version.current()


@pytest.mark.django_db(transaction=True)
def test_a_transaction_raises_it_once_however_much_it_changes():
    with raised(), transaction.atomic():
        event = EventFactory(topics=[TopicFactory()])
        SourceFactory(event=event)
        Topic.objects.update(name_de="Anders")
    assert version.current().at > version.NEVER


@pytest.mark.django_db(transaction=True)
def test_every_way_of_writing_counts():
    with raised():
        topic = TopicFactory()
    with raised():
        Topic.objects.filter(pk=topic.pk).update(name_de="Anders")
    with raised(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM events_topic")
    with raised(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE events_source")


@pytest.mark.django_db(transaction=True)
def test_what_changes_nothing_that_visitors_see_does_not_count():
    with raised(0):
        user = User.objects.create_user("redaktion")
        LogEntry.objects.create(user=user, action_flag=1, object_repr="–")
        Event.objects.update(title="Niemand")
        Topic.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_does_not_count():
    with raised(0), transaction.atomic():
        TopicFactory()
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_of_a_transaction():
    TopicFactory()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_pending")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_edits_in_one_transaction_can_be_told_apart_in_tests():
    event = EventFactory()
    commit_changes()
    with raised():
        EventTopic.objects.create(event=event, topic=TopicFactory())
        commit_changes()
    event.refresh_from_db()
    assert event.revision == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_a_time_take_turns_and_are_both_counted():
    topics = [TopicFactory(), TopicFactory()]
    second = Topic.objects.filter(pk=topics[1].pk)
    with raised(2), second_connection() as other, other.cursor() as cursor:
        cursor.execute("UPDATE events_topic SET name_de = 'Eins' WHERE id = %s", [topics[0].pk])
        with transaction.atomic(), connection.cursor() as mine:
            mine.execute("SET LOCAL lock_timeout = '50ms'")
            with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
                second.update(name_de="Zwei")
        number = version.current().number
        other.commit()
        assert version.current().number == number + 1
        second.update(name_de="Zwei")


@pytest.mark.django_db(transaction=True)
def test_edits_that_reach_the_same_entries_never_wait_for_each_other_in_a_circle():
    series, topic, host = SeriesFactory(), TopicFactory(), OrganisationFactory()
    events = EventFactory.create_batch(8, series=series, topics=[topic], organisers=[host])
    edits = [("events_topic", "name_en", [topic]), ("organisations_organisation", "name_en", [host])]
    edits += [("events_event", "title_en", events), ("events_event", "title_en", events[::-1])]
    refused = []

    def write(table, column, rows):
        with second_connection() as other, other.cursor() as cursor:
            for number in range(40):
                row = rows[number % len(rows)].pk
                sql = f"UPDATE {table} SET {column} = %s WHERE id = %s"
                try:
                    cursor.execute(sql, [f"{table} {number} {id(rows)}", row])
                    other.commit()
                except Exception as error:
                    refused.append(str(error))
                    other.rollback()

    writers = [threading.Thread(target=write, args=edit) for edit in edits]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert refused == []


@pytest.mark.django_db(transaction=True)
def test_whoever_sees_the_number_sees_the_rows():
    topic = TopicFactory()
    start, stop, wrong = version.current().number, threading.Event(), []

    def write():
        with second_connection() as other, other.cursor() as cursor:
            for number in range(150):
                cursor.execute("UPDATE events_topic SET name_de = %s WHERE id = %s", [str(number), topic.pk])
                other.commit()
        stop.set()

    writer = threading.Thread(target=write)
    writer.start()
    while not stop.is_set():
        seen = version.current().number - start
        told = Topic.objects.values_list("name_de", flat=True).get()
        if seen and int(told) < seen - 1:
            wrong.append((seen, told))
    writer.join()
    assert (wrong, version.current().number - start) == ([], 150)
