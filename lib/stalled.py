"""Sessions whose database has fallen silent are broken off, so that nobody waits for ever.

A server that is gone says so, or its machine's silence is noticed by the system. One that is there and does
nothing (its machine is frozen, its disk hangs) says nothing, and keeps its connections. The driver waits.
So a thread looks: where an answer is long in coming, and nobody else gets a session either, it hangs up. Who
waited is told that the connection is lost, and goes on as with a server that is gone (`lib.reading`).
"""

import logging
import os
import socket
import threading
import time
import weakref
from contextlib import suppress
from typing import Any

import psycopg2
from django.db.backends.signals import connection_created
from psycopg2.extensions import TRANSACTION_STATUS_ACTIVE

from lib.reading import fell_silent

logger = logging.getLogger(__name__)

# An answer that takes longer is worth a look.
SECONDS = 2.0
# Parts of the time for connecting (DATABASE_CONNECT_TIMEOUT) after which nothing was heard, not a refusal.
_NEARLY = 0.9

# Django's connections of all threads, and since when their sessions have been owed an answer.
_noted: "weakref.WeakSet[Any]" = weakref.WeakSet()
_owed: dict[int, float] = {}


def watch() -> None:
    """From now on, as long as the process lives. For the web server: commands may wait."""
    connection_created.connect(_note, dispatch_uid="lib.stalled")
    threading.Thread(target=_watch, name="lib.stalled", daemon=True).start()


def _note(connection: Any, **_signal: Any) -> None:
    _noted.add(connection)


def _watch() -> None:
    # Sleeping would fail where somebody puts the clock back.
    pause = threading.Event()
    while True:
        pause.wait(SECONDS / 2)
        try:
            look(time.monotonic())
        except Exception:
            logger.exception("Sessions of the database could not be looked at.")


def look(now: float) -> int:
    """Hangs up where a database has fallen silent; for how many sessions. `now` as time.monotonic()."""
    waiting = [one for one in list(_noted) if is_waiting(one.connection)]
    known = {id(one.connection): one for one in waiting}
    for gone in _owed.keys() - known.keys():
        del _owed[gone]
    long = [one for key, one in known.items() if now - _owed.setdefault(key, now) >= SECONDS]
    # One question to each database.
    asked = {_address(one): one for one in long}
    silent = []
    for address, one in asked.items():
        begun = time.monotonic()
        if not takes_sessions(one):
            fell_silent(one.settings_dict, begun)
            silent.append(address)
    for one in long:
        _owed.pop(id(one.connection), None)
    return sum(hang_up(one.connection) for one in waiting if _address(one) in silent)


def _address(connection: Any) -> str:
    return repr(sorted(connection.settings_dict.items(), key=str))


def is_waiting(session: Any) -> bool:
    """Whether something was asked that has no answer yet. The driver tells it without a lock."""
    with suppress(psycopg2.Error):
        return bool(session and session.info.transaction_status == TRANSACTION_STATUS_ACTIVE)
    return False


def takes_sessions(connection: Any) -> bool:
    """Whether the server of this connection does anything at all: a refusal is an answer, too."""
    parameters = connection.get_connection_params()
    begun = time.monotonic()
    try:
        psycopg2.connect(**parameters).close()
    except psycopg2.OperationalError:
        return time.monotonic() - begun < _NEARLY * parameters.get("connect_timeout", SECONDS)
    return True


def hang_up(session: Any) -> bool:
    """Closes the line to the server, not the session: that is the business of who waits for it."""
    try:
        if not is_waiting(session):
            return False
        line = socket.socket(fileno=os.dup(session.fileno()))
        try:
            line.shutdown(socket.SHUT_RDWR)
        finally:
            line.close()
    except (psycopg2.Error, OSError):
        return False
    logger.error("The database has fallen silent; a session with it was broken off.")
    return True
