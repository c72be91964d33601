"""Marks on the map: one for each town, or for several that lie too near each other to be told apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import hypot, sqrt
from typing import Protocol

from events.drawing.germany import View

# Units of the drawing. A target of 24 pixels (WCAG 2.5.8) on the narrowest map, where 0.6 pixels are a unit.
SMALLEST_REACH, LARGEST_RADIUS = 20, 34
# What surrounds a mark for several towns.
RING = 3.5
GAP = 1


class Counted(Protocol):
    """A place with the number of its events; `shared` are those of them that are elsewhere as well."""

    @property
    def number(self) -> int: ...

    @property
    def shared(self) -> frozenset[int]: ...


@dataclass(frozen=True)
class Town:
    slug: str
    name: str
    number: int
    latitude: float
    longitude: float
    shared: frozenset[int] = frozenset()


@dataclass(slots=True)
class Mark:
    """A disc for one town, or for several too near each other; the first has most events.

    `radius` grows with the number, as its root: areas are what the eye compares. Within `reach` it answers a
    pointer. All of it is worked out at once, since each mark is compared with hundreds.
    """

    x: float
    y: float
    towns: tuple[Town, ...]
    number: int = field(init=False)
    radius: float = field(init=False)
    reach: float = field(init=False)

    def __post_init__(self) -> None:
        is_one = len(self.towns) == 1
        self.number = self.towns[0].number if is_one else together(self.towns)
        self.radius = round(min(12 + 3 * sqrt(self.number), LARGEST_RADIUS), 1)
        self.reach = max(self.radius if is_one else self.ring, SMALLEST_REACH)

    @property
    def ring(self) -> float:
        """The radius of the ring around several towns."""
        return self.radius + RING


def together(places: Iterable[Counted]) -> int:
    """How many events there are in all of these, each counted once."""
    places = list(places)
    shared = [event for place in places for event in place.shared]
    return sum(place.number for place in places) - len(shared) + len(set(shared))


def marks(towns: Iterable[Town], shown: View) -> list[Mark]:
    """Every town in exactly one mark, no two of them in each other's reach; the greatest first.

    A town gives way to a greater one beside it. A mark that has grown by that may reach others in turn, so
    that it goes on until nothing changes. The order of the towns does not matter.
    """
    found = [Mark(*shown.place(town.latitude, town.longitude), (town,)) for town in towns]
    before = -1
    while len(found) != before:
        before = len(found)
        found = _merged(found)
    return found


def _merged(found: Sequence[Mark]) -> list[Mark]:
    """Once through all marks, the greatest first: each stays, or gives way to the nearest in reach."""
    kept: list[Mark] = []
    for mark in sorted(found, key=_rank):
        reach = mark.reach
        reached = [
            (distance, place)
            for place, other in enumerate(kept)
            if (distance := hypot(mark.x - other.x, mark.y - other.y)) < reach + other.reach + GAP
        ]
        if reached:
            place = min(reached)[1]
            kept[place] = _joined(kept[place], mark)
        else:
            kept.append(mark)
    return kept


def _joined(one: Mark, other: Mark) -> Mark:
    """One mark between two, nearer to the one with more events."""
    share = other.number / (one.number + other.number)
    x, y = one.x + (other.x - one.x) * share, one.y + (other.y - one.y) * share
    return Mark(round(x, 1), round(y, 1), tuple(sorted(one.towns + other.towns, key=_order)))


def _rank(mark: Mark) -> tuple[int, str, float, float]:
    return -mark.number, mark.towns[0].slug, mark.x, mark.y


def _order(town: Town) -> tuple[int, str, float, float]:
    """There are towns of the same name."""
    return -town.number, town.slug, town.latitude, town.longitude
