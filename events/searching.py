"""What the search reads of events, series, topics and venues, and what weighs how much."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import override

from events.models import (
    Appearance,
    Event,
    EventTopic,
    EventVenue,
    Participation,
    Series,
    SeriesOrganiser,
    Session,
    Topic,
    Venue,
)
from events.models.choices import ORGANISING, VenueUse
from events.reading import PHRASES, marks_of, towns
from index.registry import ABOUT, NAMES, TEXT, TITLE, Entry, Searchable, concern, register
from lib.places import country_name, state_name


def register_all() -> None:
    register(
        Searchable("event", events, lambda at: Event.objects.published(at), Event.objects.all, phrases=PHRASES, values=towns)
    )
    for noun, model, entries in (("series", Series, series), ("topic", Topic, topics), ("venue", Venue, venues)):
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


# -- events ---------------------------------------------------------------------------------------


def events(keys: Collection[int]) -> Iterator[Entry]:
    """A constant number of queries (8)."""
    people = Appearance.objects.select_related("speaker", "organisation")
    found = Event.objects.filter(pk__in=keys).select_related("series")
    found = found.prefetch_related(
        Prefetch("participations", Participation.objects.select_related("organisation")),
        Prefetch("venue_links", EventVenue.objects.select_related("venue")),
        Prefetch("topic_links", EventTopic.objects.select_related("topic")),
        Prefetch("appearances", people),
        Prefetch("sessions", Session.objects.all()),
        "awards",
    )
    for event in found:
        entry = Entry(event.pk, starts_at=event.starts_at, ends_at=event.ends_at)
        _tell_title(entry, event)
        _tell_who(entry, event)
        _tell_where_and_what(entry, event)
        _tell_text(entry, event)
        entry.marks = marks_of(event)
        yield entry


def _tell_title(entry: Entry, event: Event) -> None:
    entry.names = [name for name in (event.title, event.title_en) if name]
    entry.tell("title", TITLE, event.title, event.title_en)
    if event.series:
        one = event.series
        entry.tell("series", TITLE, one.name, one.name_en, one.short_name)
        entry.tell("series", NAMES, *one.aliases)
    entry.tell("title", NAMES, event.subtitle)


def _tell_who(entry: Entry, event: Event) -> None:
    for link in event.participations.all():
        weight = NAMES if link.role in ORGANISING else ABOUT
        one = link.organisation
        entry.tell("organisation", weight, link.name_then, one.name, one.short_name, one.name_en, *one.aliases)
    for link in event.appearances.all():
        if link.speaker.anonymised_at is None:
            entry.tell("person", NAMES, link.speaker.name, *link.speaker.aliases)


def _tell_where_and_what(entry: Entry, event: Event) -> None:
    for link in event.topic_links.all():
        one = link.topic
        entry.tell("topic", ABOUT, one.name_de, one.name_en, *one.synonyms)
    for link in event.venue_links.all():
        if link.use != VenueUse.PLANNED:
            entry.tell("place", ABOUT, link.venue.name, link.venue.city, *_regions(link.venue))


def _tell_text(entry: Entry, event: Event) -> None:
    entry.tell("text", TEXT, event.summary, event.summary_en, event.hashtag)
    for session in event.sessions.all():
        entry.tell("programme", TEXT, session.title, session.abstract)
    for link in event.appearances.all():
        if link.speaker.anonymised_at is None:
            entry.tell("person", TEXT, link.office, link.organisation.name if link.organisation else "")
    for award in event.awards.all():
        entry.tell("programme", TEXT, award.title, award.winner)
    entry.tell("text", TEXT, event.description, event.date_note, event.price_note)


def _regions(venue: Venue) -> list[str]:
    """State and country as they are called in either language; nobody looks for Germany by its name."""
    found = []
    for language in ("de", "en"):
        with override(language):
            found += [state_name(venue.state)] if venue.state else []
            found += [country_name(venue.country)] if venue.country != "DE" else []
    return list(dict.fromkeys(found))


# -- what events have ------------------------------------------------------------------------------


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
        entry.tell("place", NAMES, one.city, *_regions(one), one.street)
        yield entry


