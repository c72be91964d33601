"""Where the events of a choice take place: each counted once at every place that it has, and told apart.

One query counts by place, one what has none; no event is read by itself. Places are told by town, since the
halls of one town lie within one mark of any map of the country.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Min, Q

from events.drawing.clusters import Town, together
from events.models import EventQuerySet, EventVenue
from events.models.choices import Mode, VenueUse
from events.positions import Position, positions
from events.selection import Selection

HOME = "DE"


@dataclass(frozen=True)
class Place:
    """A town with its venues, or with an empty slug what lies in a Land or country and in no town.

    `shared` are those of its events that have another venue, too, be it in the same town; `online` those that
    have a venue and yet are online alone.
    """

    country: str
    state: str
    slug: str
    name: str
    number: int
    shared: frozenset[int]
    online: frozenset[int]
    venues: tuple[int, ...]


@dataclass(frozen=True)
class Whereabouts:
    """Numbers of events. Whoever adds them up counts the `several` once for each of their places."""

    towns: list[Town]  # on the map
    states: dict[str, int]  # all of a Land, as if it alone were chosen
    vague: dict[str, int]  # of a Land, without a town
    nationwide: int
    abroad: dict[str, int]  # of a country
    online: int
    nowhere: int
    several: int


def whereabouts(selection: Selection) -> Whereabouts:
    """Two queries, three where a Land is chosen, and what the positions cost."""
    places = _places(selection.events)
    everywhere = _places(_of_any_state(selection)) if selection.values.get("state") else places
    known = positions()
    towns = {place: town for place in places if (town := _town(place, known))}
    others = [place for place in places if place not in towns]
    at_home = [place for place in others if place.country == HOME]
    told = selection.events.order_by().aggregate(
        number=Count("pk"), online=Count("pk", filter=Q(mode=Mode.ONLINE))
    )
    both = {event for place in places for event in place.online}
    return Whereabouts(
        towns=list(towns.values()),
        states=_counted(
            (one for one in everywhere if one.country == HOME and one.state), lambda one: one.state
        ),
        vague=_counted((place for place in at_home if place.state), lambda place: place.state),
        nationwide=together(place for place in at_home if not place.state),
        abroad=_counted((place for place in others if place.country != HOME), lambda place: place.country),
        online=told["online"],
        # What is left of all events without the online ones and those that have a venue, or both.
        nowhere=told["number"] - told["online"] - together(places) + len(both),
        several=len(both | _in_many(places)),
    )


def _of_any_state(selection: Selection) -> EventQuerySet:
    """The events that there would be if no Land were chosen."""
    events: Any = selection.filterset.queryset
    return selection.filterset.filter_queryset(events, without="state")


def _places(events: EventQuerySet) -> list[Place]:
    """A row for each town, Land and country that an event takes place in."""
    links = EventVenue.objects.filter(use=VenueUse.VENUE).order_by()
    where = ("venue__country", "venue__state", "venue__city_slug")
    # Of all events: the database sorts them out once, whatever was chosen.
    in_many = links.values("event").annotate(venues=Count("pk")).filter(venues__gt=1).values("event")
    told = {
        "name": Min("venue__city"),
        "number": Count("event", distinct=True),
        "shared": ArrayAgg("event", filter=Q(event__in=in_many), default=[]),
        "online": ArrayAgg("event", filter=Q(event__mode=Mode.ONLINE), default=[]),
        "venues": ArrayAgg("venue", distinct=True),
    }
    rows = links.filter(event__in=events.order_by().values("pk")).values(*where).annotate(**told)
    return [
        Place(country, state, slug, name, number, frozenset(shared), frozenset(online), tuple(venues))
        for country, state, slug, name, number, shared, online, venues in rows.values_list(*where, *told)
    ]


def _in_many(places: Iterable[Place]) -> set[int]:
    """The events that count at more than one of the places."""
    times = Counter(event for place in places for event in place.shared)
    return {event for event, number in times.items() if number > 1}


def _town(place: Place, known: Mapping[int, Position]) -> Town | None:
    """The place as the map shows it: in the middle of its venues; None abroad and where nobody knows."""
    found = [known[venue] for venue in place.venues if venue in known]
    if place.country != HOME or not place.slug or not found:
        return None
    latitude = fmean(position.latitude for position in found)
    longitude = fmean(position.longitude for position in found)
    return Town(place.slug, place.name, place.number, latitude, longitude, place.shared)


def _counted(places: Iterable[Place], key: Callable[[Place], str]) -> dict[str, int]:
    """{key: events}, each event once for each key."""
    groups: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        groups[key(place)].append(place)
    return {name: together(its) for name, its in groups.items()}
