"""In which state the catalogue is: asked once by a request that only reads, each time by all others."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

from journal.newest import NEWEST, State
from lib.reading import PRIMARY, source

# One row by its only index. A replica can be asked, too.
READ = "SELECT number, at FROM journal_catalogueversion"
# Only the transaction that has changed something sees that it has; the number is raised at its end.
_READ_WITHIN = f"{READ} WHERE NOT EXISTS (SELECT FROM journal_pending)"

_told: ContextVar[list[State | None] | None] = ContextVar("journal_state", default=None)


def state() -> State | None:
    """The same value for the same public data; none while a transaction of ours has changed some.

    One query, none within `once` behind the first. Ask before reading the data: what is made of them is then
    never older than the state it is kept under. What becomes public by the clock is no change: the moment
    belongs to keys.
    """
    if connection.in_atomic_block:
        return _within()
    told = _told.get()
    if told:
        return told[0]
    found: State | None = source().ask(READ)
    if told is not None:
        told.append(found)
    return found


def of_primary() -> State | None:
    """The same, asked anew of the database that is written to. Errors: lib.reading.Away."""
    if connection.in_atomic_block:
        return _within()
    begun = time.monotonic()
    found = PRIMARY.ask(READ)
    if found:
        # Before anybody is shown anything of it.
        NEWEST.saw((found[0], found[1]), begun)
    return found


def told() -> State | None:
    """What the request was told at its beginning; none outside `once`, or if nobody has asked yet."""
    known = _told.get()
    return known[0] if known else None


def _within() -> State | None:
    with connection.cursor() as cursor:
        cursor.execute(_READ_WITHIN)
        row: State | None = cursor.fetchone()
    return row


@contextmanager
def once(known: State | None = None) -> Iterator[None]:
    """All within is one request that only reads: the state is that of its beginning, however long it takes.

    What is read later may be newer, never older. A transaction within asks for itself.
    """
    token = _told.set([] if known is None else [known])
    try:
        yield
    finally:
        _told.reset(token)
