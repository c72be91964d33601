"""The map of the Länder: their shapes, where a place lies among them, and which part of the map is shown.

Shapes have units of their own, those of data/geography/states.json. The drawing is WIDTH by HEIGHT units.
"""

import json
import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent.parent / "data" / "geography" / "states.json"

WIDTH, HEIGHT = 480, 640
MARGIN = 27
# How many times larger than the whole country a part of it may be shown.
LARGEST = 6
KILOMETRES_OF_A_DEGREE = 111.195

Box = tuple[float, float, float, float]  # left, top, right, bottom in units of the shapes


@dataclass(frozen=True)
class Circle:
    x: float
    y: float
    radius: float


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

    def circle(self, latitude: float, longitude: float, kilometres: float) -> Circle:
        """All that is at most so far away from a place."""
        x, y = self.place(latitude, longitude)
        return Circle(x, y, self.length(kilometres, latitude))

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


def box_of_circle(latitude: float, longitude: float, kilometres: float) -> list[Box]:
    """The box around what is at most so far from a place, as far as it is on the map; none if it is not."""
    x, y = project(latitude, longitude)
    radius = View(1, 0, 0).length(kilometres, latitude)
    left, top, right, bottom = _around([box_of(state) for state in shapes()])
    box = (max(x - radius, left), max(y - radius, top), min(x + radius, right), min(y + radius, bottom))
    return [box] if box[0] < box[2] and box[1] < box[3] else []


def _around(boxes: Collection[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _scale(box: Box) -> float:
    left, top, right, bottom = box
    return min((WIDTH - 2 * MARGIN) / max(right - left, 1), (HEIGHT - 2 * MARGIN) / max(bottom - top, 1))
