"""The facts of entries, read in a constant number of queries whatever their number."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection

from curation.duplicates.facts import EventFacts, Facts, OrganisationFacts, PersonFacts, VenueFacts
from curation.duplicates.judging_events import NEAR
from curation.duplicates.wording import Lexicon, place_on_the_web, read
from events.models import Appearance, Event, EventVenue, Participation, Series, Source, Topic, Venue
from events.models.choices import ORGANISING, Mode, Precision, VenueUse
from index.models import Word
from organisations.models import Organisation
from speakers.models import Speaker

# Instead of a town, for an event that is online alone.
ONLINE = "@"


def lexicon(facts: Iterable[Facts]) -> Lexicon:
    """How common the words of these entries are in the catalogue (1 query)."""
    words = {word for one in facts for name in one.names for word in read(name).words}
    counts = dict(Word.objects.filter(form__in=words).values_list("form", "count"))
    return Lexicon(counts, max(1000, *counts.values()) if counts else 1000)


def links_of(*urls: str) -> frozenset[str]:
    """Pages of their own: a mere host may be that of a whole administration, and of all its events."""
    return frozenset(place for url in urls if (place := place_on_the_web(url)))


def names_of(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def topics(keys: Collection[int]) -> list[Facts]:
    rows = Topic.objects.filter(pk__in=keys)
    apart = _children(Topic, "parent", keys)
    return [
        Facts(
            key=one.pk,
            names=names_of(one.name_de, one.name_en, *one.synonyms),
            apart=apart[one.pk] | _keys(one.parent_id),
            is_sample=one.is_sample,
        )
        for one in rows
    ]


def series(keys: Collection[int]) -> list[Facts]:
    rows = Series.objects.filter(pk__in=keys)
    return [
        Facts(
            key=one.pk,
            names=names_of(one.name, one.name_en, one.short_name, *one.aliases),
            links=links_of(one.website),
            apart=_keys(one.predecessor_id),
            is_sample=one.is_sample,
        )
        for one in rows
    ]


def organisations(keys: Collection[int]) -> list[Facts]:
    return [
        OrganisationFacts(
            key=one.pk,
            names=names_of(one.name, one.name_en, *one.aliases),
            short=one.short_name,
            kind=one.kind,
            links=links_of(one.website),
            identifiers=_identifiers(q=one.wikidata, a=one.ars),
            apart=_keys(one.parent_id, one.successor_id),
            city=one.city,
            state=one.state,
            country=one.country,
            is_sample=one.is_sample,
        )
        for one in Organisation.objects.filter(pk__in=keys)
    ]


def venues(keys: Collection[int]) -> list[Facts]:
    return [
        VenueFacts(
            key=one.pk,
            names=names_of(one.name),
            links=links_of(one.website),
            city=one.city,
            kind=one.kind,
            street=one.street,
            at=(float(one.latitude), float(one.longitude)) if one.latitude is not None else None,  # type: ignore[arg-type]
            is_sample=one.is_sample,
        )
        for one in Venue.objects.filter(pk__in=keys)
    ]


def people(keys: Collection[int]) -> list[Facts]:
    bodies, offices, met = (defaultdict[int, set[Any]](set) for _ in range(3))
    columns = "speaker", "organisation", "office", "event"
    for key, body, office, event in Appearance.objects.filter(speaker__in=keys).values_list(*columns):
        met[key].add(event)
        if body:
            bodies[key].add(body)
        if office:
            offices[key].add(office)
    return [
        PersonFacts(
            key=one.pk,
            names=names_of(one.plain_name, *one.aliases),
            given=one.given_name,
            family=one.family_name,
            links=links_of(one.website),
            identifiers=_identifiers(q=one.wikidata),
            bodies=frozenset(bodies[one.pk]),
            offices=frozenset(offices[one.pk]),
            events=frozenset(met[one.pk]),
            is_sample=one.is_sample,
        )
        for one in Speaker.objects.listed().filter(pk__in=keys)
    ]


def events(keys: Collection[int]) -> list[Facts]:
    bodies = _linked(Participation.objects.filter(role__in=ORGANISING), "organisation", keys)
    venues_of = EventVenue.objects.filter(use=VenueUse.VENUE).exclude(venue__city_slug="")
    places = _linked(venues_of, "venue__city_slug", keys)
    sources = _linked(Source.objects.all(), "url", keys)
    dense = _neighbours(keys)
    return [
        EventFacts(
            key=one.pk,
            names=names_of(one.title, one.title_en),
            links=links_of(one.website),
            pages=links_of(one.registration_url),
            sources=links_of(*sources[one.pk]),
            bodies=frozenset(bodies[one.pk]),
            places=frozenset({ONLINE}) if one.mode == Mode.ONLINE else frozenset(places[one.pk]),
            neighbours=dense[one.pk],
            first=one.starts_on,
            last=one.ends_on,
            is_day=one.date_precision == Precision.DAY,
            series=one.series_id or 0,
            edition=one.edition or 0,
            parent=one.parent_id or 0,
            is_sample=one.is_sample,
        )
        for one in Event.objects.filter(pk__in=keys)
    ]


def _linked(rows: Any, column: str, keys: Collection[int]) -> dict[int, set[Any]]:
    found = defaultdict[int, set[Any]](set)
    for event, value in rows.filter(event__in=keys).order_by().values_list("event", column):
        found[event].add(value)
    return found


def _neighbours(keys: Collection[int]) -> dict[int, frozenset[int]]:
    """{event: others of its series within these weeks}"""
    found = defaultdict[int, frozenset[int]](frozenset)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT one.id, array_agg(other.id) FROM events_event AS one JOIN events_event AS other "
            "ON other.series_id = one.series_id AND other.id <> one.id "
            "AND other.starts_on BETWEEN one.starts_on - %s AND one.starts_on + %s "
            "WHERE one.id = ANY(%s) GROUP BY one.id",
            [NEAR, NEAR, list(keys)],
        )
        for key, others in cursor.fetchall():
            found[key] = frozenset(others)
    return found


def _children(model: Any, column: str, keys: Collection[int]) -> dict[int, frozenset[int]]:
    found = defaultdict[int, frozenset[int]](frozenset)
    for above, key in model.objects.filter(**{f"{column}__in": keys}).values_list(column, "pk"):
        found[above] |= {key}
    return found


def _keys(*keys: int | None) -> frozenset[int]:
    return frozenset(key for key in keys if key)


def _identifiers(**numbers: str) -> frozenset[str]:
    """Each with the letter of its register before it, so that only like is compared with like."""
    return frozenset(f"{register}:{number}" for register, number in numbers.items() if number)
