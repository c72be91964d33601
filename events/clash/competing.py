"""Which events compete with a plan, how strongly and why: light rows in, competitions out."""

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


class Why(StrEnum):
    """Reasons for a weight; the numbers that each needs are those of `Reason`."""

    SAME_DAYS = "same_days"
    SOME_DAYS = "some_days"  # number of the planned days, of how many
    SAME_WEEK = "same_week"
    MIGHT_FALL = "might_fall"
    EXPECTED = "expected"
    TOPICS = "topics"  # number of the planned topics, of how many
    RELATED_TOPICS = "related_topics"  # number
    NO_TOPIC = "no_topic"
    AUDIENCE = "audience"
    SOME_AUDIENCE = "some_audience"
    OTHER_AUDIENCE = "other_audience"
    DISTANCE = "distance"  # kilometres
    SAME_STATE = "same_state"
    OTHER_STATE = "other_state"
    BOTH_ONLINE = "both_online"
    ONLINE = "online"
    SIZE = "size"  # attendees, in which year if it was another edition's


@dataclass(frozen=True)
class Reason:
    why: Why
    number: int = 0
    of: int = 0


@dataclass(frozen=True)
class Plan:
    """What somebody plans. `topics` are slugs, `audiences` values of `Audience`, `size` attendees.

    `has_place`: a town or a state was named, so that rivals know their distance or whether they share it.
    """

    first: dt.date
    last: dt.date
    topics: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()
    has_place: bool = False
    is_online: bool = False
    size: int | None = None

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
    reasons: tuple[Reason, ...]

    def at(self, days: tuple[dt.date, dt.date]) -> float:
        """The weight of the competition if the plan took place on these days."""
        return self.points * weights.time_share(days, self.rival.days, self.rival.certainty)


@dataclass(frozen=True)
class Competition:
    """A rival with its weight of 0 to 100 and the reasons for it, time first."""

    rival: Rival
    weight: float
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def strength(self) -> Strength:
        points = round(self.weight)
        return Strength.STRONG if points >= STRONG else Strength.MEDIUM if points >= MEDIUM else Strength.WEAK


def likeness(plan: Plan, rival: Rival, broader: Mapping[str, str]) -> Likeness:
    topics, topic_reasons = _by_topics(plan, rival, broader)
    audience, audience_reasons = _by_audience(plan, rival)
    place, place_reasons = _by_place(plan, rival)
    attendance = rival.attendance
    size = weights.size_share(attendance.number if attendance else None, plan.size)
    points = weights.TOPICS * topics + weights.AUDIENCE * audience + weights.PLACE * place
    points += weights.SIZE * size
    if not topics:
        points *= weights.NO_COMMON_TOPIC
    sizes = [Reason(Why.SIZE, attendance.number, attendance.year)] if attendance else []
    return Likeness(rival, points, (*topic_reasons, *audience_reasons, *place_reasons, *sizes))


def competitions(plan: Plan, alike: Iterable[Likeness]) -> list[Competition]:
    """What competes on the planned days and in their weeks, the strongest first."""
    return [
        Competition(one.rival, weight, (_by_time(plan, one.rival), *one.reasons))
        for one, weight in weighed(alike, plan.days)
    ]


def weighed(alike: Iterable[Likeness], days: tuple[dt.date, dt.date]) -> list[tuple[Likeness, float]]:
    """What competes on these days and in their weeks with its weight, the heaviest first.

    A part of a larger event counts with that one, unless it competes more strongly by itself.
    """
    found = [(one, weight) for one in alike if (weight := one.at(days)) > 0]
    whole = {one.rival.key: weight for one, weight in found}
    counting = [(one, weight) for one, weight in found if whole.get(one.rival.part_of or 0, 0) < weight]
    return sorted(counting, key=lambda pair: (-round(pair[1]), pair[0].rival.first, pair[0].rival.key))


def _by_time(plan: Plan, rival: Rival) -> Reason:
    if rival.certainty is Certainty.EXPECTED:
        return Reason(Why.EXPECTED)
    if rival.certainty is not Certainty.DAY:
        return Reason(Why.MIGHT_FALL)
    common, planned = weights.common_days(plan.days, rival.days), (plan.last - plan.first).days + 1
    if not common:
        return Reason(Why.SAME_WEEK)
    return Reason(Why.SAME_DAYS) if common == planned else Reason(Why.SOME_DAYS, common, planned)


def _by_topics(plan: Plan, rival: Rival, broader: Mapping[str, str]) -> tuple[float, list[Reason]]:
    share, equal, related = weights.topics_share(plan.topics, rival.topics, broader)
    reasons = [Reason(Why.TOPICS, equal, len(plan.topics))] if equal else []
    if related:
        reasons.append(Reason(Why.RELATED_TOPICS, related))
    return share, reasons if share else [Reason(Why.NO_TOPIC)]


def _by_audience(plan: Plan, rival: Rival) -> tuple[float, list[Reason]]:
    share = weights.audience_share(plan.audiences, rival.audiences)
    if not plan.audiences or not rival.audiences:
        return share, []
    why = Why.AUDIENCE if share == 1 else Why.SOME_AUDIENCE if share else Why.OTHER_AUDIENCE
    return share, [Reason(why)]


def _by_place(plan: Plan, rival: Rival) -> tuple[float, list[Reason]]:
    """The nearer, the stronger; a hybrid event is as near as its place, but never farther than one online."""
    if plan.is_online or rival.mode == "online":
        both = plan.is_online and rival.mode != "onsite"
        return (1.0, [Reason(Why.BOTH_ONLINE)]) if both else (weights.ONE_ONLINE, _online(rival))
    if not plan.has_place:
        return weights.UNKNOWN, []
    share, reasons = weights.UNKNOWN, []
    if rival.distance is not None:
        share, reasons = weights.distance_share(rival.distance), [Reason(Why.DISTANCE, round(rival.distance))]
    elif rival.same_state is not None:
        share = 1.0 if rival.same_state else weights.OTHER_STATE
        reasons = [Reason(Why.SAME_STATE if rival.same_state else Why.OTHER_STATE)]
    return max(share, weights.ONE_ONLINE) if rival.mode == "hybrid" else share, reasons


def _online(rival: Rival) -> list[Reason]:
    return [Reason(Why.ONLINE)] if rival.mode == "online" else []
