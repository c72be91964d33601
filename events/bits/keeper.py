"""The snapshot that this process keeps, and how it keeps up with the catalogue.

Whoever asks gets the present state or nothing, and then answers by plain SQL. A large catalogue is read
beside, in a thread of its own, so that no request waits for it.
"""

import logging
from threading import Lock, Thread
from time import monotonic

from django.db import connection
from django.db.utils import Error
from psycopg2.errors import QueryCanceled

from events.bits import reading
from events.bits.reading import Missed, Unsettled
from events.bits.snapshot import Snapshot
from journal.kept import remember_to_forget
from journal.state import state
from lib.allocation import give_back

log = logging.getLogger(__name__)

# Up to so many events are read while the request waits, which takes a tenth of a second.
_AT_ONCE = 5_000
# All is read anew, beside, when the small segments hold more than this, or than this part of the events.
_MOST_CHANGED, _MOST_OF_ALL = 500, 50
# After that reading rests so many times as long as it took, for the case that somebody loads thousands.
_REST = 2
# Longer nobody waits for another thread that is reading what has changed; nor, of a large catalogue, for who
# is reading that or all: plain SQL would answer later, and keep the reader from its work.
_PATIENCE, _LONG_PATIENCE = 0.5, 8.0


class Keeper:
    def __init__(self) -> None:
        self._held: Snapshot | None = None
        self._turn = Lock()
        self._reader: Thread | None = None
        self._rests_until = 0.0

    def current(self) -> Snapshot | None:
        """The present state (1 query, 2 after a change). None if it does not come to be known in time, and
        within a transaction, which may see what nobody else does."""
        if connection.in_atomic_block:
            return None
        now, held = state(), self._held
        if now is None or (held and held.state == now):
            return held if now else None
        found = self._in_turn()
        if found is None and self._reader and self._reader.is_alive():
            self._reader.join(_LONG_PATIENCE)
            found = None if self._reader.is_alive() else self._in_turn()
        return found

    def _in_turn(self) -> Snapshot | None:
        is_large = self._held and self._held.segments[0].size > _AT_ONCE
        if not self._turn.acquire(timeout=_LONG_PATIENCE if is_large else _PATIENCE):
            return None
        try:
            return self._kept_up()
        except Unsettled:
            return None
        finally:
            self._turn.release()

    def _kept_up(self) -> Snapshot | None:
        if self._held is None:
            return self._begun()
        try:
            self._held = reading.read_on(self._held)
        except Missed:
            self._held = None
            return self._begun()
        if self._held.changed > max(_MOST_CHANGED, self._held.segments[0].size // _MOST_OF_ALL):
            self._read_beside()
        return self._held

    def _begun(self) -> Snapshot | None:
        if _is_large():
            self._read_beside()
        else:
            self._held = reading.read()
        return self._held

    def begin(self) -> None:
        """At the start of a process: reads, beside, what will be asked for."""
        if self._held is None:
            self._read_beside()

    # -- beside ---------------------------------------------------------------------------------

    def _read_beside(self) -> None:
        is_at_it = self._reader and self._reader.is_alive()
        if not is_at_it and monotonic() >= self._rests_until:
            self._reader = Thread(target=self._read, name="events.bits", daemon=True)
            self._reader.start()

    def _read(self) -> None:
        """Takes the place of what is held. It may be behind that: the next request reads what is missing."""
        began = monotonic()
        try:
            fresh = reading.read()
            with self._turn:
                self._held = fresh
            fresh.segments[0].pairs.prepare()
            # What was needed only while reading is more than what is kept.
            give_back()
        except Unsettled:
            # A catalogue in which nothing has ever changed: there is nothing to read yet.
            pass
        except Error:
            log.warning("The catalogue could not be read for its lists", exc_info=True)
        finally:
            self._rests_until = monotonic() + _REST * (monotonic() - began)
            connection.close()

    def has_delayed(self, error: Exception) -> bool:
        """Whether a statement met its time limit while the catalogue is read, or just after: then SQL has to
        answer, on the processors that the reader needs."""
        is_busy = (self._reader and self._reader.is_alive()) or monotonic() < self._rests_until
        return bool(is_busy) and isinstance(error.__cause__, QueryCanceled)

    def settle(self, seconds: float | None = None) -> None:
        """Waits until nothing is read beside any more, or that long."""
        if self._reader:
            self._reader.join(seconds)

    def forget(self) -> None:
        """As if the process had just begun."""
        self.settle()
        self._held, self._rests_until = None, 0.0


def _is_large() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT FROM events_event LIMIT %s) AS found", [_AT_ONCE + 1])
        number: int = cursor.fetchone()[0]
    return number > _AT_ONCE


keeper = Keeper()
remember_to_forget(keeper)
