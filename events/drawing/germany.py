"""The map of the Länder: where a place lies on it, which part of it is shown, which marks it carries.

Shapes have units of their own, those of data/geography/states.json. The drawing is WIDTH by HEIGHT units, and
wherever the map is as narrow as a telephone, 0.6 pixels are one of them.
"""

import json
import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent.parent / "data" / "geography" / "states.json"

WIDTH, HEIGHT = 480, 640
MARGIN = 27
# How many times larger than the whole country a part of it may be shown.
LARGEST = 4
# A target of 24 pixels (WCAG 2.5.8) on the narrowest map.
SMALLEST_RADIUS, LARGEST_RADIUS = 20, 34
GAP = 1
KILOMETRES_OF_A_DEGREE = 111.195

Box = tuple[float, float, float, float]  # left, top, right, bottom in units of the shapes


@dataclass(frozen=True)
class Town:
    """A town and how many events are there; `shared` are those of them that are elsewhere as well."""

    slug: str
    name: str
    number: int
    latitude: float
    longitude: float
    shared: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Mark:
    """A disc for one town, or for several too near each other; the first has most events."""

    x: float
    y: float
    towns: tuple[Town, ...]

    @property
    def number(self) -> int:
        return together(self.towns)

    @property
    def radius(self) -> float:
        """Grows with the number, as its root: areas are what the eye compares."""
        return round(min(12 + 3 * math.sqrt(self.number), LARGEST_RADIUS), 1)

    @property
    def reach(self) -> float:
        """The radius within which it answers a pointer."""
        return max(self.radius, SMALLEST_RADIUS)


@dataclass(frozen=True)
class View:
    """The part of the map that is shown: units of the shapes times `scale`, moved by (x, y)."""

    scale: float
    x: float
    y: float

    @property
    def transform(self) -> str:
        return f"translate({self.x:.1f} {self.y:.1f}) scale({self.scale:.4f})"

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where in the drawing a place of these degrees lies."""
        x, y = project(latitude, longitude)
        return round(x * self.scale + self.x, 1), round(y * self.scale + self.y, 1)

    def length(self, kilometres: float, latitude: float) -> float:
        """Kilometres at this latitude in units of the drawing."""
        degrees = kilometres / KILOMETRES_OF_A_DEGREE / math.cos(math.radians(latitude))
        return round(degrees * _known()["projection"]["x"][0] * self.scale, 1)


# -- the shapes -----------------------------------------------------------------------------------


def shapes() -> dict[str, str]:
    """{ISO 3166-2 code of a Land: its path}."""
    states: dict[str, str] = _known()["states"]
    return states


def source() -> dict[str, str]:
    """Who drew the shapes: title, url, licence, licence_url."""
    told: dict[str, str] = _known()["source"]
    return told


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Degrees (WGS 84) as units of the shapes: Mercator's projection, as the shapes have it."""
    (scale_x, left), (scale_y, top) = _known()["projection"]["x"], _known()["projection"]["y"]
    height = math.degrees(math.asinh(math.tan(math.radians(latitude))))
    return scale_x * longitude + left, scale_y * height + top


def rings(path: str) -> list[list[tuple[int, int]]]:
    """The corners of a shape: M, then relative lines, for each of its parts."""
    found = []
    for part in path.split("z")[:-1]:
        start, steps = part.removeprefix("M").split("l")
        x, y = map(int, start.split())
        ring = [(x, y)]
        numbers = [int(one) for one in steps.replace("-", " -").split()]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        found.append(ring)
    return found


@cache
def box_of(state: str) -> Box:
    """The box around a Land."""
    corners = [corner for ring in rings(shapes()[state]) for corner in ring]
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across), max(down)


@cache
def _known() -> dict[str, dict]:
    known: dict[str, dict] = json.loads(FILE.read_text(encoding="utf-8"))
    return known


# -- the part shown -------------------------------------------------------------------------------


def view(boxes: Collection[Box] = ()) -> View:
    """What shows all of these boxes, as large as they fit; the whole country for none."""
    whole = [box_of(state) for state in shapes()]
    largest = LARGEST * _scale(_around(whole))
    box = _around(boxes or whole)
    scale = min(_scale(box), largest)
    left, top, right, bottom = box
    return View(scale, (WIDTH - (left + right) * scale) / 2, (HEIGHT - (top + bottom) * scale) / 2)


def box_of_places(places: Iterable[tuple[float, float]]) -> list[Box]:
    """Boxes without size around places of (latitude, longitude)."""
    points = [project(*place) for place in places]
    return [(x, y, x, y) for x, y in points]


def box_of_circle(latitude: float, longitude: float, kilometres: float) -> Box:
    x, y = project(latitude, longitude)
    radius = View(1, 0, 0).length(kilometres, latitude)
    return x - radius, y - radius, x + radius, y + radius


def _around(boxes: Collection[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _scale(box: Box) -> float:
    left, top, right, bottom = box
    return min((WIDTH - 2 * MARGIN) / max(right - left, 1), (HEIGHT - 2 * MARGIN) / max(bottom - top, 1))


# -- the marks ------------------------------------------------------------------------------------


def together(towns: Iterable[Town]) -> int:
    """How many events there are in all of these, each counted once."""
    towns = list(towns)
    shared = [event for town in towns for event in town.shared]
    return sum(town.number for town in towns) - len(shared) + len(set(shared))


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
        near = [(_distance(mark, other), place) for place, other in enumerate(kept)]
        distance, place = min(near, default=(math.inf, 0))
        if near and distance < mark.reach + kept[place].reach + GAP:
            other = kept[place]
            towns = sorted(other.towns + mark.towns, key=_order)
            kept[place] = Mark(other.x, other.y, tuple(towns))
        else:
            kept.append(mark)
    return kept


def _distance(one: Mark, other: Mark) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


def _rank(mark: Mark) -> tuple[int, str]:
    return -mark.number, mark.towns[0].slug


def _order(town: Town) -> tuple[int, str]:
    return -town.number, town.slug
