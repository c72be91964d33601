"""Why an event competes with a plan: what the weights are made of, as facts to be worded."""

from dataclasses import dataclass
from enum import StrEnum

from events.clash import weights
from events.clash.competing import Plan, Rival
from events.clash.weights import Certainty


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


def reasons(plan: Plan, rival: Rival) -> list[Reason]:
    """Time first, then topics, audience, place and size."""
    attendance = rival.attendance
    size = [Reason(Why.SIZE, attendance.number, attendance.year)] if attendance else []
    return [_time(plan, rival), *_topics(plan, rival), *_audience(plan, rival), *_place(plan, rival), *size]


def _time(plan: Plan, rival: Rival) -> Reason:
    if rival.certainty is Certainty.EXPECTED:
        return Reason(Why.EXPECTED)
    if rival.certainty is not Certainty.DAY:
        return Reason(Why.MIGHT_FALL)
    common, planned = weights.common_days(plan.days, rival.days), (plan.last - plan.first).days + 1
    if not common:
        return Reason(Why.SAME_WEEK)
    return Reason(Why.SAME_DAYS) if common == planned else Reason(Why.SOME_DAYS, common, planned)


def _topics(plan: Plan, rival: Rival) -> list[Reason]:
    share, equal, related = weights.topics_share(plan.topics, rival.topics, plan.next_topics)
    if not share:
        return [Reason(Why.NO_TOPIC)]
    found = [Reason(Why.TOPICS, equal, len(plan.topics))] if equal else []
    return found + ([Reason(Why.RELATED_TOPICS, related)] if related else [])


def _audience(plan: Plan, rival: Rival) -> list[Reason]:
    if not plan.audiences or not rival.audiences:
        return []
    share = weights.audience_share(plan.audiences, rival.audiences)
    return [Reason(Why.AUDIENCE if share == 1 else Why.SOME_AUDIENCE if share else Why.OTHER_AUDIENCE)]


def _place(plan: Plan, rival: Rival) -> list[Reason]:
    if plan.is_online and rival.mode != "onsite":
        return [Reason(Why.BOTH_ONLINE)]
    if rival.mode == "online":
        return [Reason(Why.ONLINE)]
    if plan.is_online or not plan.has_place:
        return []
    if rival.distance is not None:
        return [Reason(Why.DISTANCE, round(rival.distance))]
    if rival.same_state is not None:
        return [Reason(Why.SAME_STATE if rival.same_state else Why.OTHER_STATE)]
    return []
