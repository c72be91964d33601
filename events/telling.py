"""All that an event says of itself, as the search reads it. Weights follow docs/search.md."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import override

from events.models import (
    Appearance,
    Award,
    Event,
    EventTopic,
    EventVenue,
    Participation,
    Series,
    Session,
    Topic,
    Venue,
)
from events.models.choices import ORGANISING, VenueUse
from events.reading import marks_of
from index.registry import ABOUT, NAMES, TEXT, TITLE, Entry
from lib.places import country_name, state_name
from organisations.models import Organisation
from speakers.models import Speaker

_READ = (
    "title", "title_en", "subtitle", "summary", "summary_en", "hashtag", "description", "date_note",
    "price_note",
    "series_id", "edition", "formats", "mode", "is_free", "starts_on", "ends_on", "starts_at", "ends_at",
)  # fmt: skip
Rows = Mapping[int, list[tuple[Any, ...]]]


def events(keys: Collection[int]) -> Iterator[Entry]:
    """A constant number of queries (12). A linked entry is read once, however many events link it."""
    found = list(Event.objects.filter(pk__in=keys).only(*_READ).order_by("pk"))
    links = _Links(found)
    for event in found:
        entry = Entry(event.pk, starts_at=event.starts_at, ends_at=event.ends_at)
        entry.names = [name for name in (event.title, event.title_en) if name]
        entry.tell("title", TITLE, event.title, event.title_en)
        entry.tell("title", NAMES, event.subtitle)
        venues = links.tell(entry, event)
        entry.tell("text", TEXT, event.summary, event.summary_en, event.hashtag)
        links.tell_programme(entry)
        entry.tell("text", TEXT, event.description, event.date_note, event.price_note)
        entry.marks = marks_of(event, venues)
        yield entry


class _Links:
    """What hangs on some events: link rows by event, linked entries by key."""

    def __init__(self, events: Collection[Event]) -> None:
        keys = [event.pk for event in events]
        self.participations = _rows(Participation.objects, keys, "organisation_id", "role", "name_then")
        # The anonymised said nothing.
        people = Appearance.objects.filter(speaker__anonymised_at=None)
        self.appearances = _rows(people, keys, "speaker_id", "office", "organisation_id")
        self.topics = _rows(EventTopic.objects, keys, "topic_id")
        self.venues = _rows(EventVenue.objects, keys, "venue_id", "use")
        self.sessions = _rows(Session.objects, keys, "title", "abstract")
        self.awards = _rows(Award.objects, keys, "title", "winner")
        self.series_of = _by_key(Series, {event.series_id for event in events if event.series_id})
        organisations = {row[0] for rows in self.participations.values() for row in rows}
        organisations |= {row[2] for rows in self.appearances.values() for row in rows if row[2]}
        self.organisation = _by_key(Organisation, organisations)
        self.speaker = _by_key(Speaker, _first(self.appearances))
        self.topic = _by_key(Topic, _first(self.topics))
        self.venue = _by_key(Venue, _first(self.venues))

    def tell(self, entry: Entry, event: Event) -> list[Venue]:
        """Series, who takes part, topics and places, into the entry; returns where the event takes place."""
        if event.series_id:
            one = self.series_of[event.series_id]
            entry.tell("series", TITLE, one.name, one.name_en, one.short_name)
            entry.tell("series", NAMES, *one.aliases)
        for key, role, name_then in self.participations.get(entry.pk, ()):
            told = self.organisation[key]
            names = (name_then, told.name, told.short_name, told.name_en, *told.aliases)
            entry.tell("organisation", NAMES if role in ORGANISING else ABOUT, *names)
        for key, _office, _organisation in self.appearances.get(entry.pk, ()):
            entry.tell("person", NAMES, self.speaker[key].name, *self.speaker[key].aliases)
        for (key,) in self.topics.get(entry.pk, ()):
            topic = self.topic[key]
            entry.tell("topic", ABOUT, topic.name_de, topic.name_en, *topic.synonyms)
        there = []
        for key, use in self.venues.get(entry.pk, ()):
            venue = self.venue[key]
            there += [venue] if use == VenueUse.VENUE else []
            if use != VenueUse.PLANNED:
                entry.tell("place", ABOUT, venue.name, venue.city, *regions(venue.state, venue.country))
        return there

    def tell_programme(self, entry: Entry) -> None:
        for title, abstract in self.sessions.get(entry.pk, ()):
            entry.tell("programme", TEXT, title, abstract)
        for _key, office, organisation in self.appearances.get(entry.pk, ()):
            entry.tell("person", TEXT, office, self.organisation[organisation].name if organisation else "")
        for title, winner in self.awards.get(entry.pk, ()):
            entry.tell("programme", TEXT, title, winner)


def _rows(links: Any, keys: Collection[int], *columns: str) -> Rows:
    """{event: [the columns of each of its links in order]}."""
    found = defaultdict(list)
    rows: QuerySet[Any, Any] = links.filter(event__in=keys).order_by("event_id", "position", "pk")
    for key, *row in rows.values_list("event_id", *columns):
        found[key].append(tuple(row))
    return found


def _first(rows: Rows) -> set[int]:
    return {row[0] for some in rows.values() for row in some}


def _by_key(model: Any, keys: Iterable[int]) -> dict[int, Any]:
    return {one.pk: one for one in model.objects.filter(pk__in=keys).order_by()}


@cache
def regions(state: str, country: str) -> tuple[str, ...]:
    """State and country as they are called in either language; nobody looks for Germany by its name."""
    found = []
    for language in ("de", "en"):
        with override(language):
            found += [state_name(state)] if state else []
            found += [country_name(country)] if country != "DE" else []
    return tuple(dict.fromkeys(found))
