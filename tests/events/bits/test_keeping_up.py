"""A process knows the present state at the next request, reads little for it, and lets nobody wait."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal

import pytest
from django.db import connection, transaction
from django.http import QueryDict

from events.bits import keeper as keeping
from events.bits import reading
from events.bits.keeper import keeper
from events.models import Event, Venue
from events.selection import Selection
from tests.events.bits.edits import sql
from tests.factories import NOW, EventFactory, TopicFactory, VenueFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def begun(transactional_db):
    """Three events, and a process that has just begun."""
    keeper.forget()
    topic, venue = TopicFactory(slug="ki"), VenueFactory(city="Essen", state="DE-NW")
    for number in range(3):
        EventFactory(
            slug=f"tagung-{number}", starts_on=dt.date(2027, 3, 9 + number), topics=[topic], venues=[venue]
        )
    yield
    keeper.forget()


def select(query=""):
    return Selection(QueryDict(query), "/veranstaltungen/", at=NOW)


def shown(query=""):
    selection = select(query)
    assert selection.choice
    return list(Event.objects.filter(pk__in=selection.keys[0:99]).in_order().values_list("slug", flat=True))


def count_of(selection, facet):
    told = next(one for one in selection.facets if one.name == facet)
    return {option.value: option.count for option in told.options}


# -- what it costs ----------------------------------------------------------------------------------


def test_an_unchanged_catalogue_costs_the_question_for_its_state_alone(django_assert_num_queries):
    shown()
    with django_assert_num_queries(1):
        selection = select("state=DE-NW&topic=ki&when=all")
        assert (selection.total, len(selection.keys[0:25])) == (3, 3)
        assert count_of(selection, "topic") == {"ki": 3}


def test_an_edit_costs_one_query_more(django_assert_num_queries):
    shown()
    Event.objects.filter(slug="tagung-0").update(mode="online", online_access="unknown")
    with django_assert_num_queries(2):
        assert count_of(select(), "mode") == {"onsite": 2, "online": 1}


def test_what_no_list_goes_by_is_not_read_again():
    shown()
    before = keeper.current()
    Event.objects.filter(slug="tagung-0").update(description="Anders.")
    after = keeper.current()
    assert after is not before
    assert after.segments == before.segments


def test_small_segments_grow_together():
    shown()
    for day in range(1, 21):
        Event.objects.filter(slug="tagung-0").update(
            starts_on=f"2027-04-{day:02}", ends_on=f"2027-04-{day:02}"
        )
        assert shown() == ["tagung-1", "tagung-2", "tagung-0"]
    assert len(keeper.current().segments) <= 3
    assert keeper.current().changed <= 2


# -- what is seen -----------------------------------------------------------------------------------


def test_what_becomes_public_by_the_clock_is_seen_without_an_edit():
    Event.objects.filter(slug="tagung-1").update(publish_from=NOW + dt.timedelta(hours=1))
    assert shown() == ["tagung-0", "tagung-2"]
    later = Selection(QueryDict(), "/", at=NOW + dt.timedelta(hours=1))
    assert later.choice
    assert later.total == 3


def test_a_deleted_event_that_was_still_to_become_public_is_forgotten():
    Event.objects.filter(slug="tagung-1").update(publish_from=NOW + dt.timedelta(hours=1))
    shown()
    Event.objects.filter(slug="tagung-1").delete()
    assert Selection(QueryDict(), "/", at=NOW + dt.timedelta(hours=2)).total == 2


def test_emptied_tables_are_read_anew():
    shown()
    sql("TRUNCATE events_eventtopic")
    assert count_of(select(), "topic") == {}


def test_notes_that_nobody_kept_mean_that_all_is_read_anew():
    shown()
    sql("DELETE FROM events_touched")
    Venue.objects.update(city="Wien", state="AT-9", country="AT")
    assert count_of(select(), "city") == {"wien": 3}


def test_old_notes_are_forgotten():
    shown()
    number = "pg_get_serial_sequence('events_touched', 'id')"
    sql(f"SELECT setval({number}, (nextval({number}) / 256 + 20) * 256 - 1)")
    Event.objects.filter(slug="tagung-0").update(mode="online", online_access="unknown")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM events_touched")
        assert cursor.fetchone() == (1,)


def test_more_changes_than_a_request_should_wait_for_are_read_anew(monkeypatch):
    shown()
    monkeypatch.setattr(reading, "MOST_AT_ONCE", 2)
    Event.objects.update(mode="online", online_access="unknown")
    assert count_of(select(), "mode") == {"online": 3}
    assert keeper.current().changed == 0


def test_a_transaction_answers_by_plain_sql():
    shown()
    with transaction.atomic():
        Event.objects.filter(slug="tagung-0").delete()
        selection = select()
        assert (selection.choice, selection.total, len(selection.keys[0:9])) == (None, 2, 2)
        transaction.set_rollback(True)
    assert len(shown()) == 3


# -- a large catalogue ------------------------------------------------------------------------------


def test_a_large_catalogue_is_read_beside_and_waited_for(monkeypatch):
    monkeypatch.setattr(keeping, "_AT_ONCE", 2)
    assert shown() == ["tagung-0", "tagung-1", "tagung-2"]


def test_sql_answers_where_reading_a_large_catalogue_takes_longer_than_anybody_waits(monkeypatch):
    monkeypatch.setattr(keeping, "_AT_ONCE", 2)
    monkeypatch.setattr(keeping, "_LONG_PATIENCE", 0.01)
    may_go_on, read = Signal(), reading.read

    def slowly():
        may_go_on.wait(10)
        return read()

    monkeypatch.setattr(reading, "read", slowly)
    selection = select()
    assert (selection.choice, selection.total) == (None, 3)
    may_go_on.set()
    keeper.settle()
    assert shown() == ["tagung-0", "tagung-1", "tagung-2"]


def test_of_a_large_catalogue_more_changes_are_read_while_a_request_waits(monkeypatch):
    shown()
    monkeypatch.setattr(reading, "MOST_AT_ONCE", 0)
    monkeypatch.setattr(reading, "ONE_IN", 1)
    Event.objects.update(mode="online", online_access="unknown")
    assert count_of(select(), "mode") == {"online": 3}
    assert keeper.current().changed == 3


def test_edits_while_all_is_read_anew_are_seen(monkeypatch):
    """Readers and an editor at a time, with a rebuild after every few edits: no answer is older than the edit
    that had ended before it was asked for."""
    monkeypatch.setattr(keeping, "_MOST_CHANGED", 1)
    monkeypatch.setattr(keeping, "_MOST_OF_ALL", 10_000)
    monkeypatch.setattr(keeping, "_REST", 0)
    shown()
    done = [0]

    def read(_number):
        try:
            seen = []
            for _time in range(12):
                least, selection = done[0], select()
                seen.append((least, selection.total - 3, len(selection.keys[0:99]) - 3))
            return seen
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        answers = [pool.submit(read, number) for number in range(3)]
        for number in range(12):
            EventFactory(slug=f"neu-{number}", starts_on=dt.date(2027, 5, 1 + number))
            done[0] = number + 1
        for answer in answers:
            for least, total, keys in answer.result():
                assert least <= total <= 12
                assert keys <= 12
    keeper.settle()
    assert len(shown()) == 15
