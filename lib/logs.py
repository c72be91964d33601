"""What the log says: one line for each event, for people or as JSON, with the request that it belongs to.

Nothing personal is written: of a request its number, method, path without the query; no names of accounts,
addresses shortened to their network, of what the database refused not the row.
"""

import datetime as dt
import json
import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import TracebackType
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest

from lib.visitors import truncated

# PostgreSQL repeats the values that it refuses, which may go on for many lines.
_VALUES = re.compile(
    r"^(DETAIL|CONTEXT|LINE \d+|QUERY):.*?(?=^(?:HINT|The above exception|During handling)|\Z)", re.M | re.S
)
# What a record may bring along (`extra=`) to be told by itself.
_TOLD = ("status", "duration_ms", "view", "sql")
# Where Django tells of requests that no browser sends; what they sent may be of any length.
_STRANGERS = "django.security."
_LONGEST_OF_STRANGERS = 200


class Asked(NamedTuple):
    """The request that is being answered, by its number."""

    number: str
    request: HttpRequest

    def told(self) -> dict[str, str]:
        """Without the path until it is known whether there is a secret in it."""
        known = {"request_id": self.number, "method": self.request.method or ""}
        return known | ({"path": plain_path(self.request)} if self.request.resolver_match else {})


_asked: ContextVar[Asked | None] = ContextVar("lib_logs_asked", default=None)


@contextmanager
def answering(asked: Asked) -> Iterator[None]:
    token = _asked.set(asked)
    try:
        yield
    finally:
        _asked.reset(token)


def number() -> str:
    """Of the request that is being answered; empty outside of requests."""
    asked = _asked.get()
    return asked.number if asked else ""


def plain_path(request: HttpRequest) -> str:
    """The path; its pattern instead where a part of it is a secret, as in a link for a new password.

    What looks like one is left out elsewhere, too: such a link may have been cut, and then leads nowhere.
    """
    match = request.resolver_match
    if match is not None and not SECRET.isdisjoint(match.kwargs):
        return f"/{match.route}"
    return _LIKE_A_SECRET.sub("…", request.path)


SECRET = {"key", "token", "uidb36", "uidb64"}
_LIKE_A_SECRET = re.compile(r"[0-9a-f]{16,}")


def message(record: logging.LogRecord) -> str:
    text = record.getMessage()
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        text = text.replace(request.path, plain_path(request))
    text = truncated(_without_values(text))
    return " ".join(text.split())[:_LONGEST_OF_STRANGERS] if of_strangers(record) else text


def of_strangers(record: logging.LogRecord) -> bool:
    """Whether it tells of what a stranger sent amiss, such as a host that is not ours: nobody need act."""
    return record.name.startswith(_STRANGERS)


class Strangers(logging.Filter):
    """Makes one line of a warning of them; Django calls them errors, with all that led there."""

    def filter(self, record: logging.LogRecord) -> bool:
        if of_strangers(record):
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.exc_info = None
        return True


class LineFormatter(logging.Formatter):
    """For people; the request's number in brackets."""

    def format(self, record: logging.LogRecord) -> str:
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        which = f" [{number()}]" if number() else ""
        lines = [f"{at} {record.levelname} {record.name}{which}: {message(record)}"]
        if record.exc_info and record.exc_info[1]:
            lines.append(trace(record.exc_info[1]))
        return "\n".join(lines)


class JsonFormatter(logging.Formatter):
    """For programs: one object in one line; a field that says nothing is left out."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message(record),
        }
        asked = _asked.get()
        if asked:
            told |= asked.told()
        told |= {name: getattr(record, name) for name in _TOLD if hasattr(record, name)}
        if isinstance(request := getattr(record, "request", None), HttpRequest):
            told["path"] = plain_path(request)
        if hasattr(record, "status_code"):
            told["status"] = record.status_code
        if record.exc_info and record.exc_info[1]:
            told["error"] = trace(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False, default=str)


def trace(error: BaseException) -> str:
    """The traceback, no values of a refused row and no whole addresses in it."""
    return truncated(_without_values("".join(traceback.format_exception(error))))


def _without_values(text: str) -> str:
    return _VALUES.sub(r"\1: –\n\n", text).rstrip()


def places(found: TracebackType | None) -> list[str]:
    """Where an error came from, innermost last, without values: events/views/events.py:120 in event_list"""
    return [f"{_short(one.filename)}:{one.lineno} in {one.name}" for one in traceback.extract_tb(found)]


def _short(path: str) -> str:
    _before, sign, package = path.rpartition("site-packages/")
    return package if sign else path.removeprefix(f"{settings.BASE_DIR}/")
