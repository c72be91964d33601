"""Who may write the index: one at a time, and one rebuild at a time beside it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from lib.sessions import must_last

# Any numbers, the same in every process.
_WRITING, _REBUILDING = 7_303_014, 7_303_015


class UnderWay(Exception):
    """Another process is making the index anew."""


def lock() -> None:
    """Until the transaction ends nobody else writes the index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITING])


@contextmanager
def rebuilding() -> Iterator[None]:
    """Nobody else makes the index anew meanwhile; `UnderWay` if somebody does. Ends with the session."""
    must_last()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_REBUILDING])
        if not cursor.fetchone()[0]:
            raise UnderWay
        try:
            yield
        finally:
            if connection.is_usable():
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_REBUILDING])


def is_rebuilding() -> bool:
    """Whether some process is making the index anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objid = %s "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [_REBUILDING],
        )
        return bool(cursor.fetchone()[0])
