"""The collections of the API: which entries each shows, how they are fetched, linked and told.

Every collection costs the same number of queries for one entry as for a hundred.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet

from addresses.models import NounKind
from api.outputs import nouns
from api.outputs.event import event as event_record
from api.outputs.linking import Linker
from api.schemas import envelope
from api.schemas import nouns as shapes
from api.schemas.event import Event as EventShape
from api.schemas.fields import Shape
from events.models import Appearance, Award, Event, Series, Topic, Venue
from events.site import output_site
from lib.nouns import Noun
from organisations.models import Organisation
from speakers.models import Speaker

Record = dict[str, Any]
# Which entries an entry links to, by the name of their collection.
Linked = Callable[[Any], Iterable[Noun | None]]


@dataclass(frozen=True, kw_only=True)
class Collection:
    """`order` is that of the list, `searched` the folded columns that the parameter q looks into."""

    name: str
    noun: NounKind
    shape: type[Shape]
    page: type[Shape]
    shown: Callable[[dt.datetime], QuerySet[Any]]
    fetched: Callable[[QuerySet[Any], dt.datetime], QuerySet[Any]]
    told: Callable[[Any, Linker], Record]
    order: tuple[str, ...] = ("sort_name", "pk")
    searched: tuple[str, ...] = ("sort_name",)
    linked: dict[str, Linked] = field(default_factory=dict)

    @property
    def fields(self) -> list[str]:
        return list(self.shape.model_fields)


def records(
    collection: Collection, things: Sequence[Any], at: dt.datetime, expand: Sequence[str] = ()
) -> list[Record]:
    """The entries as told, in their order, with what is to be expanded put in whole."""
    site = output_site()
    around = neighbours(things, at) if collection.noun == NounKind.EVENT else {}
    expanded: dict[str, dict[int, Record]] = defaultdict(dict)
    for name in expand:
        wanted = {one.pk for thing in things for one in collection.linked[name](thing) if one is not None}
        other = COLLECTIONS[name]
        rows = other.fetched(other.shown(at), at).filter(pk__in=wanted)
        expanded[name] = {row.pk: other.told(row, Linker(site=site)) for row in rows}
    link = Linker(site=site, expanded=expanded, neighbours=around)
    return [collection.told(thing, link) for thing in things]


def neighbours(events: Sequence[Event], at: dt.datetime) -> dict[int, tuple[Event | None, Event | None]]:
    """{event: the published editions before and after it in its series}: one query."""
    series = {one.series_id for one in events if one.series_id}
    columns = ("uid", "slug", "title", "title_en", "is_sample", "series_id")
    editions: dict[int | None, list[Event]] = defaultdict(list)
    for one in Event.objects.published(at).filter(series__in=series).in_order().only(*columns):
        editions[one.series_id].append(one)
    found: dict[int, tuple[Event | None, Event | None]] = {}
    for row in editions.values():
        for before, one, after in zip([None, *row], row, [*row[1:], None], strict=False):
            found[one.pk] = (before, after)
    return found


def _fetched_events(events: Any, at: dt.datetime) -> Any:
    people = Appearance.objects.filter(speaker__anonymised_at=None).select_related("speaker", "organisation")
    return (
        events.for_listing()
        .select_related("parent")
        .prefetch_related(
            Prefetch("appearances", people),
            Prefetch("children", Event.objects.published(at).in_order()),
            Prefetch("awards", Award.objects.select_related("organisation")),
            "sessions",
            "prices",
            "sources",
        )
    )


def _organisations_of(one: Event) -> Iterable[Noun | None]:
    rows: list[Any] = [*one.participations.all(), *one.appearances.all(), *one.awards.all()]
    return [row.organisation for row in rows]


def _as_they_are(rows: QuerySet[Any], at: dt.datetime) -> QuerySet[Any]:
    return rows


EVENTS = Collection(
    name="events",
    noun=NounKind.EVENT,
    shape=EventShape,
    page=envelope.EventPage,
    shown=Event.objects.published,
    fetched=_fetched_events,
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
    fetched=lambda rows, at: rows.select_related("predecessor").prefetch_related(
        Prefetch("successors", Series.objects.in_order()), "organiser_links__organisation"
    ),
    told=nouns.series,
    linked={
        "series": lambda one: [one.predecessor, *one.successors.all()],
        "organisations": lambda one: [row.organisation for row in one.organiser_links.all()],
    },
)
ORGANISATIONS = Collection(
    name="organisations",
    noun=NounKind.ORGANISATION,
    shape=shapes.Organisation,
    page=envelope.OrganisationPage,
    shown=lambda at: Organisation.objects.all(),
    fetched=lambda rows, at: rows.select_related("parent", "successor"),
    told=nouns.organisation,
    linked={"organisations": lambda one: [one.parent, one.successor]},
)
PEOPLE = Collection(
    name="people",
    noun=NounKind.SPEAKER,
    shape=shapes.Person,
    page=envelope.PersonPage,
    shown=lambda at: Speaker.objects.listed(),
    fetched=_as_they_are,
    told=nouns.person,
)
TOPICS = Collection(
    name="topics",
    noun=NounKind.TOPIC,
    shape=shapes.Topic,
    page=envelope.TopicPage,
    shown=lambda at: Topic.objects.all(),
    fetched=lambda rows, at: rows.select_related("parent"),
    told=nouns.topic,
    linked={"topics": lambda one: [one.parent]},
)
VENUES = Collection(
    name="venues",
    noun=NounKind.VENUE,
    shape=shapes.Venue,
    page=envelope.VenuePage,
    shown=lambda at: Venue.objects.all(),
    fetched=_as_they_are,
    told=nouns.venue,
    order=("sort_city", "sort_name", "pk"),
    searched=("sort_name", "sort_city"),
)
COLLECTIONS = {one.name: one for one in (EVENTS, SERIES, ORGANISATIONS, PEOPLE, TOPICS, VENUES)}
