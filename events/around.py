"""What lies around an event: the editions before and after it, and others about the same topics."""

import datetime as dt
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from events.models import Event
from events.models.choices import State
from lib.prepared import Prepared

RELATED = 3
_EVENTS = Prepared(lambda: Event.objects.order_by())

# The same rule as `EventQuerySet.published`.
_PUBLIC = "state = %(published)s AND (publish_from IS NULL OR publish_from <= %(at)s)"
_EDITIONS = f"""
SELECT count(*),
       (SELECT id FROM events_event WHERE series_id = %(series)s AND {_PUBLIC}
        AND (starts_at, id) < (%(starts_at)s, %(id)s) ORDER BY starts_at DESC, id DESC LIMIT 1),
       (SELECT id FROM events_event WHERE series_id = %(series)s AND {_PUBLIC}
        AND (starts_at, id) > (%(starts_at)s, %(id)s) ORDER BY starts_at, id LIMIT 1)
FROM events_event WHERE series_id = %(series)s AND {_PUBLIC}
"""  # noqa: S608 - put together from constants
_ALIKE = f"""
FROM events_event AS event
WHERE {_PUBLIC} AND id <> %(id)s AND (%(series)s IS NULL OR series_id IS DISTINCT FROM %(series)s)
  AND EXISTS (SELECT FROM events_eventtopic AS link
              WHERE link.event_id = event.id AND link.topic_id = ANY(%(topics)s))
"""
_RELATED = f"""
SELECT ARRAY(SELECT id {_ALIKE} AND ends_at > %(at)s ORDER BY starts_at, id LIMIT {RELATED}),
       ARRAY(SELECT id {_ALIKE} AND ends_at <= %(at)s ORDER BY starts_at DESC, id DESC LIMIT {RELATED})
"""


class Editions(NamedTuple):
    """How many editions of the series visitors may see, and of these the ones next to the event."""

    number: int = 0
    previous: Event | None = None
    next: Event | None = None


def editions_around(event: Event, at: dt.datetime | None = None) -> Editions:
    """None beside an event that visitors do not see (at most 2 queries)."""
    if event.series_id is None:
        return Editions()
    number, *keys = _asked(_EDITIONS, event, at)
    if not event.is_public(at):
        return Editions(number)
    found = {one.pk: one for one in _EVENTS.fetch([key for key in keys if key])}
    previous, following = (found.get(key) for key in keys)
    return Editions(number, previous, following)


def related(event: Event, at: dt.datetime | None = None) -> list[int]:
    """The keys of other events about the same topics: upcoming ones first, then the latest past ones."""
    if not event.topic_list:
        return []
    upcoming, past = _asked(_RELATED, event, at)
    return [*upcoming, *past][:RELATED]


def _asked(sql: str, event: Event, at: dt.datetime | None) -> tuple[Any, ...]:
    about = {
        "id": event.pk,
        "starts_at": event.starts_at,
        "series": event.series_id,
        "topics": [topic.pk for topic in event.topic_list[:RELATED]],
        "published": State.PUBLISHED,
        "at": at or timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, about)
        told: tuple[Any, ...] = cursor.fetchone()
    return told
