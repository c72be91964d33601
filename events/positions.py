"""Where venues lie: at their own coordinates, else in the middle of their postal code or town."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from events.models import Venue
from events.models.choices import VenueKind
from journal.kept import Kept
from lib import gazetteer
from lib.geography import distance, may_be_within

# They lie everywhere and nowhere: a point would say more than is known.
VAGUE = (VenueKind.REGION, VenueKind.COUNTRY)


class Position(NamedTuple):
    """Degrees in WGS 84; `is_exact` where the venue's own coordinates are known."""

    latitude: float
    longitude: float
    is_exact: bool


_kept: Kept[Mapping[int, Position]] = Kept()


def positions() -> Mapping[int, Position]:
    """{primary key: position} of all venues of which one is known; one small query if nothing has changed."""
    return _kept.get("all", _read)


def within(latitude: float, longitude: float, km: float) -> dict[int, float]:
    """{primary key: kilometres} of the venues at most so far away as the crow flies."""
    here = (latitude, longitude)
    found = {
        pk: distance(here, place[:2])
        for pk, place in positions().items()
        if may_be_within(here, place[:2], km)
    }
    return {pk: away for pk, away in found.items() if away <= km}


def _read() -> Mapping[int, Position]:
    rows = Venue.objects.exclude(kind__in=VAGUE).order_by().values_list(
        "pk", "latitude", "longitude", "postal_code", "city", "state", "country"
    )  # fmt: skip
    town = cache(_town)
    found = {}
    for pk, latitude, longitude, *address in rows.iterator():
        if latitude is None or longitude is None:
            position = town(*address)
        else:
            position = Position(float(latitude), float(longitude), True)
        if position:
            found[pk] = position
    return MappingProxyType(found)


def _town(postal_code: str, city: str, state: str, country: str) -> Position | None:
    """Of the postal code in Germany, else of the town."""
    places = gazetteer.find(postal_code) if postal_code and country == "DE" else []
    place = places[0] if places else gazetteer.town(city, country, state)
    return Position(place.latitude, place.longitude, False) if place else None
