"""Whether an answer made before still holds: one short text for everything that the catalogue tells."""

import datetime as dt
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from events.models.queryset import TOMBSTONE
from journal.newest import State
from journal.state import state

# Instants that change what visitors see without an edit. Of each kind the last that has passed counts, and
# the next one to come: an event ends, an entry becomes public, calendars forget a withdrawn entry, a
# tombstone is lifted. Each is one look into an index.
# A database that was restored from a backup counts on from an old number: the moment tells its states apart.
_TURNS = """
SELECT (SELECT number FROM journal_catalogueversion),
       (SELECT at FROM journal_catalogueversion),
       (SELECT max(ends_at) FROM events_event WHERE ends_at <= %(at)s),
       (SELECT max(publish_from) FROM events_event WHERE publish_from <= %(at)s),
       (SELECT max(withdrawn_at) FROM events_event WHERE withdrawn_at <= %(forgotten)s),
       (SELECT max(until) FROM journal_tombstone WHERE until <= %(at)s),
       (SELECT min(ends_at) FROM events_event WHERE ends_at > %(at)s),
       (SELECT min(publish_from) FROM events_event WHERE publish_from > %(at)s),
       (SELECT min(withdrawn_at) FROM events_event WHERE withdrawn_at > %(forgotten)s),
       (SELECT min(until) FROM journal_tombstone WHERE until > %(at)s)
"""
_FIRST = dt.datetime.min.replace(tzinfo=dt.UTC)


class Span(NamedTuple):
    """The time from one turn to the next in one state of the catalogue: all pages stay as they are.

    `text` stands for the state and the turns that have passed.
    """

    version: State | None
    since: dt.datetime
    until: dt.datetime
    text: str


_latest = Span(None, _FIRST, _FIRST, "")


def seed(at: dt.datetime) -> str:
    """The same text as long as nothing that any page or output tells has changed.

    Ask before reading what it is to stand for. A change in it does not mean that every answer has changed:
    it also turns at midnight, since pages speak of today.
    """
    return span(at).text


def span(at: dt.datetime, version: State | None = None) -> Span:
    """The time around that moment in the present state, which the caller may know.

    One query for the state where it is not known, and one more if it is new. Within a transaction, which may
    see what nobody else does, one query each time.
    """
    global _latest
    if version is None and not connection.in_atomic_block:
        version = state()
    known = _latest
    if version is not None and known.version == version and known.since <= at < known.until:
        return known
    number, changed, passed, ahead = _turns(at)
    is_same = version == (number, changed)
    if version is not None and not is_same:
        # An edit came between. What the request has been told first stands in the text, since it may read
        # what is kept for that state.
        number, changed = version
    day = timezone.localdate(at)
    told = (f"{one.timestamp():.6f}" if one else "" for one in (changed, *passed))
    found = Span(
        version=version,
        since=max([_midnight(day), *filter(None, _instants(passed))]),
        until=min([_midnight(day + dt.timedelta(days=1)), *filter(None, _instants(ahead))]),
        text="/".join([str(number or 0), day.isoformat(), *told]),
    )
    if is_same:
        _latest = found
    return found


Instants = tuple[dt.datetime | None, ...]


def _turns(at: dt.datetime) -> tuple[int | None, dt.datetime | None, Instants, Instants]:
    """Number and moment of the version; of each kind of turn the last one and the next one, as they stand."""
    with connection.cursor() as cursor:
        cursor.execute(_TURNS, {"at": at, "forgotten": at - TOMBSTONE})
        number, changed, *instants = cursor.fetchone()
    return number, changed, tuple(instants[:4]), tuple(instants[4:])


def _instants(columns: Instants) -> Instants:
    """The moments at which they count: a withdrawn entry is told to calendars for a while."""
    ends, published, withdrawn, lifted = columns
    return ends, published, withdrawn and withdrawn + TOMBSTONE, lifted


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
