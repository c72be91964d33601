import random
from math import acos, cos, radians, sin

import pytest

from lib.geography import EARTH, distance, may_be_within

COLOGNE, BERLIN = (50.9375, 6.9603), (52.52, 13.405)


def test_from_cologne_to_berlin():
    assert distance(COLOGNE, BERLIN) == pytest.approx(477.5, abs=1)
    assert distance(BERLIN, COLOGNE) == distance(COLOGNE, BERLIN)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        (COLOGNE, COLOGNE, 0),
        ((0, 0), (0, 180), 20015.1),
        ((90, 0), (-90, 77), 20015.1),
        ((10, 179.5), (10, -179.5), 109.5),
        ((0, 0), (1, 0), 111.2),
    ],
)
def test_the_same_point_the_other_side_and_the_date_line(one, other, km):
    assert distance(one, other) == pytest.approx(km, abs=0.1)


def test_agrees_with_the_law_of_cosines_and_the_first_look_loses_nothing():
    dice = random.Random(3)  # noqa: S311 - reproducible points, not a secret
    for _try in range(300):
        one, other = ((dice.uniform(-90, 90), dice.uniform(-180, 180)) for _point in range(2))
        north, south = radians(one[0]), radians(other[0])
        east = radians(one[1] - other[1])
        angle = acos(max(-1.0, min(1.0, sin(north) * sin(south) + cos(north) * cos(south) * cos(east))))
        assert distance(one, other) == pytest.approx(EARTH * angle, abs=0.5)
        assert may_be_within(one, other, distance(one, other))
