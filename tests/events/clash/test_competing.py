"""What competes with a plan: the order of weights is what the numbers are there for."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.clash import weights
from events.clash.competing import (
    Attendance,
    Competition,
    Plan,
    Rival,
    Strength,
    competitions,
    likeness,
)
from events.clash.reasons import Reason, Why, reasons
from events.clash.weights import Certainty

TUESDAY = dt.date(2027, 11, 16)
DAY = dt.timedelta(days=1)
TOPICS = ["ki", "ozg", "cloud", "smart-city", "digitale-verwaltung", "mobilitaet"]
NEXT = {
    "ozg": frozenset({"digitale-verwaltung"}),
    "digitale-verwaltung": frozenset({"ozg"}),
    "mobilitaet": frozenset({"smart-city"}),
    "smart-city": frozenset({"mobilitaet"}),
}
AUDIENCES = ["federal", "state", "municipal"]
PLAN = Plan(
    TUESDAY,
    TUESDAY + DAY,
    frozenset({"ki", "ozg"}),
    frozenset({"municipal"}),
    has_place=True,
    next_topics=NEXT,
)
RIVAL = Rival(
    key=1,
    first=TUESDAY,
    last=TUESDAY + DAY,
    topics=frozenset({"ki", "ozg"}),
    audiences=frozenset({"municipal"}),
    distance=10,
    attendance=Attendance(20_000),
)

some_days = st.tuples(st.integers(-20, 20), st.integers(0, 6)).map(
    lambda pair: (TUESDAY + pair[0] * DAY, TUESDAY + sum(pair) * DAY)
)
plans = st.builds(
    lambda days, **values: Plan(*days, **values, next_topics=NEXT),
    some_days,
    topics=st.frozensets(st.sampled_from(TOPICS)),
    audiences=st.frozensets(st.sampled_from(AUDIENCES)),
    has_place=st.booleans(),
    is_online=st.booleans(),
    size=st.none() | st.integers(1, 30_000),
)
rivals = st.builds(
    lambda days, **values: Rival(1, *days, **values),
    some_days,
    certainty=st.sampled_from(Certainty),
    topics=st.frozensets(st.sampled_from(TOPICS)),
    audiences=st.frozensets(st.sampled_from(AUDIENCES)),
    mode=st.sampled_from(["onsite", "online", "hybrid"]),
    distance=st.none() | st.floats(0, 2_000),
    same_state=st.none() | st.booleans(),
    attendance=st.none() | st.builds(Attendance, st.integers(1, 30_000)),
)


def weight(plan, rival):
    return likeness(plan, rival).at(plan.days)


def only(plan, *several):
    return competitions(plan, [likeness(plan, rival) for rival in several])


@given(plans, rivals)
def test_a_weight_lies_between_0_and_100_and_has_reasons(plan, rival):
    assert 0 <= weight(plan, rival) <= 100
    assert all(one.weight > 0 for one in only(plan, rival))
    said = [one.why for one in reasons(plan, rival)]
    assert len(said) == len(set(said)) > 0


@given(plans, rivals, st.sampled_from(TOPICS))
def test_one_more_common_topic_is_never_weaker(plan, rival, topic):
    # Of an event without any topic nothing is known: that is not the same as none in common.
    if topic in plan.topics and rival.topics:
        assert weight(plan, replace(rival, topics=rival.topics | {topic})) >= weight(plan, rival)


@given(plans, rivals, st.floats(0, 2_000), st.floats(0, 2_000))
def test_nearer_is_never_weaker(plan, rival, one, other):
    near, far = sorted((one, other))
    assert weight(plan, replace(rival, distance=near)) >= weight(plan, replace(rival, distance=far))


@given(plans, rivals, st.integers(1, 30_000), st.integers(1, 30_000))
def test_larger_is_never_weaker(plan, rival, one, other):
    small, large = (replace(rival, attendance=Attendance(number)) for number in sorted((one, other)))
    assert weight(plan, large) >= weight(plan, small)


@given(plans, rivals, st.sampled_from(AUDIENCES))
def test_more_of_the_same_audience_is_never_weaker(plan, rival, audience):
    if audience in plan.audiences and rival.audiences:
        assert weight(plan, replace(rival, audiences=rival.audiences | {audience})) >= weight(plan, rival)


@given(plans, rivals)
def test_common_days_weigh_more_than_the_same_week_and_that_more_than_none(plan, rival):
    common = replace(rival, first=plan.first, last=plan.last, certainty=Certainty.DAY)
    sunday = weights.whole_weeks(*plan.days)[1]
    near = replace(common, first=sunday, last=sunday)
    later = replace(common, first=sunday + DAY, last=sunday + DAY)
    if sunday != plan.last:
        assert weight(plan, common) > weight(plan, near) > 0
    assert weight(plan, later) == 0


@given(plans, rivals)
def test_the_less_certain_the_weaker(plan, rival):
    period = {"first": plan.first - 20 * DAY, "last": plan.last + 20 * DAY}
    found = [weight(plan, replace(rival, certainty=one, **period)) for one in Certainty]
    assert found == sorted(found, reverse=True)


def test_the_same_event_next_door_is_the_strongest_there_is():
    (found,) = only(PLAN, RIVAL)
    assert (found.weight, found.strength) == (100, Strength.STRONG)
    assert reasons(PLAN, RIVAL) == [
        Reason(Why.SAME_DAYS),
        Reason(Why.TOPICS, 2, 2),
        Reason(Why.AUDIENCE),
        Reason(Why.DISTANCE, 10),
        Reason(Why.SIZE, 20_000),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"topics": frozenset({"ki"})}, 100 - 45 / 2),
        ({"topics": frozenset({"ki", "digitale-verwaltung"})}, 100 - 45 / 4),
        ({"topics": frozenset({"mobilitaet"})}, (100 - 45) / 2),
        ({"topics": frozenset()}, 100 - 45 / 2),
        ({"audiences": frozenset({"federal"})}, 80),
        ({"audiences": frozenset()}, 90),
        ({"distance": 275}, 90),
        ({"distance": 501}, 80),
        ({"distance": None}, 90),
        ({"distance": None, "same_state": True}, 100),
        ({"distance": None, "same_state": False}, 85),
        ({"mode": "online"}, 90),
        ({"mode": "hybrid", "distance": 900}, 90),
        ({"attendance": Attendance(999)}, 92.5),
        ({"attendance": None}, 92.5),
        ({"attendance": Attendance(20)}, 88),
        ({"first": TUESDAY + DAY, "last": TUESDAY + 2 * DAY}, 85),
        ({"first": TUESDAY + 4 * DAY, "last": TUESDAY + 6 * DAY}, 50),
        ({"first": TUESDAY + 6 * DAY, "last": TUESDAY + 6 * DAY}, 0),
        ({"certainty": Certainty.MONTH}, 40),
        ({"certainty": Certainty.EXPECTED}, 30),
        ({"certainty": Certainty.QUARTER}, 15),
    ],
)
def test_what_each_difference_costs(changes, expected):
    assert weight(PLAN, replace(RIVAL, **changes)) == pytest.approx(expected)


def test_an_event_is_measured_by_the_planned_one_where_its_size_is_known():
    planned = replace(PLAN, size=100)
    sizes = {
        number: weight(planned, replace(RIVAL, attendance=Attendance(number))) for number in (49, 50, 200)
    }
    assert sizes == pytest.approx({49: 88, 50: 94, 200: 100})


def test_two_online_events_compete_without_a_place():
    online = replace(PLAN, is_online=True, has_place=False)
    found = {mode: weight(online, replace(RIVAL, mode=mode)) for mode in ("online", "hybrid", "onsite")}
    assert found == pytest.approx({"online": 100, "hybrid": 100, "onsite": 90})


def test_a_part_counts_with_the_whole_unless_it_competes_more_strongly():
    weaker = replace(RIVAL, key=2, part_of=1, topics=frozenset({"ki"}))
    assert [one.rival.key for one in only(PLAN, RIVAL, weaker)] == [1]
    whole = replace(RIVAL, topics=frozenset({"mobilitaet"}))
    assert [one.rival.key for one in only(PLAN, whole, weaker)] == [2, 1]
    assert [one.rival.key for one in only(PLAN, weaker)] == [2]


def test_the_strongest_comes_first_then_the_earlier():
    other = replace(RIVAL, key=3, topics=frozenset())
    earlier = replace(RIVAL, key=2, first=TUESDAY - DAY)
    assert [one.rival.key for one in only(PLAN, other, RIVAL, earlier)] == [2, 1, 3]


@pytest.mark.parametrize(
    ("points", "strength"),
    [(64.4, "medium"), (64.6, "strong"), (39.4, "weak"), (39.6, "medium"), (1, "weak")],
)
def test_strength_agrees_with_the_rounded_weight(points, strength):
    assert Competition(RIVAL, points).strength == strength
