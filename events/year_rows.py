"""Events as a year tells them: thousands at a time, and of each no more than a line of text.

The events are no model instances but rows of the columns that a line tells; where they take place and what
sorts them into lanes comes in one query each. The rules of an event are those of `Event`.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.drawing.year import Name
from events.looks import Lanes
from events.models import Event, EventQuerySet, EventTopic, EventVenue, Participation
from events.models.choices import ORGANISING, Mode, Precision, Status, VenueUse
from events.templatetags.event_tags import place_line, status_labels
from lib import dates
from lib.keys import one_of
from lib.places import country_name, is_abroad, state_name

COLUMNS = (
    "pk", "slug", "title", "title_en", "starts_on", "ends_on", "date_precision", "status", "sold_out",
    "is_sample", "mode",
)  # fmt: skip
# Lanes by name come first, then those of many events without one.
NAMED, APART = 0, 2


class Place(NamedTuple):
    city: str
    name: str
    state: str
    country: str

    @property
    def place(self) -> str:
        return self.city or self.name


class Entry:
    """An event as far as a line tells it, with the rules of `Event`."""

    __slots__ = (
        *COLUMNS,
        "display_title",
        "foreign",
        "is_past",
        "lane",
        "language",
        "number",
        "path",
        "places",
    )

    pk: int
    slug: str
    title: str
    title_en: str
    starts_on: dt.date
    ends_on: dt.date
    date_precision: str
    status: str
    sold_out: bool
    is_sample: bool
    mode: str

    def __init__(self, values: tuple[Any, ...], today: dt.date, language: str | None) -> None:
        # One by one, in the order of COLUMNS: a loop over their names takes three times as long.
        (
            self.pk, self.slug, self.title, self.title_en, self.starts_on, self.ends_on, self.date_precision,
            self.status, self.sold_out, self.is_sample, self.mode,
        ) = values  # fmt: skip
        self.is_past = self.ends_on < today
        # Of the page: asked for once, and not by each of a thousand events several times.
        self.language = language
        english = self.title_en if language == "en" else ""
        self.display_title = english or self.title
        # The language of the title where it is not the page's.
        self.foreign = "de" if language == "en" and not english else ""
        self.places: list[Place] = []
        self.lane: Name = (NAMED, "")
        self.number = 0
        self.path = ""

    @classmethod
    def of(cls, event: Event, today: dt.date) -> "Entry":
        return cls(tuple(getattr(event, name) for name in COLUMNS), today, get_language())

    @property
    def is_vague(self) -> bool:
        return self.date_precision != Precision.DAY

    @property
    def is_void(self) -> bool:
        """Whether nothing takes place on the days that were announced."""
        return self.status in (Status.CANCELLED, Status.POSTPONED)

    @property
    def has_day(self) -> bool:
        return not self.is_vague and self.status != Status.POSTPONED

    @property
    def has_month(self) -> bool:
        return self.date_precision in (Precision.DAY, Precision.MONTH)

    @property
    def when(self) -> str:
        return span(self.starts_on, self.ends_on, self.date_precision, self.language)

    @property
    def line(self) -> str:
        """When and where."""
        place = place_line(self)  # type: ignore[arg-type]
        return f"{self.when}, {place}" if place else self.when

    @property
    def notes(self) -> list[str]:
        """What must be said of it beside its title, the gravest first."""
        if not self.is_vague and self.status == Status.SCHEDULED and not (self.sold_out or self.is_sample):
            return []
        told = [label["text"] for label in status_labels(self)]
        if self.is_vague:
            told.append(_("day not known") if self.is_past else _("day not set yet"))
        return told

    @property
    def sign(self) -> str:
        """How its bar differs from one that stands for known days."""
        return "void" if self.is_void else "vague" if self.is_vague else ""


def read(events: EventQuerySet, today: dt.date) -> list[Entry]:
    """The events in their order, without places (one query)."""
    language = get_language()
    return [Entry(values, today, language) for values in events.values_list(*COLUMNS)]


def add_places(entries: Sequence[Entry]) -> None:
    """Gives each the places where it is held (one query)."""
    known = {entry.pk: entry for entry in entries}
    links = EventVenue.objects.filter(one_of("event_id", known), use=VenueUse.VENUE).order_by(
        "position", "pk"
    )
    columns = ("event_id", *(f"venue__{name}" for name in Place._fields))
    for key, *place in links.values_list(*columns):
        known[key].places.append(Place(*place))


def sort_into_lanes(entries: Sequence[Entry], choice: str) -> None:
    """Gives each its one lane: its first topic, organiser or state (at most one query)."""
    if choice == Lanes.STATE:
        for entry in entries:
            entry.lane = _state(entry)
    elif choice != Lanes.NONE and entries:
        names = _LANES[choice]([entry.pk for entry in entries])
        unnamed = APART, _UNNAMED[choice]()
        for entry in entries:
            entry.lane = (NAMED, names[entry.pk]) if entry.pk in names else unnamed


def _topics(keys: Collection[int]) -> dict[int, str]:
    links = EventTopic.objects.filter(one_of("event_id", keys)).order_by("event_id", "position", "pk")
    rows = links.distinct("event_id").values_list("event_id", "topic__name_de", "topic__name_en")
    english = get_language() == "en"
    return {key: (name_en if english else "") or name for key, name, name_en in rows}


def _organisers(keys: Collection[int]) -> dict[int, str]:
    links = Participation.objects.filter(one_of("event_id", keys), role__in=ORGANISING).order_by(
        "position", "pk"
    )
    columns = (f"organisation__{name}" for name in ("short_name", "name", "name_en"))
    english = get_language() == "en"
    found: dict[int, tuple[int, str]] = {}
    for key, role, short_name, name, name_en in links.values_list("event_id", "role", *columns):
        rank = ORGANISING.index(role)
        if key not in found or rank < found[key][0]:
            found[key] = (rank, short_name or (name_en if english else "") or name)
    return {key: name for key, (_rank, name) in found.items()}


def _state(entry: Entry) -> Name:
    """The state of its first place at home, the country of one abroad."""
    if entry.mode == Mode.ONLINE:
        return APART, _("Online")
    for place in entry.places:
        if is_abroad(place.country):
            return NAMED, country_name(place.country)
        if place.state:
            return NAMED, state_name(place.state)
    return APART, _("Without a state")


_LANES = {Lanes.TOPIC: _topics, Lanes.ORGANISER: _organisers}
_UNNAMED = {
    Lanes.TOPIC: lambda: _("Without a topic"),
    Lanes.ORGANISER: lambda: _("Without an organiser"),
}


@lru_cache(maxsize=4096)
def span(first: dt.date, last: dt.date, precision: str, language: str | None) -> str:
    """Kept, since a year names the same days again and again, in the same language."""
    return dates.span(first, last, precision)
