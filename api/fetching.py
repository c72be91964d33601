"""The collections of the API: which entries each shows, how they are fetched, linked and told.

Every collection costs the same number of queries for one entry as for a hundred.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet

from addresses.models import NounKind
from api import event_records
from api.event_records import Told
from api.gathering import gathered
from api.outputs import nouns
from api.outputs.event import Record
from api.outputs.event import event as event_record
from api.outputs.linking import Linker
from api.schemas import envelope
from api.schemas import nouns as shapes
from api.schemas.event import Event as EventShape
from api.schemas.fields import Shape
from events.models import Event, Series, SeriesOrganiser, Topic, Venue
from events.site import output_site
from lib.nouns import Noun
from organisations.models import Organisation
from speakers.models import Speaker

# Which entries an entry links to, by the name of their collection.
Linked = Callable[[Any], Iterable[Noun | None]]


@dataclass(frozen=True, kw_only=True)
class Collection:
    """What lists of one noun tell; `order` is that of the list."""

    name: str
    noun: NounKind
    shape: type[Shape]
    page: type[Shape]
    shown: Callable[[dt.datetime], QuerySet[Any]]
    fetched: Callable[[QuerySet[Any]], list[Any]]
    told: Callable[[Any, Linker], Record]
    order: tuple[str, ...] = ("sort_name", "pk")
    linked: dict[str, Linked] = field(default_factory=dict)

    @property
    def fields(self) -> list[str]:
        return list(self.shape.model_fields)


def looked_up(collection: Collection, rows: QuerySet[Any], columns: Sequence[str] = ()) -> list[Any]:
    """Entries as `records` takes them, with `pk`, `uid`, `slug` and these columns: of events no more."""
    if collection is not EVENTS:
        return collection.fetched(rows)
    names = dict.fromkeys(("pk", "uid", "slug", "modified_at", *columns))
    return list(rows.values_list(*names, named=True))


def records(
    collection: Collection, rows: Sequence[Any], at: dt.datetime, expand: Sequence[str] = ()
) -> list[Told]:
    """The entries as told, in their order, with what is to be expanded put in whole."""
    site = output_site()
    if collection is not EVENTS:
        link = _linker(collection, rows, at, expand)
        return [collection.told(row, link) for row in rows]
    if not expand:
        return event_records.texts(rows, site, at)
    keys = [row.pk for row in rows]
    events = {one.pk: one for one in collection.fetched(collection.shown(at).filter(pk__in=keys))}
    return event_records.records(rows, events, _linker(collection, list(events.values()), at, expand), at)


def _linker(collection: Collection, things: Sequence[Any], at: dt.datetime, expand: Sequence[str]) -> Linker:
    """One that puts in whole what is to be expanded."""
    site = output_site()
    expanded: dict[str, dict[int, Record]] = {}
    for name in expand:
        wanted = {one.pk for thing in things for one in collection.linked[name](thing) if one is not None}
        other = COLLECTIONS[name]
        rows = other.fetched(other.shown(at).filter(pk__in=wanted))
        expanded[name] = {row.pk: other.told(row, Linker(site=site)) for row in rows}
    return Linker(site=site, expanded=expanded)


def _organisations_of(one: Event) -> Iterable[Noun | None]:
    rows: list[Any] = [*one.participations.all(), *one.appearances.all(), *one.awards.all()]
    return [row.organisation for row in rows]


def _with(*related: str, **listed: QuerySet[Any]) -> Callable[[QuerySet[Any]], list[Any]]:
    """A way to fetch entries together with these."""
    lists = [Prefetch(name, rows) for name, rows in listed.items()]

    def fetched(rows: QuerySet[Any]) -> list[Any]:
        joined = rows.select_related(*related) if related else rows
        return list(joined.prefetch_related(*lists))

    return fetched


EVENTS = Collection(
    name="events",
    noun=NounKind.EVENT,
    shape=EventShape,
    page=envelope.EventPage,
    shown=Event.objects.published,
    fetched=gathered,
    told=event_record,
    linked={
        "series": lambda one: [one.series],
        "organisations": _organisations_of,
        "people": lambda one: [row.speaker for row in one.appearances.all()],
        "venues": lambda one: [row.venue for row in one.venue_links.all()],
        "topics": lambda one: one.topic_list,
    },
)
SERIES = Collection(
    name="series",
    noun=NounKind.SERIES,
    shape=shapes.Series,
    page=envelope.SeriesPage,
    shown=lambda at: Series.objects.all(),
    fetched=_with(
        "predecessor",
        organiser_links=SeriesOrganiser.objects.select_related("organisation"),
    ),
    told=nouns.series,
    linked={
        "series": lambda one: [one.predecessor],
        "organisations": lambda one: [row.organisation for row in one.organiser_links.all()],
    },
)
ORGANISATIONS = Collection(
    name="organisations",
    noun=NounKind.ORGANISATION,
    shape=shapes.Organisation,
    page=envelope.OrganisationPage,
    shown=lambda at: Organisation.objects.all(),
    fetched=_with("parent", "successor"),
    told=nouns.organisation,
    linked={"organisations": lambda one: [one.parent, one.successor]},
)
PEOPLE = Collection(
    name="people",
    noun=NounKind.SPEAKER,
    shape=shapes.Person,
    page=envelope.PersonPage,
    shown=lambda at: Speaker.objects.listed(),
    fetched=_with(),
    told=nouns.person,
)
TOPICS = Collection(
    name="topics",
    noun=NounKind.TOPIC,
    shape=shapes.Topic,
    page=envelope.TopicPage,
    shown=lambda at: Topic.objects.all(),
    fetched=_with("parent"),
    told=nouns.topic,
    linked={"topics": lambda one: [one.parent]},
)
VENUES = Collection(
    name="venues",
    noun=NounKind.VENUE,
    shape=shapes.Venue,
    page=envelope.VenuePage,
    shown=lambda at: Venue.objects.all(),
    fetched=_with(),
    told=nouns.venue,
    order=("sort_city", "sort_name", "pk"),
)
COLLECTIONS = {one.name: one for one in (EVENTS, SERIES, ORGANISATIONS, PEOPLE, TOPICS, VENUES)}
