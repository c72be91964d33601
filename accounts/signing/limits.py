"""How long a session lasts: so many hours in all, and so many minutes without a request.

The end is written into the session itself. An ended one is therefore nobody's on every page, without a look
at the clock.
"""

import datetime as dt

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

STARTED, EXTENDED = "signed_in_at", "extended_at"
# Writing the end anew at each request would cost a write each time.
RARELY = dt.timedelta(minutes=1)


def start(session: SessionBase, at: dt.datetime) -> None:
    session[STARTED] = at.timestamp()
    _set_end(session, at)


def extend(session: SessionBase, at: dt.datetime) -> None:
    """Moves the end on, at most once a minute; one that never said when it began, begins now."""
    if STARTED not in session:
        start(session, at)
    elif at - _moment(session[EXTENDED]) >= RARELY:
        _set_end(session, at)


def _set_end(session: SessionBase, at: dt.datetime) -> None:
    session[EXTENDED] = at.timestamp()
    idle = at + dt.timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    latest = _moment(session[STARTED]) + dt.timedelta(hours=settings.SESSION_HOURS)
    session.set_expiry(min(idle, latest))


def _moment(seconds: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
