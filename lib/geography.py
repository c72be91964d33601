"""Distances on the globe."""

from math import asin, cos, radians, sin, sqrt

# The mean radius of the earth, in kilometres (IUGG): within half a per cent of the ellipsoid.
EARTH = 6371.0088
KM_PER_DEGREE = EARTH * radians(1)


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres along the great circle between two points (latitude, longitude), by haversines."""
    north, east = radians(one[0]), radians(one[1])
    other_north, other_east = radians(other[0]), radians(other[1])
    half = sin((other_north - north) / 2) ** 2
    half += cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))


def may_be_within(one: tuple[float, float], other: tuple[float, float], km: float) -> bool:
    """Whether the second point lies between the circles of latitude at that distance: a cheap first look."""
    return abs(one[0] - other[0]) * KM_PER_DEGREE <= km + 1e-6
