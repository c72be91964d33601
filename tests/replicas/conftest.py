"""Two real PostgreSQL servers, one following the other, in place of the tests' own database."""

import subprocess
from contextlib import contextmanager

import environ
import pytest
import time_machine
from django.conf import settings as site_settings
from django.db import DEFAULT_DB_ALIAS, close_old_connections, connection, connections
from django.db.utils import ConnectionHandler
from django.test import Client

from config.settings import database
from journal import sources
from journal.kept import forget_everything
from journal.newest import NEWEST
from lib import reading
from tests.cast import make_cast
from tests.factories import NOW
from tools import postgres
from tools.standby import Pair
from tools.terminal import Problem


@contextmanager
def default_database(url):
    """The default connection of this thread leads there."""
    before = connections[DEFAULT_DB_ALIAS]
    handler = ConnectionHandler({DEFAULT_DB_ALIAS: database(environ.Env.db_url_config(url))})
    connections[DEFAULT_DB_ALIAS] = handler[DEFAULT_DB_ALIAS]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        connections[DEFAULT_DB_ALIAS] = before


@pytest.fixture(scope="package")
def pair(django_db_setup, django_db_blocker):
    try:
        pair = Pair()
    except Problem as problem:
        pytest.skip(f"No PostgreSQL whose servers could follow one another: {problem.wrong}")
    try:
        pair.primary.start()
        with django_db_blocker.unblock():
            pair.fill_from(connection.settings_dict)
            with default_database(pair.url), time_machine.travel(NOW):
                pair.cast = make_cast()
        pair.follow()
        yield pair
    finally:
        pair.stop()


@pytest.fixture
def site(pair, settings, django_db_blocker):
    """A visitor of the site that reads from both; both run and are level."""
    settings.DATABASE_REPLICAS = [database(environ.Env.db_url_config(pair.standby_url))]
    settings.SECURITY_CONTACT = "mailto:sicherheit@example.org"
    forget()
    with (
        django_db_blocker.unblock(),
        default_database(pair.url),
        time_machine.travel(NOW, tick=True),
    ):
        settle(pair)
        yield Visitor(raise_request_exception=False)
        for replica in reading.replicas():
            replica.connection.close()
    forget()


def forget():
    """As if the process had just begun."""
    reading.replicas.cache_clear()
    reading.PRIMARY.answered()
    NEWEST.forget()
    sources._known.clear()
    sources._ahead_since.clear()


def settle(pair):
    """Both servers run, and the standby has all that the primary has."""
    for server in (pair.primary, pair.standby):
        if server.process.poll() is not None:
            server.start()
    resume(pair)
    catch_up(pair)


def ask(server, sql):
    """What psql prints."""
    socket = str(postgres.socket_folder(server.home))
    words = [
        server.programs.folder / "psql",
        "-h",
        socket,
        "-U",
        postgres.USER,
        "-Atc",
        sql,
        postgres.DATABASE,
    ]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def pause(pair):
    """The standby goes on receiving, and shows nothing of it."""
    ask(
        pair.standby,
        "DO $$ BEGIN PERFORM pg_wal_replay_pause();"
        " WHILE pg_get_wal_replay_pause_state() <> 'paused' LOOP PERFORM pg_sleep(0.01); END LOOP; END $$",
    )


def resume(pair):
    ask(pair.standby, "SELECT pg_wal_replay_resume()")


def catch_up(pair):
    place = ask(pair.primary, "SELECT pg_current_wal_lsn()")
    ask(
        pair.standby,
        "DO $$ BEGIN FOR turn IN 1..2000 LOOP"
        f" IF pg_last_wal_replay_lsn() >= '{place}'::pg_lsn THEN RETURN; END IF;"
        " PERFORM pg_sleep(0.01); END LOOP; RAISE 'never caught up'; END $$",
    )


def mark_primary(pair, event, mark):
    """The standby shows the event as it was, the primary with the mark, and neither knows of a change: so
    each page tells where it was read. Call it while the replay is paused."""
    ask(
        pair.primary,
        "SET session_replication_role = replica;"
        f"UPDATE events_event SET title = '{mark}' WHERE id = {event.pk}",
    )


class Visitor(Client):
    def request(self, **request):
        """The test client leaves out what Django does at the beginning of each request.

        Nothing is kept from one to the next: pages would not tell where they were read.
        """
        close_old_connections()
        forget_everything()
        return super().request(**request)


def signed_in(visitor):
    visitor.cookies[site_settings.SESSION_COOKIE_NAME] = "some-session"
    return visitor
