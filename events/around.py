"""What lies around an event: the editions before and after it, and others about the same topics."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from events.filters import When
from events.models import Event
from events.models.choices import State
from events.selection import Selection
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
# Of these the editions of the event's own series are no other events.
_OWN = "SELECT id FROM events_event WHERE id = ANY(%s) AND series_id = %s"


class Editions(NamedTuple):
    """How many editions of the series visitors may see, and of these the ones next to the event."""

    number: int = 0
    previous: Event | None = None
    next: Event | None = None


def editions_around(event: Event, at: dt.datetime | None = None) -> Editions:
    """None beside an event that visitors do not see (at most 2 queries)."""
    if event.series_id is None:
        return Editions()
    about: dict[str, Any] = {
        "id": event.pk,
        "starts_at": event.starts_at,
        "series": event.series_id,
        "published": State.PUBLISHED,
        "at": at or timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_EDITIONS, about)
        number, *keys = cursor.fetchone()
    if not event.is_public(at):
        return Editions(number)
    found = {one.pk: one for one in _EVENTS.fetch([key for key in keys if key])}
    previous, following = (found.get(key) for key in keys)
    return Editions(number, previous, following)


def related(event: Event, at: dt.datetime | None = None) -> list[int]:
    """The keys of other events about the same topics: upcoming ones first, then the latest past ones.

    At most 2 queries where sets of bits answer and no long row of editions of the same series comes first.
    """
    topics = [topic.slug for topic in event.topic_list[:RELATED]]
    if not topics:
        return []
    found: list[int] = []
    for when in (When.UPCOMING, When.PAST):
        found += islice(_alike(event, topics, when, at), RELATED - len(found))
    return found


def _alike(event: Event, topics: list[str], when: str, at: dt.datetime | None) -> Iterator[int]:
    """The keys of all other events about one of the topics, read in portions that grow."""
    query = QueryDict(mutable=True)
    query.setlist("topic", topics)
    query["when"] = when
    keys = Selection(query, "", at=at or timezone.now()).keys
    first, number = 0, 2 * RELATED
    while portion := keys[first : first + number]:
        own = _own(event, portion)
        yield from (key for key in portion if key not in own)
        first, number = first + number, 4 * number


def _own(event: Event, keys: list[int]) -> set[int]:
    """Those of the keys that are the event itself or other editions of its series."""
    if event.series_id is None:
        return {event.pk}
    with connection.cursor() as cursor:
        cursor.execute(_OWN, [keys, event.series_id])
        return {event.pk, *(key for (key,) in cursor.fetchall())}
