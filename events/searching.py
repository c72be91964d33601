"""What the search reads of events, series, topics and venues, and what weighs how much."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet

from events.models import (
    Appearance,
    Event,
    EventTopic,
    EventVenue,
    Participation,
    Series,
    SeriesOrganiser,
    Topic,
    Venue,
)
from events.reading import PHRASES, towns
from events.telling import events, regions
from index.registry import NAMES, TEXT, TITLE, Entry, Searchable, concern, register


def register_all() -> None:
    register(
        Searchable(
            "event",
            events,
            lambda at: Event.objects.published(at),
            Event.objects.all,
            phrases=PHRASES,
            values=towns,
        )
    )
    for noun, model, entries in (
        ("series", Series, series),
        ("topic", Topic, topics),
        ("venue", Venue, venues),
    ):
        register(Searchable(noun, entries, _all(model), model.objects.all))
    for noun, other, links, column, told in CONCERNED:
        concern(noun, other, _linked(links, column, told))


def _all(model: Any) -> Callable[[dt.datetime | None], QuerySet]:
    return lambda at: model.objects.all()


def _linked(model: Any, column: str, told: str) -> Callable[[Collection[int]], QuerySet]:
    return lambda keys: model.objects.filter(**{f"{column}__in": keys}).values_list(told, flat=True)


# (noun, the other noun that tells something of it, the rows that link them and their columns of both).
CONCERNED: tuple[tuple[str, str, Any, str, str], ...] = (
    ("series", "event", Event, "series", "pk"),
    ("topic", "event", EventTopic, "topic", "event"),
    ("venue", "event", EventVenue, "venue", "event"),
    ("organisation", "event", Participation, "organisation", "event"),
    ("organisation", "event", Appearance, "organisation", "event"),
    ("organisation", "series", SeriesOrganiser, "organisation", "series"),
    ("speaker", "event", Appearance, "speaker", "event"),
)


def series(keys: Collection[int]) -> Iterable[Entry]:
    links = Prefetch("organiser_links", SeriesOrganiser.objects.select_related("organisation"))
    for one in Series.objects.filter(pk__in=keys).prefetch_related(links):
        names = [name for name in (one.name, one.short_name, one.name_en) if name]
        entry = Entry(one.pk, names=[*names, *one.aliases], same=[names])
        entry.tell("title", TITLE, *names, *one.aliases)
        for link in one.organiser_links.all():
            entry.tell("organisation", NAMES, link.organisation.name, link.organisation.short_name)
        entry.tell("text", TEXT, one.summary, one.summary_en, one.description, one.hashtag)
        yield entry


def topics(keys: Collection[int]) -> Iterable[Entry]:
    for one in Topic.objects.filter(pk__in=keys):
        names = [name for name in (one.name_de, one.name_en) if name]
        entry = Entry(one.pk, names=[*names, *one.synonyms], same=[names])
        entry.tell("title", TITLE, *names)
        entry.tell("topic", NAMES, *one.synonyms)
        entry.tell("text", TEXT, one.summary, one.summary_en)
        yield entry


def venues(keys: Collection[int]) -> Iterable[Entry]:
    for one in Venue.objects.filter(pk__in=keys):
        entry = Entry(one.pk, names=[one.name])
        entry.tell("title", TITLE, one.name)
        entry.tell("place", NAMES, one.city, *regions(one.state, one.country), one.street)
        yield entry
