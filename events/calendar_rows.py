"""Events as calendars read them: thousands a second, and never more than a piece of them in memory.

A calendar of all events is the largest output and asked for most. So the events are no model instances here
but rows of the columns that a calendar tells, fetched through a cursor that stays in the database, and what
they are linked with comes in one query per piece. A short calendar is that of some topic or organiser: its
events come by their keys, which the sets of bits know. The rules of an event are those of `Event`.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, cast

from django.db.models import Max, Min
from django.db.models.fields.files import FieldFile
from django.utils import timezone, translation

from events.models import Event, EventQuerySet, Venue
from events.models.choices import ORGANISING, State, VenueUse
from events.models.queryset import TOMBSTONE
from events.outputs import deadlines, facts
from events.outputs.ical import NAMED, Outline
from events.selection import Selection
from journal.kept import Kept
from lib.keys import one_of
from lib.planned import Planned
from lib.prepared import MOMENT, Table
from lib.prepared import rows as fetch

PIECE = 500
COLUMNS = (
    "pk", "uid", "slug", "title", "title_en", "summary", "summary_en", "starts_on", "ends_on", "start_time",
    "end_time", "timezone", "date_precision", "status", "sold_out", "is_sample", "mode", "online_url",
    "registration_url", "registration_deadline", "is_free", "price_note", "image", "state", "revision",
    "created_at", "modified_at",
)  # fmt: skip
Rows = dict[int, list[Any]]
_EVENTS = Table(lambda: Event.objects.known_to_visitors(MOMENT).values_list(*COLUMNS))
# One row: all that some events are linked with, by kind, each with its event's key first.
_LINKS = Planned(
    "calendar_links",
    """
SELECT
(SELECT json_agg(json_build_array(link.event_id, called.name, called.kind, called.street, called.postal_code,
                                  called.city, called.country, called.latitude, called.longitude)
                 ORDER BY link.position, link.id)
 FROM events_eventvenue AS link JOIN events_venue AS called ON called.id = link.venue_id
 WHERE link.event_id = ANY(%(keys)s::bigint[]) AND link.use = %(venue)s),
(SELECT json_agg(json_build_array(link.event_id, link.role, link.name_then, called.name, called.name_en)
                 ORDER BY link.position, link.id)
 FROM events_participation AS link
 JOIN organisations_organisation AS called ON called.id = link.organisation_id
 WHERE link.event_id = ANY(%(keys)s::bigint[]) AND link.role = ANY(%(organising)s::text[])),
(SELECT json_agg(json_build_array(link.event_id, called.name_de, called.name_en)
                 ORDER BY link.position, link.id)
 FROM events_eventtopic AS link JOIN events_topic AS called ON called.id = link.topic_id
 WHERE link.event_id = ANY(%(keys)s::bigint[])),
(SELECT json_agg(json_build_array(event_id, starts_on, ends_on, date_precision) ORDER BY position, id)
 FROM events_previousdate WHERE event_id = ANY(%(keys)s::bigint[]))
""",
    {"keys": "bigint[]", "venue": "text", "organising": "text[]"},
)
# Events that visitors saw before they were withdrawn of late, by the midnight since when.
_withdrawn: Kept[list[int]] = Kept()


class _PlaceColumns(NamedTuple):
    name: str
    kind: str
    street: str
    postal_code: str
    city: str
    country: str
    latitude: Any
    longitude: Any


class Place(_PlaceColumns):
    """The columns of a venue that a calendar tells, with the rule of `Venue`."""

    is_precise = Venue.is_precise


class Named(NamedTuple):
    """A topic or a participation: what it is called, and for the latter in which role."""

    name: str
    role: str = ""


class Former(NamedTuple):
    """A date that no longer holds."""

    starts_on: dt.date
    ends_on: dt.date
    date_precision: str


class Listed(list[Any]):
    """Rows that are asked for as a related manager is."""

    def all(self) -> list[Any]:
        return self


class Row:
    """An event as far as calendars tell it, with the rules of `Event`."""

    __slots__ = (
        *COLUMNS, *deadlines.COLUMNS, "display_summary", "display_title", "organisers", "places",
        "previous_dates", "topic_list",
    )  # fmt: skip

    zone = Event.zone
    has_day = Event.has_day
    is_all_day = Event.is_all_day
    start = Event.start
    end = Event.end
    is_only_hosted = Event.is_only_hosted

    def __init__(self, columns: tuple[str, ...], values: tuple[Any, ...], language: str) -> None:
        for name, value in zip(columns, values, strict=True):
            setattr(self, name, value)
        told: Any = self
        english = language == "en"
        self.display_title = (told.title_en if english else "") or told.title
        self.display_summary = (told.summary_en if english else "") or told.summary
        if told.image:
            told.image = FieldFile(None, Event._meta.get_field("image"), told.image)  # type: ignore[arg-type]


def pieces(events: EventQuerySet, language: str, more: tuple[str, ...] = ()) -> Iterator[list[Event]]:
    """The events in their order, piece by piece: one query for all, one more for each piece.

    `more` names the columns that deadlines need beside those of every calendar.
    """
    columns = COLUMNS + more
    found = events.values_list(*columns).iterator(PIECE)
    while rows := [Row(columns, values, language) for values in islice(found, PIECE)]:
        link(rows, language)
        yield cast("list[Event]", rows)


def few(selection: Selection, language: str) -> list[Event] | None:
    """The events of a short calendar in their order, not linked with anything yet; None where it is not known
    to be short (2 queries, 1 where nothing has been withdrawn of late)."""
    choice, at = selection.choice, selection.at or timezone.now()
    if not choice or choice.total > PIECE:
        return None
    since = dt.datetime.combine((at - TOMBSTONE).astimezone(dt.UTC), dt.time(), dt.UTC)
    gone = _withdrawn.get(since, lambda: _gone_since(since))
    # The sets of bits know nothing of these.
    if gone and selection.within(Event.objects.gone().filter(one_of("events_event.id", gone))).exists():
        return None
    keys = choice.keys(selection.sort, 0, choice.total)
    if keys is None:
        return None
    found = {values[0]: Row(COLUMNS, values, language) for values in fetch([(_EVENTS, keys)], at)}
    return cast("list[Event]", [found[key] for key in keys if key in found])


def _gone_since(since: dt.datetime) -> list[int]:
    return list(Event.objects.gone().filter(withdrawn_at__gte=since).values_list("pk", flat=True))


def outline(events: EventQuerySet, language: str) -> Outline:
    """What the head of their calendar tells, in three queries."""
    timed = events.with_hours().order_by().values_list("timezone")
    years = timed.annotate(Min("starts_on__year"), Max("ends_on__year"))
    shown = events.with_day()
    missing = events.without_day().exclude(state=State.WITHDRAWN)
    told = Outline({zone: (first, last) for zone, first, last in years})
    told.shown = bool(told.zones) or shown.exists()
    rows = [Row(COLUMNS, values, language) for values in missing.values_list(*COLUMNS)[: NAMED + 1]]
    told.left_out = len(rows) if len(rows) <= NAMED else missing.count()
    with translation.override(language):
        told.titles = [facts.headline(cast("Event", row)) for row in rows]
    return told


def link(rows: Sequence[Any], language: str) -> None:
    """Fetches what the events are linked with (1 query)."""
    asked = {"keys": [row.pk for row in rows], "venue": VenueUse.VENUE, "organising": list(ORGANISING)}
    ((venues, links, called, former),) = _LINKS.rows(**asked)
    english = language == "en"
    places, organisers = _by_event(venues, Place), _organisers(links or (), english)
    topics = _by_event(called, lambda german, other: Named((other if english else "") or german))
    dates = _by_event(former, _former)
    for row in rows:
        row.places = places.get(row.pk, [])
        row.organisers = organisers.get(row.pk, [])
        row.topic_list = topics.get(row.pk, [])
        row.previous_dates = dates.get(row.pk, Listed())


def _by_event(rows: Sequence[Any] | None, make: Callable[..., Any]) -> Rows:
    found: Rows = defaultdict(Listed)
    for number, *values in rows or ():
        found[number].append(make(*values))
    return found


def _organisers(rows: Sequence[Any], english: bool) -> Rows:
    """As `Event.organisers` has them: organisers before co-organisers before hosts."""
    found: Rows = defaultdict(list)
    for number, role, then, name, name_en in rows:
        found[number].append(Named(then or (name_en if english else "") or name, role))
    for several in found.values():
        if len(several) > 1:
            several.sort(key=lambda link: ORGANISING.index(link.role))
    return found


def _former(first: str, last: str, precision: str) -> Former:
    return Former(dt.date.fromisoformat(first), dt.date.fromisoformat(last), precision)
