"""Events as calendars read them: thousands a second, and never more than a piece of them in memory.

A calendar of all events is the largest output and asked for most. So the events are no model instances here
but rows of the columns that a calendar tells, fetched through a cursor that stays in the database, and what
they are linked with comes in one query per kind and piece. The rules of an event are those of `Event`.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any, NamedTuple, cast

from django.db.models import Max, Min
from django.db.models.fields.files import FieldFile
from django.utils import translation

from events.models import Event, EventQuerySet, EventTopic, EventVenue, Participation, PreviousDate, Venue
from events.models.choices import ORGANISING, State, VenueUse
from events.outputs import deadlines, facts
from events.outputs.ical import NAMED, Outline
from lib.keys import among

PIECE = 500
COLUMNS = (
    "pk", "uid", "slug", "title", "title_en", "summary", "summary_en", "starts_on", "ends_on", "start_time",
    "end_time", "timezone", "date_precision", "status", "sold_out", "is_sample", "mode", "online_url",
    "registration_url", "registration_deadline", "is_free", "price_note", "image", "state", "revision",
    "created_at", "modified_at",
)  # fmt: skip
Rows = dict[int, list[Any]]


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
    """The events in their order, piece by piece: one query for all, four more for each piece.

    `more` names the columns that deadlines need beside those of every calendar.
    """
    columns = COLUMNS + more
    found = events.values_list(*columns).iterator(PIECE)
    while rows := [Row(columns, values, language) for values in islice(found, PIECE)]:
        _link(rows, language)
        yield cast("list[Event]", rows)


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


def _link(rows: list[Any], language: str) -> None:
    """Fetches what the events are linked with."""
    numbers = [row.pk for row in rows]
    english = language == "en"
    places, organisers = _places(numbers), _organisers(numbers, english)
    topics, dates = _topics(numbers, english), _previous_dates(numbers)
    for row in rows:
        row.places = places.get(row.pk, [])
        row.organisers = organisers.get(row.pk, [])
        row.topic_list = topics.get(row.pk, [])
        row.previous_dates = dates.get(row.pk, Listed())


def _places(numbers: list[int]) -> Rows:
    found: Rows = defaultdict(list)
    columns = [f"venue__{name}" for name in Place._fields]
    links = EventVenue.objects.filter(event__in=among(numbers), use=VenueUse.VENUE).order_by("position", "pk")
    for number, *values in links.values_list("event_id", *columns):
        found[number].append(Place(*values))
    return found


def _organisers(numbers: list[int], english: bool) -> Rows:
    """As `Event.organisers` has them: organisers before co-organisers before hosts."""
    found: Rows = defaultdict(list)
    links = Participation.objects.filter(event__in=among(numbers), role__in=ORGANISING)
    links = links.order_by("position", "pk")
    names = ("name_then", "organisation__name", "organisation__name_en")
    for number, role, then, name, name_en in links.values_list("event_id", "role", *names):
        found[number].append(Named(then or (name_en if english else "") or name, role))
    for several in found.values():
        if len(several) > 1:
            several.sort(key=lambda link: ORGANISING.index(link.role))
    return found


def _topics(numbers: list[int], english: bool) -> Rows:
    found: Rows = defaultdict(list)
    links = EventTopic.objects.filter(event__in=among(numbers)).order_by("position", "pk")
    for number, name, name_en in links.values_list("event_id", "topic__name_de", "topic__name_en"):
        found[number].append(Named((name_en if english else "") or name))
    return found


def _previous_dates(numbers: list[int]) -> Rows:
    found: Rows = defaultdict(partial(Listed))
    for row in PreviousDate.objects.filter(event__in=among(numbers)).order_by("position", "pk"):
        found[row.event_id].append(row)
    return found
