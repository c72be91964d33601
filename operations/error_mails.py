"""Errors, mailed to those who run the site: what and where, never with whom or with which data.

Of an exception only its kind and the places in the code, of a request its number, method and route. The
words of an error often repeat what somebody typed; they stand in the log, under the request's number.
The same error is mailed once an hour by all processes together, with how often it came meanwhile.
"""

import datetime as dt
import logging
import threading
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest

from lib.logs import number, of_strangers, places
from lib.requests import view_of
from lib.site import site_name

HOUR = dt.timedelta(hours=1)
# A process asks the others no more often than that.
PAUSE = dt.timedelta(minutes=1)
DEEPEST = 30


@dataclass
class _Seen:
    """`waiting` are those that no mail has told of; times are seconds since 1970."""

    waiting: int = 0
    asked_at: float = 0.0
    mailed_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


class ErrorMailHandler(logging.Handler):
    """Never raises, and never logs: that would come back to it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._seen: dict[str, _Seen] = {}

    def handle(self, record: logging.LogRecord) -> bool:
        """Without the lock that handlers hold: nobody waits for a mail that somebody else is sending."""
        passes = bool(self.filter(record))
        if passes:
            self.emit(record)
        return passes

    def emit(self, record: logging.LogRecord) -> None:
        if not settings.ERROR_RECIPIENTS or of_strangers(record):
            return
        try:
            self._told(record)
        except Exception:
            # stderr, by the library's own way: there is nobody else to tell.
            self.handleError(record)

    def _told(self, record: logging.LogRecord) -> None:
        name = fingerprint(record)
        seen = self._seen.setdefault(name, _Seen())
        with seen.lock:
            seen.waiting += 1
            if record.created - seen.asked_at < PAUSE.total_seconds():
                return
            seen.asked_at, number_of = record.created, seen.waiting
            seen.waiting = 0
        times = _turn(name, number_of, record.created, seen)
        if times:
            mail(record, times).send()


def _turn(name: str, count: int, now: float, seen: _Seen) -> int:
    """How often the error came since the last mail if one is due, else 0."""
    # Here, since the log is set up before there are models.
    from operations.models import ErrorNotice

    try:
        times = ErrorNotice.turn(name, count, dt.datetime.fromtimestamp(now, dt.UTC), HOUR)
    except Exception:
        # The database is away, which may be the very error: then each process goes by its own clock.
        if now - seen.mailed_at < HOUR.total_seconds():
            with seen.lock:
                seen.waiting += count
            return 0
        times = count
    if times:
        seen.mailed_at = now
    return times


def fingerprint(record: logging.LogRecord) -> str:
    """The same text for the same error: its kind and where it happened."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return f"{record.name}: {record.msg}"[:200]
    where = places(error.__traceback__)
    return f"{type(error).__name__} at {where[-1] if where else '?'}"[:200]


def mail(record: logging.LogRecord, times: int) -> EmailMessage:
    """Plain English, as the log is."""
    lines = [f"{record.levelname} of {record.name}: {fingerprint(record)}"]
    if times > 1:
        lines.append(f"It came {times} times since the last mail of its kind.")
    lines += ["", f"Time: {dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec='seconds')}"]
    lines += _of_request(getattr(record, "request", None))
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        lines += ["", "Where:", *places(error.__traceback__)[-DEEPEST:], type(error).__name__]
    lines += [
        "",
        "What was said stands in the log. The same error is mailed again after an hour at the earliest.",
    ]
    return EmailMessage(
        subject=f"[{site_name(settings.LANGUAGE_CODE)}] {' '.join(fingerprint(record).split())}"[:150],
        body="\n".join(lines) + "\n",
        from_email=settings.SERVER_EMAIL,
        to=settings.ERROR_RECIPIENTS,
        headers={"Auto-Submitted": "auto-generated"},
    )


def _of_request(request: Any) -> list[str]:
    if not isinstance(request, HttpRequest):
        return [f"Request: {number()}"] if number() else []
    return [f"Request: {number() or 'unknown'}", f"Method: {request.method}", f"Page: {view_of(request)}"]
