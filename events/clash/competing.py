"""Which events compete with a plan, and how strongly: light rows in, competitions out."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from events.clash import weights
from events.clash.weights import Certainty

# Points from which a competition is called so. Everything below is weak.
STRONG, MEDIUM = 65, 40


class Strength(StrEnum):
    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


@dataclass(frozen=True)
class Plan:
    """What somebody plans. `topics` are slugs, `audiences` values of `Audience`, `size` attendees.

    `has_place`: a town or a state was named, so that rivals know their distance or whether they share it.
    `next_topics`: to each planned topic the broader and the narrower ones.
    """

    first: dt.date
    last: dt.date
    topics: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()
    has_place: bool = False
    is_online: bool = False
    size: int | None = None
    next_topics: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        return self.first, self.last


@dataclass(frozen=True)
class Attendance:
    """How many came; `year` is said where it was another edition."""

    number: int
    year: int = 0


@dataclass(frozen=True)
class Rival:
    """An event as far as it can compete.

    `distance` in kilometres and `same_state` refer to the place of the plan; None means not known.
    `part_of` is the key of the larger event that it takes place in.
    """

    key: int
    first: dt.date
    last: dt.date
    certainty: Certainty = Certainty.DAY
    topics: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()
    mode: str = "onsite"
    distance: float | None = None
    same_state: bool | None = None
    attendance: Attendance | None = None
    part_of: int | None = None

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        return self.first, self.last


@dataclass(frozen=True)
class Likeness:
    """How much a rival resembles the plan, whenever both take place: 0 to 100 points."""

    rival: Rival
    points: float

    def at(self, days: tuple[dt.date, dt.date]) -> float:
        """The weight of the competition if the plan took place on these days."""
        return self.points * weights.time_share(days, self.rival.days, self.rival.certainty)


@dataclass(frozen=True)
class Competition:
    """A rival with its weight of 0 to 100."""

    rival: Rival
    weight: float

    @property
    def strength(self) -> Strength:
        points = round(self.weight)
        return Strength.STRONG if points >= STRONG else Strength.MEDIUM if points >= MEDIUM else Strength.WEAK


def likeness(plan: Plan, rival: Rival) -> Likeness:
    topics, _equal, _related = weights.topics_share(plan.topics, rival.topics, plan.next_topics)
    points = weights.TOPICS * topics
    points += weights.AUDIENCE * weights.audience_share(plan.audiences, rival.audiences)
    points += weights.PLACE * place_share(plan, rival)
    attendees = rival.attendance.number if rival.attendance else None
    points += weights.SIZE * weights.size_share(attendees, plan.size)
    return Likeness(rival, points if topics else points * weights.NO_COMMON_TOPIC)


def place_share(plan: Plan, rival: Rival) -> float:
    """The nearer, the stronger; a hybrid event is as near as its place, but never farther than one online."""
    if plan.is_online or rival.mode == "online":
        return 1.0 if plan.is_online and rival.mode != "onsite" else weights.ONE_ONLINE
    if not plan.has_place:
        return weights.UNKNOWN
    share = weights.UNKNOWN
    if rival.distance is not None:
        share = weights.distance_share(rival.distance)
    elif rival.same_state is not None:
        share = 1.0 if rival.same_state else weights.OTHER_STATE
    return max(share, weights.ONE_ONLINE) if rival.mode == "hybrid" else share


def competitions(plan: Plan, alike: Iterable[Likeness]) -> list[Competition]:
    """What competes on the planned days and in their weeks, the strongest first."""
    return [Competition(one.rival, weight) for one, weight in weighed(alike, plan.days)]


def weighed(alike: Iterable[Likeness], days: tuple[dt.date, dt.date]) -> list[tuple[Likeness, float]]:
    """What competes on these days and in their weeks with its weight, the heaviest first.

    A part of a larger event counts with that one, unless it competes more strongly by itself.
    """
    found = [(one, weight) for one in alike if (weight := one.at(days)) > 0]
    whole = {one.rival.key: weight for one, weight in found}
    counting = [(one, weight) for one, weight in found if whole.get(one.rival.part_of or 0, 0) < weight]
    return sorted(counting, key=lambda pair: (-round(pair[1]), pair[0].rival.first, pair[0].rival.key))
