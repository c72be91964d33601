"""One event with all that its own page tells, fetched more cheaply than by `EventQuerySet.for_detail()`."""

from typing import Any

from django.db.models import Func, TextField

from events.listing import attach
from events.models import (
    Appearance,
    Award,
    Event,
    EventTopic,
    EventVenue,
    Participation,
    PreviousDate,
    Price,
    PublishedVersion,
    Session,
    Source,
)
from lib.prepared import Prepared
from lib.together import Together

# Another one for each version of the row.
_XMIN = Func(template='"events_event"."xmin"::text', output_field=TextField())
_VENUES = {"venue_links": Prepared(lambda: EventVenue.objects.select_related("venue"), "event")}


def _people() -> Any:
    shown = Appearance.objects.filter(speaker__anonymised_at=None)
    return shown.select_related("speaker", "organisation", "session")


def _event() -> Any:
    return Event.objects.select_related("series").annotate(xmin=_XMIN).order_by()


# As `for_detail()` has them, but plain lists; and the versions that an event's history is told from.
_PAGE = Together(
    "event_page",
    "(SELECT id FROM events_event WHERE slug = %(key)s)",
    "text",
    {
        "event": Prepared(_event),
        "parent": Prepared(Event.objects.order_by, "children"),
        "participations": Prepared(lambda: Participation.objects.select_related("organisation"), "event"),
        "topic_links": Prepared(lambda: EventTopic.objects.select_related("topic"), "event"),
        "previous_dates": Prepared(PreviousDate.objects.all, "event"),
        "appearances": Prepared(_people, "event"),
        "children": Prepared(Event.objects.in_order, "parent"),
        "sessions": Prepared(Session.objects.all, "event"),
        "prices": Prepared(Price.objects.all, "event"),
        "awards": Prepared(lambda: Award.objects.select_related("organisation"), "event"),
        "sources": Prepared(Source.objects.all, "event"),
        "versions": Prepared(lambda: PublishedVersion.objects.order_by("pk"), "event"),
        **_VENUES,
    },
)


def detailed(slug: str) -> Event | None:
    """The event, whoever may see it, with the `xmin` of its row (1 query; 1 more if it has parts)."""
    lists = _PAGE.fetch(slug)
    found, parents = lists.pop("event"), lists.pop("parent")
    if not found:
        return None
    event: Event = found[0]
    event.parent = parents[0] if parents else None
    for name, rows in lists.items():
        for row in rows:
            setattr(row, "parent" if name == "children" else "event", event)
    event.__dict__["_prefetched_objects_cache"] = lists
    attach({child.pk: child for child in lists["children"]}, _VENUES)
    return event
