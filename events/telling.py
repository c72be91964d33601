"""All that an event says of itself, as the search reads it. Weights follow docs/search.md."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

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
from index.registry import ABOUT, NAMES, TEXT, TITLE, Entry, Field
from lib.keys import among
from lib.places import country_name, is_abroad, state_name
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
    # Rows rather than models: a rebuild reads everything, and most of its time went into making these.
    found: list[Any] = list(
        Event.objects.filter(pk__in=among(keys)).order_by("pk").values_list("pk", *_READ, named=True)
    )
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

    def __init__(self, events: Collection[Any]) -> None:
        keys = [event.pk for event in events]
        self.participations = _rows(Participation.objects, keys, "organisation_id", "role", "name_then")
        # The anonymised said nothing.
        people = Appearance.objects.filter(speaker__anonymised_at=None)
        self.appearances = _rows(people, keys, "speaker_id", "office", "organisation_id")
        self.topics = _rows(EventTopic.objects, keys, "topic_id")
        self.venues = _rows(EventVenue.objects, keys, "venue_id", "use")
        self.sessions = _rows(Session.objects, keys, "title", "abstract")
        self.awards = _rows(Award.objects, keys, "title", "winner")
        series = {event.series_id for event in events if event.series_id}
        self.series = _by_key(Series, series, _series)
        organisations = {row[0] for rows in self.participations.values() for row in rows}
        organisations |= {row[2] for rows in self.appearances.values() for row in rows if row[2]}
        self.organisation = _by_key(Organisation, organisations, _organisation)
        self.speaker = _by_key(Speaker, _first(self.appearances), _person)
        self.topic = _by_key(Topic, _first(self.topics), _topic)
        self.venue = _by_key(Venue, _first(self.venues), lambda venue: (venue, _place(venue)))

    def tell(self, entry: Entry, event: Any) -> list[Venue]:
        """Series, who takes part, topics and places, into the entry; returns where the event takes place."""
        fields = entry.fields
        if event.series_id:
            fields += self.series[event.series_id]
        for key, role, name_then in self.participations.get(entry.pk, ()):
            weight = NAMES if role in ORGANISING else ABOUT
            entry.tell("organisation", weight, name_then)
            fields += self.organisation[key][weight]
        for key, _office, _organisation in self.appearances.get(entry.pk, ()):
            fields += self.speaker[key]
        for (key,) in self.topics.get(entry.pk, ()):
            fields += self.topic[key]
        there = []
        for key, use in self.venues.get(entry.pk, ()):
            venue, place = self.venue[key]
            there += [venue] if use == VenueUse.VENUE else []
            fields += place if use != VenueUse.PLANNED else ()
        return there

    def tell_programme(self, entry: Entry) -> None:
        for title, abstract in self.sessions.get(entry.pk, ()):
            entry.tell("programme", TEXT, title, abstract)
        for _key, office, organisation in self.appearances.get(entry.pk, ()):
            entry.tell("person", TEXT, office)
            entry.fields += self.organisation[organisation][TEXT] if organisation else ()
        for title, winner in self.awards.get(entry.pk, ()):
            entry.tell("programme", TEXT, title, winner)


def _rows(links: Any, keys: Collection[int], *columns: str) -> Rows:
    """{event: [the columns of each of its links in order]}."""
    found = defaultdict(list)
    rows: QuerySet[Any, Any] = links.filter(event__in=among(keys)).order_by("event_id", "position", "pk")
    for key, *row in rows.values_list("event_id", *columns):
        found[key].append(tuple(row))
    return found


def _first(rows: Rows) -> set[int]:
    return {row[0] for some in rows.values() for row in some}


T = TypeVar("T")
Fields = tuple[Field, ...]


def _by_key(model: Any, keys: Collection[int], told: Callable[[Any], T]) -> dict[int, T]:
    """{key: what the entry tells}: made once, however many events link it."""
    return {one.pk: told(one) for one in model.objects.filter(pk__in=among(keys)).order_by()}


def _fields(kind: str, weight: str, *texts: str) -> Fields:
    return tuple(Field(kind, weight, text) for text in texts if text)


def _series(one: Series) -> Fields:
    names = _fields("series", TITLE, one.name, one.name_en, one.short_name)
    return names + _fields("series", NAMES, *one.aliases)


def _organisation(one: Organisation) -> dict[str, Fields]:
    """By weight: of one that takes part all names, of a speaker's office its name alone."""
    names = (one.name, one.short_name, one.name_en, *one.aliases)
    told = {weight: _fields("organisation", weight, *names) for weight in (NAMES, ABOUT)}
    return told | {TEXT: _fields("person", TEXT, one.name)}


def _person(one: Speaker) -> Fields:
    return _fields("person", NAMES, one.name, *one.aliases)


def _topic(one: Topic) -> Fields:
    return _fields("topic", ABOUT, one.name_de, one.name_en, *one.synonyms)


def _place(one: Venue) -> Fields:
    return _fields("place", ABOUT, one.name, one.city, *regions(one.state, one.country))


@cache
def regions(state: str, country: str) -> tuple[str, ...]:
    """State and country as they are called in either language; nobody looks for their own by its name."""
    found = []
    for language in ("de", "en"):
        with override(language):
            found += [state_name(state)] if state else []
            found += [country_name(country)] if is_abroad(country) else []
    return tuple(dict.fromkeys(found))
