"""The map of the Länder: places fall where they belong, and the shapes leave no gaps."""

import math
from collections import Counter
from itertools import pairwise

import pytest

from events.drawing import germany
from lib import gazetteer

CAPITALS = {
    "DE-BW": "Stuttgart", "DE-BY": "München", "DE-BE": "Berlin", "DE-BB": "Potsdam", "DE-HB": "Bremen",
    "DE-HH": "Hamburg", "DE-HE": "Wiesbaden", "DE-MV": "Schwerin", "DE-NI": "Hannover",
    "DE-NW": "Düsseldorf", "DE-RP": "Mainz", "DE-SL": "Saarbrücken", "DE-SN": "Dresden",
    "DE-ST": "Magdeburg", "DE-SH": "Kiel", "DE-TH": "Erfurt",
}  # fmt: skip
# Degrees of places at the outer and at crooked inner borders.
ELSEWHERE = {
    "Westerland": ("DE-SH", 54.906, 8.306),
    "Borkum": ("DE-NI", 53.588, 6.669),
    "Sassnitz": ("DE-MV", 54.516, 13.643),
    "Aachen": ("DE-NW", 50.776, 6.084),
    "Zittau": ("DE-SN", 50.896, 14.807),
    "Lindau": ("DE-BY", 47.556, 9.690),
    "Konstanz": ("DE-BW", 47.668, 9.170),
    "Bremerhaven": ("DE-HB", 53.541, 8.586),
    "Neu-Ulm": ("DE-BY", 48.397, 10.007),
    "Ulm": ("DE-BW", 48.405, 9.990),
    "Falkensee": ("DE-BB", 52.561, 13.093),
    "Mannheim": ("DE-BW", 49.489, 8.469),
    "Ludwigshafen": ("DE-RP", 49.481, 8.446),
}
# Kilometres: shapes are thinned, and gazetteers know a town by one point of it.
OFF = 3
UNITS_OF_A_KILOMETRE = 1.8


def towns_of(least):
    """{(name, state): (latitude, longitude)} of all German towns with so many inhabitants."""
    found = {}
    for line in (gazetteer.FOLDER / "places.tsv").read_text(encoding="utf-8").splitlines():
        _key, name, _english, state, country, latitude, longitude, people = line.split("\t")
        if country == "DE" and int(people) >= least:
            found[name, state] = float(latitude), float(longitude)
    return found


def is_inside(point, path):
    """Whether a ray from the point leaves the shape an odd number of times."""
    x, y = point
    crossings = 0
    for ring in germany.rings(path):
        for (a, b), (c, d) in zip(ring, [*ring[1:], ring[0]], strict=True):
            crossings += (b > y) != (d > y) and x < (c - a) * (y - b) / (d - b) + a
    return crossings % 2 == 1


def states_at(latitude, longitude):
    point = germany.project(latitude, longitude)
    return [state for state, path in germany.shapes().items() if is_inside(point, path)]


def beside(latitude, longitude):
    """States within some kilometres."""
    x, y = germany.project(latitude, longitude)
    steps = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7)]
    points = [(x + a * OFF * UNITS_OF_A_KILOMETRE, y + b * OFF * UNITS_OF_A_KILOMETRE) for a, b in steps]
    return {state for state, path in germany.shapes().items() if any(is_inside(one, path) for one in points)}


@pytest.mark.parametrize(("state", "capital"), CAPITALS.items())
def test_each_capital_lies_in_its_own_land_and_in_no_other(state, capital):
    place = gazetteer.town(capital, "DE", state)
    assert states_at(place.latitude, place.longitude) == [state]


@pytest.mark.parametrize("town", ELSEWHERE)
def test_towns_at_borders_and_on_islands_fall_where_they_belong(town):
    state, latitude, longitude = ELSEWHERE[town]
    assert state in beside(latitude, longitude)


def test_towns_lie_in_their_own_land():
    """The proof that the package's projection was read rightly: hundreds of towns, each at its place."""
    towns = towns_of(20_000)
    astray = [one for one, place in towns.items() if states_at(*place) != [one[1]]]
    assert len(towns) > 500
    assert len(astray) <= len(towns) / 100, "shapes are thinned: a handful at the very border"
    assert [one for one in astray if one[1] not in beside(*towns[one])] == []


def test_neighbours_share_their_borders_to_the_point():
    """A side of a shape belongs to one other shape, or to none where the country ends: no gap, no overlap."""
    sides = Counter()
    for path in germany.shapes().values():
        for ring in germany.rings(path):
            corners = [*ring, ring[0]]
            sides.update(frozenset(side) for side in pairwise(corners) if side[0] != side[1])
    assert set(sides.values()) == {1, 2}
    assert sum(number == 2 for number in sides.values()) > 500


def test_the_shapes_are_light_and_say_whose_they_are():
    assert len(germany.shapes()) == 16
    assert sum(map(len, germany.shapes().values())) <= 14_000
    assert germany.source()["licence"] == "CC BY 4.0"


@pytest.mark.parametrize("states", [[], ["DE-HB"], ["DE-SL", "DE-SN"], ["DE-NW"], list(germany.shapes())])
def test_what_is_to_be_shown_lies_in_the_drawing_and_fills_it(states):
    view = germany.view([germany.box_of(state) for state in states])
    for state in states or germany.shapes():
        left, top, right, bottom = germany.box_of(state)
        assert 0 < left * view.scale + view.x < right * view.scale + view.x < germany.WIDTH
        assert 0 < top * view.scale + view.y < bottom * view.scale + view.y < germany.HEIGHT
    whole = germany.view()
    assert whole.scale <= view.scale <= germany.LARGEST * whole.scale + 1e-9


def test_kilometres_are_told_by_distance_not_by_degrees():
    """Berlin and Hamburg are 255 km apart, Köln and München 456 km (great circle)."""
    view = germany.view()
    towns = {
        "Berlin": (52.520, 13.405),
        "Hamburg": (53.551, 9.994),
        "Köln": (50.938, 6.960),
        "München": (48.137, 11.575),
    }
    for one, other, kilometres in (("Berlin", "Hamburg", 255), ("Köln", "München", 456)):
        apart = math.dist(view.place(*towns[one]), view.place(*towns[other]))
        middle = (towns[one][0] + towns[other][0]) / 2
        assert apart == pytest.approx(view.length(kilometres, middle), rel=0.01)


def test_a_circle_counts_as_far_as_it_lies_on_the_map():
    assert germany.box_of_circle(48.21, 16.37, 50) == [], "Vienna"
    (box,) = germany.box_of_circle(47.80, 13.04, 50)  # Salzburg, at the border
    whole = germany.view([germany.box_of(state) for state in germany.shapes()])
    assert germany.view([box]).scale > whole.scale
