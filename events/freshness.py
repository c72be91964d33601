"""Whether an answer made before still holds: one short text for everything that the catalogue tells."""

import datetime as dt

from django.db import connection
from django.utils import timezone

from events.models.queryset import TOMBSTONE

# Instants that change what visitors see without an edit. Of each kind the last that has passed counts:
# an event ends, an entry becomes public, calendars forget a withdrawn entry, a tombstone is lifted.
# A database that was restored from a backup counts on from an old number: the moment tells its states apart.
_SEED = """
SELECT (SELECT number FROM journal_catalogueversion),
       (SELECT at FROM journal_catalogueversion),
       (SELECT max(ends_at) FROM events_event WHERE ends_at <= %(at)s),
       (SELECT max(publish_from) FROM events_event WHERE publish_from <= %(at)s),
       (SELECT max(withdrawn_at) FROM events_event WHERE withdrawn_at <= %(forgotten)s),
       (SELECT max(until) FROM journal_tombstone WHERE until <= %(at)s)
"""


def seed(at: dt.datetime) -> str:
    """The same text as long as nothing that any page or output tells has changed (1 query).

    Ask before reading what it is to stand for. A change in it does not mean that every answer has changed:
    it also turns at midnight, since pages speak of today.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SEED, {"at": at, "forgotten": at - TOMBSTONE})
        number, *instants = cursor.fetchone()
    passed = (f"{one.timestamp():.6f}" if one else "" for one in instants)
    return "/".join([str(number or 0), timezone.localdate(at).isoformat(), *passed])
