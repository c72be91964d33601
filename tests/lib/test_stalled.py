"""Who waits for a database that has fallen silent is told so."""

import threading
import time

import psycopg2
import pytest
from django.db import connection

from lib import reading, stalled
from lib.reading import PRIMARY

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting():
    """A connection that has asked something and will get no answer for long, and what becomes of it."""
    own = connection.copy()
    own.ensure_connection()
    stalled._noted.add(own)
    session, ended = own.connection.info.backend_pid, []

    def ask():
        try:
            with own.connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(60)")
        except psycopg2.Error as error:
            ended.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    while not stalled.is_waiting(own.connection):
        threading.Event().wait(0.01)
    yield thread, ended
    stalled._noted.discard(own)
    stalled._owed.clear()
    with connection.cursor() as cursor:
        # A server that was hung up on sleeps on, and with it whatever only that session could still see.
        cursor.execute("SELECT pg_terminate_backend(%s, 10_000)", [session])
    thread.join(10)
    own.close()


def test_a_session_without_an_answer_is_broken_off(waiting, monkeypatch):
    thread, ended = waiting
    told = []
    monkeypatch.setattr(stalled, "takes_sessions", lambda _connection: False)
    monkeypatch.setattr(stalled, "fell_silent", lambda settings, _asked_at: told.append(settings))
    assert stalled.look(0.0) == 0
    assert stalled.look(stalled.SECONDS) == 1
    thread.join(10)
    (error,) = ended
    assert error.pgcode is None
    assert told == [connection.settings_dict]


def test_one_whose_server_is_merely_busy_goes_on_waiting(waiting):
    thread, ended = waiting
    stalled.look(0.0)
    assert stalled.look(stalled.SECONDS) == 0
    assert thread.is_alive()
    assert ended == []


def test_a_session_that_nobody_waits_for_is_left_alone():
    own = connection.copy()
    own.ensure_connection()
    try:
        assert stalled.is_waiting(own.connection) is False
        assert stalled.hang_up(own.connection) is False
        assert own.is_usable()
    finally:
        own.close()


def test_a_server_that_refuses_says_something(monkeypatch):
    other = connection.copy()
    other.settings_dict = {**other.settings_dict, "OPTIONS": {"host": "/nowhere", "connect_timeout": 3}}
    assert stalled.takes_sessions(other) is True


def test_all_threads_are_told(monkeypatch):
    """The thread that tells has no session of its own."""
    monkeypatch.setattr(reading.connections[reading.DEFAULT_DB_ALIAS], "close", lambda: None)
    monkeypatch.setattr(reading, "SECONDS_OF_REST", 1_000.0)
    monkeypatch.setattr(reading, "_SHORTEST_REST", 1_000.0)
    reading.fell_silent(connection.settings_dict, time.monotonic())
    try:
        assert PRIMARY.is_resting()
        assert not PRIMARY.may_be_asked()
    finally:
        PRIMARY.answered()
    assert not PRIMARY.is_resting()


def test_who_was_cut_off_before_it_was_back_sends_nobody_away(monkeypatch):
    """A thread may hear that its session is lost long after others have been answered again."""
    monkeypatch.setattr(reading.connections[reading.DEFAULT_DB_ALIAS], "close", lambda: None)
    asked_at = time.monotonic()
    PRIMARY.answered()
    assert PRIMARY.may_be_asked()
    monkeypatch.setattr(PRIMARY, "_answered_at", asked_at + 0.001)
    PRIMARY.failed(asked_at)
    assert PRIMARY.away_since is None
    assert PRIMARY.may_be_asked()
