"""Draws the sixteen Länder anew: `python3 -m tools.geography_states FOLDER`, then look at the map.

FOLDER is the unpacked npm package @svg-maps/germany. Its outlines are far finer than a page can show, so they
are thinned here: not Land by Land, which would tear gaps between neighbours, but border by border. Points
that two Länder share are first made one, then the outlines are cut where a third border joins, and each
piece is thinned once for both sides. Standard library only; the outcome is data/geography/states.json.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from tools.state import CHECKOUT
from tools.terminal import Problem, say, tell_problem

TARGET = CHECKOUT / "data" / "geography" / "states.json"
# Units of the package, of which one is about a kilometre.
SAME_POINT = 0.15
SMALLEST_ISLAND = 5.0
SMALLEST_CORNER = 2.6
# The outcome has whole numbers: half a kilometre, less than a pixel of any window.
SCALE = 2
# The package does not say how it was projected. Held against Germany's outline of Natural Earth (public
# domain) it is Mercator: with these numbers, found by least squares, half of 3,000 points lie within 0.46
# units of it and nine tenths within 1.1. x = a · longitude + b, y = a · Mercator's latitude + b, in degrees.
PROJECTION = {"x": (63.6827, -372.469), "y": (-63.4932, 4205.9509)}
SOURCE = {
    "title": "MapSVG, @svg-maps/germany 2.0.0",
    "url": "https://mapsvg.com/maps/germany",
    "licence": "CC BY 4.0",
    "licence_url": "https://creativecommons.org/licenses/by/4.0/",
}

Point = tuple[float, float]
Ring = list[int]  # numbers of points, the last joined to the first
Piece = tuple[int, ...]


def main(arguments: list[str]) -> int:
    try:
        outlines = read((Path(*arguments[:1]) / "germany.svg").read_text(encoding="utf-8"))
    except OSError as error:
        remedy = "Unpack the npm package @svg-maps/germany, version 2.0.0, and name its folder."
        tell_problem(Problem(f"There is no map to read: {error}.", remedy))
        return 1
    states = drawn(outlines)
    known = {
        "source": SOURCE,
        "projection": {axis: [round(one * SCALE, 4) for one in two] for axis, two in PROJECTION.items()},
        "states": dict(sorted(states.items())),
    }
    TARGET.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    say(f"{len(states)} Länder, {sum(map(len, states.values()))} characters of paths: {TARGET}")
    return 0


def read(svg: str) -> dict[str, list[list[Point]]]:
    """{ISO 3166-2 code: its rings}; the package's paths know m, l and z only, all relative."""
    found = {}
    for path in re.findall(r"<path(.*?)/>", svg, re.DOTALL):
        told = dict(re.findall(r'([a-z-]+)="([^"]*)"', path))
        found[f"DE-{told['id'].upper()}"] = _rings(told["d"])
    return found


def _rings(path: str) -> list[list[Point]]:
    rings: list[list[Point]] = []
    x, y = 0.0, 0.0
    for part in re.findall(r"m([^z]*)z", path):
        numbers = [float(one) for one in re.findall(r"-?[\d.]+", part)]
        ring: list[Point] = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        rings.append(ring)
        x, y = ring[0]
    return rings


def drawn(outlines: dict[str, list[list[Point]]]) -> dict[str, str]:
    """{code: path in whole numbers}, thinned and without the smallest islands."""
    merger = Merger()
    rings = {
        code: [merger.ring(ring) for ring in its if abs(_area(ring)) >= SMALLEST_ISLAND]
        for code, its in outlines.items()
    }
    joints = _joints(ring for its in rings.values() for ring in its)
    thin: dict[Piece, Piece] = {}
    paths = {}
    for code, its in rings.items():
        parts = [_path([merger.points[one] for one in _thinned(ring, joints, merger, thin)]) for ring in its]
        paths[code] = "".join(parts)
    return paths


class Merger:
    """Gives points that lie as good as at the same place one number."""

    def __init__(self) -> None:
        self.points: list[Point] = []
        self._cells: dict[tuple[int, int], list[int]] = defaultdict(list)

    def ring(self, ring: list[Point]) -> Ring:
        numbers = [self._number(point) for point in ring]
        return [one for one, before in zip(numbers, [numbers[-1], *numbers], strict=False) if one != before]

    def _number(self, point: Point) -> int:
        column, row = int(point[0]), int(point[1])
        near = [
            one
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for one in self._cells[x, y]
            if _apart(self.points[one], point) <= SAME_POINT**2
        ]
        if near:
            return min(near, key=lambda one: _apart(self.points[one], point))
        self.points.append(point)
        self._cells[column, row].append(len(self.points) - 1)
        return len(self.points) - 1


def _apart(one: Point, other: Point) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _joints(rings: Iterable[Ring]) -> set[int]:
    """The points at which borders meet: those that have other than two neighbours."""
    beside: dict[int, set[int]] = defaultdict(set)
    for ring in rings:
        for one, after in zip(ring, [*ring[1:], ring[0]], strict=True):
            beside[one].add(after)
            beside[after].add(one)
    return {one for one, others in beside.items() if len(others) != 2}


def _thinned(ring: Ring, joints: set[int], merger: Merger, thin: dict[Piece, Piece]) -> Ring:
    """The ring with each of its pieces thinned; `thin` keeps a piece for the neighbour."""
    start = next((place for place, one in enumerate(ring) if one in joints), ring.index(min(ring)))
    turned = [*ring[start:], *ring[:start], ring[start]]
    cuts = [0, *(place for place in range(1, len(turned) - 1) if turned[place] in joints), len(turned) - 1]
    found: Ring = []
    for first, last in pairwise(cuts):
        piece = tuple(turned[first : last + 1])
        key = min(piece, piece[::-1])
        if key not in thin:
            thin[key] = _thin(key, merger.points)
        found += (thin[key] if key == piece else thin[key][::-1])[:-1]
    return found


def _thin(piece: Piece, points: list[Point]) -> Piece:
    """Without the corners that span the least area (Visvalingam and Whyatt 1993); the ends stay."""
    kept = list(piece)
    least = 4 if piece[0] == piece[-1] else 2
    while len(kept) > least:
        corners = [
            abs(_area([points[one] for one in kept[place - 1 : place + 2]]))
            for place in range(1, len(kept) - 1)
        ]
        smallest = min(corners)
        if smallest >= SMALLEST_CORNER:
            break
        del kept[corners.index(smallest) + 1]
    return tuple(kept)


def _area(ring: list[Point]) -> float:
    """The area of a ring (Gauss's formula), negative for one that runs the other way."""
    after = [*ring[1:], ring[0]]
    return sum(x * b - a * y for (x, y), (a, b) in zip(ring, after, strict=True)) / 2


def _path(ring: list[Point]) -> str:
    """M, then relative lines in whole numbers, as short as a path can say it."""
    whole = [(round(x * SCALE), round(y * SCALE)) for x, y in ring]
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(whole) if (x, y) != (a, b)]
    text = " ".join(f"{number}" for step in steps for number in step).replace(" -", "-")
    return f"M{whole[0][0]} {whole[0][1]}l{text}z"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
