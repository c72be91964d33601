"""Events by their keys with all that a card or an output tells, fetched more cheaply than by
`EventQuerySet.for_listing()`."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from events.models import Event, EventTopic, EventVenue, Participation, PreviousDate
from lib.prepared import MOMENT, Prepared

_PUBLISHED = Prepared(lambda: Event.objects.published(MOMENT).select_related("series").order_by())
_EVENTS = Prepared(lambda: Event.objects.select_related("series").order_by())
# As `for_listing()` has them, but plain lists: whoever asks them for more finds out at once.
_LISTS: dict[str, Prepared[Any]] = {
    "participations": Prepared(lambda: Participation.objects.select_related("organisation"), "event"),
    "venue_links": Prepared(lambda: EventVenue.objects.select_related("venue"), "event"),
    "topic_links": Prepared(lambda: EventTopic.objects.select_related("topic"), "event"),
}
_ALL_LISTS = _LISTS | {"previous_dates": Prepared(lambda: PreviousDate.objects.all(), "event")}


def listing(keys: Collection[int]) -> list[Event]:
    """In the order of the keys, whoever may see them; without those that are gone (4 queries)."""
    found = {event.pk: event for event in _EVENTS.fetch(keys)}
    attach(found, _LISTS)
    return [found[pk] for pk in keys if pk in found]


def for_output(keys: Collection[int], at: dt.datetime) -> list[Event]:
    """The same, with all that `for_listing()` fetches, of those that visitors may see at that moment
    (5 queries)."""
    found = {event.pk: event for event in _PUBLISHED.fetch(keys, at)}
    attach(found, _ALL_LISTS)
    return [found[pk] for pk in keys if pk in found]


def attach(found: Mapping[int, Event], related: Mapping[str, Prepared[Any]]) -> None:
    """Gives the events, by their keys, lists of rows by the names of the relations (1 query for each)."""
    for name, rows in related.items():
        lists = rows.lists(found)
        for pk, event in found.items():
            told = lists[pk]
            for row in told:
                row.event = event
            event.__dict__.setdefault("_prefetched_objects_cache", {})[name] = told
