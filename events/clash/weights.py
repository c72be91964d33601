"""What makes two events compete, as shares between 0 and 1 and as the points that each is worth.

The numbers and their reasons stand in docs/adr/0018-date-clash.md. Each share only grows with what it
measures: one more common topic or one kilometre less never makes a competition weaker.
"""

import datetime as dt
from collections.abc import Mapping
from enum import Enum

# Points for what two events have in common; they make 100.
TOPICS, AUDIENCE, PLACE, SIZE = 45, 20, 20, 15
# What is not known, or was not asked for, counts half.
UNKNOWN = 0.5
# A broader or narrower topic is half a common one. Without any, nobody has to choose between the two events.
RELATED_TOPIC = 0.5
NO_COMMON_TOPIC = 0.5

_NONE: frozenset[str] = frozenset()

# Kilometres: a day trip's first part, and where nobody comes for the place any more.
NEAR, FAR = 50, 500
OTHER_STATE = 0.25
# One of both is online: no way lies between them, but nobody is drawn to a place either.
ONE_ONLINE = 0.5

# Attendees from which an event counts as huge, large, of middle size; below it is small.
HUGE, LARGE, MIDDLE = 5_000, 1_000, 300
SIZES = ((HUGE, 1.0), (LARGE, 0.8), (MIDDLE, 0.5), (0, 0.2))
# The same where the size of what is planned is known: how many times as large the other one is.
RATIOS = ((2.0, 1.0), (0.5, 0.6), (0.0, 0.2))

# How near in time. On common days at least SOME_DAYS, and 1 where the shorter event lies within the other.
SOME_DAYS = 0.7
SAME_WEEK = 0.5


class Certainty(Enum):
    """How sure it is that an event falls on given days of its period, as a factor."""

    DAY = 1.0
    MONTH = 0.4
    EXPECTED = 0.3
    QUARTER = 0.15


def topics_share(
    planned: frozenset[str], other: frozenset[str], next_to: Mapping[str, frozenset[str]]
) -> tuple[float, int, int]:
    """(share of the planned topics, how many are equal, how many are broader or narrower).

    `next_to`: to each planned topic the broader and the narrower ones.
    """
    if not planned or not other:
        return UNKNOWN, 0, 0
    equal = planned & other
    related = sum(not next_to.get(one, _NONE).isdisjoint(other) for one in planned - equal)
    return (len(equal) + RELATED_TOPIC * related) / len(planned), len(equal), related


def audience_share(planned: frozenset[str], other: frozenset[str]) -> float:
    if not planned or not other:
        return UNKNOWN
    return len(planned & other) / len(planned)


def distance_share(kilometres: float) -> float:
    """1 up to NEAR, then evenly down to 0 at FAR."""
    return min(1.0, max(0.0, (FAR - kilometres) / (FAR - NEAR)))


def size_share(attendees: int | None, planned: int | None) -> float:
    """By the number of attendees alone or, where the planned number is given, by how many times as large."""
    if attendees is None:
        return UNKNOWN
    if planned:
        return next(share for ratio, share in RATIOS if attendees >= ratio * planned)
    return next(share for number, share in SIZES if attendees >= number)


def time_share(
    planned: tuple[dt.date, dt.date], other: tuple[dt.date, dt.date], certainty: Certainty
) -> float:
    """How near two spans of days (first, last) are in time; 0 where they do not compete."""
    common = common_days(planned, other)
    if certainty is not Certainty.DAY:
        return certainty.value if common else 0.0
    if common:
        shorter = min(_length(planned), _length(other))
        return SOME_DAYS + (1 - SOME_DAYS) * common / shorter
    return SAME_WEEK if common_days(whole_weeks(*planned), other) else 0.0


def common_days(one: tuple[dt.date, dt.date], other: tuple[dt.date, dt.date]) -> int:
    return max(0, (min(one[1], other[1]) - max(one[0], other[0])).days + 1)


def whole_weeks(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """From the Monday before to the Sunday after."""
    return first - dt.timedelta(days=first.weekday()), last + dt.timedelta(days=6 - last.weekday())


def _length(days: tuple[dt.date, dt.date]) -> int:
    return (days[1] - days[0]).days + 1
