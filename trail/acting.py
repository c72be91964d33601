"""Who acts, and why: what the database notes beside each change.

Both travel as settings of the transaction (`SET LOCAL`), told before its first write, so that they end with
it: a pool may hand the connection to somebody else. In SQL by hand:
`SET LOCAL kongressatlas.actor = '7'; SET LOCAL kongressatlas.reason = '…';`
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction
from psycopg2.extensions import TRANSACTION_STATUS_IDLE

LONGEST_REASON = 300
# What nobody has said: (actor, reason).
NOTHING = ("", "")
_WRITES = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|MERGE|COPY|DO|CALL)\b|\s*WITH\b.*\b(INSERT|UPDATE|DELETE)\b", re.I | re.S
)
_TELL = "SELECT set_config('kongressatlas.actor', %s, true), set_config('kongressatlas.reason', %s, true)"
_BACK = re.compile(r"\s*ROLLBACK\b", re.I)


@dataclass(frozen=True)
class _Act:
    user: Any = None
    reason: Any = ""

    def told(self) -> tuple[str, str]:
        user = self.user() if callable(self.user) else self.user
        reason = self.reason() if callable(self.reason) else self.reason
        return str(getattr(user, "pk", None) or ""), str(reason or "").replace("\x00", "")[:LONGEST_REASON]


_current: ContextVar[_Act | None] = ContextVar("trail_acting", default=None)


@contextmanager
def acting(user: Any, reason: str | Callable[[], str] = "") -> Iterator[None]:
    """Changes within are the user's (None: nobody's), for this reason.

    User and reason may be functions: they are asked at the first write, if there is any.
    """
    token = _current.set(_Act(user, reason))
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def because(reason: str) -> Iterator[None]:
    """Changes within are made for this reason, by whoever is acting."""
    token = _current.set(replace(_current.get() or _Act(), reason=reason))
    try:
        yield
    finally:
        _current.reset(token)


def actor() -> Any:
    """The user who is acting, None where nobody is known."""
    act = _current.get()
    user = act.user() if act and callable(act.user) else act and act.user
    return user if getattr(user, "pk", None) else None


def current_transaction() -> int:
    """The number by which the trail knows the transaction that is open; for `trail.undoing.undo`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trail_transaction()")
        return int(cursor.fetchone()[0])


class Teller:
    """Tells a connection's transactions who acts, before the first write of each. Wraps every statement."""

    def __init__(self) -> None:
        self.told = NOTHING
        self.asking = False

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        act = _current.get()
        if (act is None and self.told == NOTHING) or self.asking:
            return execute(sql, params, many, context)
        text = sql.decode(errors="replace") if isinstance(sql, bytes) else str(sql)
        db = context["connection"]
        if db.connection.info.transaction_status == TRANSACTION_STATUS_IDLE:
            # The one that was told is over.
            self.told = NOTHING
        if _BACK.match(text):
            # What was told within may be taken back with it.
            self.told = ("?", "?")
        elif _WRITES.match(text):
            return self._write(act or _Act(), db, lambda: execute(sql, params, many, context))
        return execute(sql, params, many, context)

    def _write(self, act: _Act, db: Any, write: Callable[[], Any]) -> Any:
        says = self._asked(act)
        if says == self.told:
            return write()
        # A statement by itself is a transaction too, but one that would end before the write.
        with transaction.atomic(using=db.alias) if db.get_autocommit() else nullcontext():
            with db.cursor() as cursor:
                cursor.execute(_TELL, says)
            self.told = says
            return write()

    def _asked(self, act: _Act) -> tuple[str, str]:
        """Asking may take statements of its own: who signs a request in, for instance."""
        self.asking = True
        try:
            return act.told()
        finally:
            self.asking = False


def listen(connection: Any, **kwargs: Any) -> None:
    """A receiver of `connection_created`."""
    if not any(isinstance(wrapper, Teller) for wrapper in connection.execute_wrappers):
        connection.execute_wrappers.append(Teller())
