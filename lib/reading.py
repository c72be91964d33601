"""From which database a request reads: the primary, or a replica that is as new (docs/adr/0031).

Reading from a replica means that its connection stands in Django's slot for the default database while the
block lasts. So everything within reads there, whichever way it asks: querysets, SQL by hand, cursors.
"""

import logging
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import DEFAULT_DB_ALIAS, Error, InterfaceError, OperationalError, connections
from django.db.utils import ConnectionHandler

logger = logging.getLogger(__name__)
Row = tuple[Any, ...]

# A database that did not answer is asked again by one thread, after so many times as long as that took: soon
# after a refusal, which costs nothing; after so many seconds at most where nothing is heard of it.
TIMES_OF_REST, SECONDS_OF_REST = 20, 5.0
_SHORTEST_REST = 0.2


class Away(OperationalError):
    """The database did not answer a moment ago, and is not asked again before its rest is over."""


class _Place(threading.local):
    """Where this thread reads: a replica or None; the primary's connection while that is out of its slot."""

    source: "Source | None" = None
    primary: Any = None


_place = _Place()


class Source:
    """One database, as all threads of this process know it. Connections are each thread's own."""

    def __init__(self, name: str, handler: ConnectionHandler) -> None:
        self.name = name
        self.handler = handler
        self._away_since: float | None = None
        self._asked_at = 0.0
        self._answered_at = 0.0
        self._rest = 0.0

    @property
    def connection(self) -> Any:
        return self.handler[DEFAULT_DB_ALIAS]

    @property
    def away_since(self) -> float | None:
        """Since when (time.time()) it does not answer; None while it does."""
        return self._away_since

    def may_be_asked(self) -> bool:
        """False while it rests. Then the first to ask is let through; others wait for what comes of it."""
        if self._away_since is None:
            return True
        if self.is_resting():
            return False
        self._asked_at = time.monotonic()
        return True

    def is_resting(self) -> bool:
        """Whether it did not answer just now, so that nobody asks it."""
        is_over = time.monotonic() - self._asked_at >= min(self._rest, SECONDS_OF_REST)
        return self._away_since is not None and not is_over

    def failed(self, asked_at: float) -> None:
        """It did not answer what it was asked at that moment (of time.monotonic()): its rest begins.

        Not if it has answered somebody since: then a session was lost, before the database was back.
        """
        self.connection.close()
        if self._answered_at > asked_at:
            return
        self._asked_at = time.monotonic()
        self._rest = max(_SHORTEST_REST, TIMES_OF_REST * (self._asked_at - asked_at))
        if self._away_since is None:
            self._away_since = time.time()
            logger.error("The %s does not answer.", self.name)

    def answered(self) -> None:
        self._answered_at = time.monotonic()
        if self._away_since is not None:
            self._away_since = None
            logger.error("The %s answers again.", self.name)

    def ask(self, sql: str, told: Mapping[str, Any] | None = None) -> Row | None:
        """The first row; None where there is none, Away where it does not answer. `told` are the parameters.

        A connection that was kept may have died with its server since: then a new one is tried, once. So this
        takes the place of the check that Django would make of a connection's health.
        """
        if not self.may_be_asked():
            raise Away(f"The {self.name} does not answer.")
        begun = time.monotonic()
        try:
            row = self._first(sql, told)
        except Error as error:
            if not _is_lost(error):
                raise
            self.failed(begun)
            raise Away(f"The {self.name} does not answer.") from error
        self.answered()
        return row

    def _first(self, sql: str, told: Mapping[str, Any] | None = None) -> Row | None:
        connection = self.connection
        if self._away_since is not None and not connection.in_atomic_block:
            # What was kept from before may be silent for ever.
            connection.close()
        is_kept = connection.connection is not None
        connection.health_check_done = True
        try:
            return _first_row(connection, sql, told)
        except Error as error:
            if not is_kept or connection.in_atomic_block or not _is_lost(error) or self._away_since:
                raise
            connection.close()
            return _first_row(connection, sql, told)

    def is_suspect(self) -> bool:
        """Whether something went wrong in this thread's session that another database might do better."""
        return bool(self.connection.errors_occurred)

    def was_cut(self) -> bool:
        """Whether this thread's session with it has ended without our doing."""
        session = self.connection.connection
        return session is not None and bool(session.closed)

    def answers(self) -> bool:
        """Whether it does right now, however it failed before."""
        begun = time.monotonic()
        try:
            self._first("SELECT 1")
        except Error as error:
            # It may be there, and refuse to go on with a transaction that has failed.
            if _is_lost(error):
                self.failed(begun)
                return False
        self.answered()
        return True


class _Primary(Source):
    @property
    def connection(self) -> Any:
        return _place.primary or super().connection


def _is_lost(error: Error) -> bool:
    """Whether there is no session any more, or none to be had: what no server has said (it adds a code), or
    what it says of sessions, of its resources, of its own end (PostgreSQL, appendix A)."""
    code = getattr(error.__cause__, "pgcode", None)
    return code is None or code[:2] in ("08", "53", "57")


def is_loss(exception: Exception) -> bool:
    """Whether a session with a database was lost; where there is a new one since, nothing else tells it.

    A statement that took longer than it may is none, though PostgreSQL counts both as an operator's doing.
    """
    if getattr(exception.__cause__, "pgcode", None) == "57014":
        return False
    return isinstance(exception, OperationalError | InterfaceError) and _is_lost(exception)


def _first_row(connection: Any, sql: str, told: Mapping[str, Any] | None) -> Row | None:
    if connection.queries_logged:
        with connection.cursor() as cursor:
            return _answered(cursor, sql, told)
    # Every request asks so: with the driver's own cursor that takes a third of the time. Errors are Django's.
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        return _answered(cursor, sql, told)


def _answered(cursor: Any, sql: str, told: Mapping[str, Any] | None) -> Row | None:
    cursor.execute(sql, told)
    row: Row | None = cursor.fetchone()
    return row


PRIMARY: Source = _Primary("primary database", connections)


def fell_silent(settings_dict: dict[str, Any], asked_at: float) -> None:
    """Known from elsewhere (`lib.stalled`) of the database with these settings: nobody needs to find out.

    It was asked at that moment, of time.monotonic().
    """
    for one in (PRIMARY, *replicas()):
        if one.handler.settings[DEFAULT_DB_ALIAS] == settings_dict:
            one.failed(asked_at)


@cache
def replicas() -> tuple[Source, ...]:
    """In the order of DATABASE_REPLICA_URLS."""
    return tuple(
        Source(f"replica {number}", ConnectionHandler({DEFAULT_DB_ALIAS: dict(database)}))
        for number, database in enumerate(settings.DATABASE_REPLICAS, 1)
    )


def source() -> Source:
    """Where this thread reads just now."""
    return _place.source or PRIMARY


@contextmanager
def reading_from(chosen: Source) -> Iterator[None]:
    """All that this thread asks the default database within goes there."""
    before = source()
    _stand_at(chosen)
    try:
        yield
    finally:
        _stand_at(before)


@contextmanager
def on_primary() -> Iterator[None]:
    """For what is written or locked while a page is read. Errors: Away at once while it does not answer."""
    _refuse_if_away()
    with reading_from(PRIMARY):
        yield


def stay_on_primary() -> None:
    """From here on the request reads there, as it needs what a replica cannot know. Errors: as above."""
    _refuse_if_away()
    _stand_at(PRIMARY)


def _refuse_if_away() -> None:
    if _place.source is not None and PRIMARY.away_since is not None:
        raise Away(f"The {PRIMARY.name} does not answer.")


def _stand_at(chosen: Source) -> None:
    if chosen is PRIMARY:
        if _place.primary is not None:
            connections[DEFAULT_DB_ALIAS] = _place.primary
        _place.source = _place.primary = None
        return
    if _place.primary is None:
        _place.primary = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = chosen.connection
    _place.source = chosen


def _look_after_replicas(**_signal: Any) -> None:
    """What Django does for connections in its settings: those that are broken or too old are closed."""
    for replica in replicas():
        for connection in replica.handler.all(initialized_only=True):
            connection.close_if_unusable_or_obsolete()


request_started.connect(_look_after_replicas, dispatch_uid="lib.reading.started")
request_finished.connect(_look_after_replicas, dispatch_uid="lib.reading.finished")
