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
from django.db.models.expressions import RawSQL
from django.utils import timezone

from events.drawing.clusters import Town, together
from events.filters import Sort
from events.freshness import seed
from events.models import EventVenue
from events.models.choices import Mode, VenueUse
from events.positions import Position, positions
from events.selection import Selection
from journal.kept import Kept
from lib.keys import among

# Of which the map is drawn.
HOME = "DE"
# Up to so many events are named to the database one by one: it then looks at no others.
MOST_KEYS = 20_000


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


# Of the choices that were asked for of late.
_kept: Kept[Whereabouts] = Kept(most=16)


def whereabouts(selection: Selection) -> Whereabouts:
    """Two queries, three where a Land is chosen, and what the positions cost; none of them where nothing has
    changed since the same was asked. What the search finds is asked for each time (see `shelf.serving`)."""
    if selection.values.get("q"):
        return _found(selection)
    chosen = repr(sorted((name, value) for name, value in selection.values.items() if value))
    key = seed(selection.at or timezone.now()), selection.span, selection.default_when, chosen
    return _kept.get(key, lambda: _found(selection))


def _found(selection: Selection) -> Whereabouts:
    places = _places(_chosen(selection))
    everywhere = _places(_of_any_state(selection)) if selection.values.get("state") else places
    known = positions()
    towns = {place: town for place in places if (town := _town(place, known))}
    others = [place for place in places if place not in towns]
    at_home = [place for place in others if place.country == HOME]
    number, online = _numbers(selection)
    both = {event for place in places for event in place.online}
    return Whereabouts(
        towns=list(towns.values()),
        states=_counted(
            (one for one in everywhere if one.country == HOME and one.state), lambda one: one.state
        ),
        vague=_counted((place for place in at_home if place.state), lambda place: place.state),
        nationwide=together(place for place in at_home if not place.state),
        abroad=_counted((place for place in others if place.country != HOME), lambda place: place.country),
        online=online,
        # What is left of all events without the online ones and those that have a venue, or both.
        nowhere=number - online - together(places) + len(both),
        several=len(both | _in_many(places)),
    )


def _chosen(selection: Selection) -> Any:
    """The keys of the events: themselves if they are few enough to be told to the database, else a query."""
    choice = selection.choice
    keys = choice.keys(Sort.DATE, 0, choice.total) if choice and choice.total <= MOST_KEYS else None
    return selection.events.order_by().values("pk") if keys is None else among(keys)


def _numbers(selection: Selection) -> tuple[int, int]:
    """How many events there are, and how many are online alone."""
    if selection.choice:
        return selection.choice.total, selection.choice.having("mode", Mode.ONLINE)
    told = selection.events.order_by().aggregate(
        number=Count("pk"), online=Count("pk", filter=Q(mode=Mode.ONLINE))
    )
    return told["number"], told["online"]


def _of_any_state(selection: Selection) -> Any:
    """The events that there would be if no Land were chosen."""
    events: Any = selection.filterset.queryset
    return selection.filterset.filter_queryset(events, without="state").order_by().values("pk")


def _places(events: Any) -> list[Place]:
    """A row for each town, Land and country that an event takes place in; `events` are keys, or a query."""
    links = EventVenue.objects.filter(use=VenueUse.VENUE).order_by()
    where = ("venue__country", "venue__state", "venue__city_slug")
    chosen = links.filter(event__in=events)
    # Of all events where a query says which: the database sorts them out once, whatever was chosen.
    known = chosen if isinstance(events, RawSQL) else links
    in_many = known.values("event").annotate(venues=Count("pk")).filter(venues__gt=1).values("event")
    told = {
        "name": Min("venue__city"),
        "number": Count("event", distinct=True),
        "shared": ArrayAgg("event", filter=Q(event__in=in_many), default=[]),
        "online": ArrayAgg("event", filter=Q(event__mode=Mode.ONLINE), default=[]),
        "venues": ArrayAgg("venue", distinct=True),
    }
    rows = chosen.values(*where).annotate(**told)
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
