"""The weeks around a plan, and what the calendar says of them."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils.translation import override

from events.clash.competing import Plan, Rival, likeness
from events.clash.days import days, look
from events.clash.weeks import REACH, WEEK, Calendar, by_month, calmest, reach, spans
from events.drawing import loads

TUESDAY = dt.date(2027, 11, 16)
DAY = dt.timedelta(days=1)
PLAN = Plan(TUESDAY, TUESDAY + DAY)
LONG_AGO = dt.date(2027, 1, 1)


def rival(shift, key=1):
    return Rival(key, TUESDAY + shift * WEEK, TUESDAY + shift * WEEK)


def around(*rivals, plan=PLAN, look=lambda first, last: Calendar()):
    return spans(plan, [likeness(plan, one) for one in rivals], look)


def test_the_same_weekdays_of_eight_weeks_before_and_after():
    found = around()
    assert [span.shift for span in found] == list(range(-REACH, REACH + 1))
    assert {(span.first.weekday(), (span.last - span.first).days) for span in found} == {(1, 1)}
    assert reach(PLAN) == (dt.date(2027, 9, 20), dt.date(2028, 1, 16))


def test_each_event_weighs_on_its_own_week_alone():
    found = around(rival(0), rival(3, key=2), rival(9, key=3))
    assert [span.shift for span in found if span.load] == [0, 3]
    assert [span.load for span in found if span.is_planned] == [50]


def test_an_event_that_lasts_weeks_weighs_on_each_of_them():
    long = replace(rival(-1), last=TUESDAY + WEEK)
    assert [span.shift for span in around(long) if span.load] == [-1, 0, 1]


def test_the_calmest_weeks_are_the_emptiest_and_nearest():
    found = calmest(around(rival(1), rival(-1, key=2), rival(2, key=3)), LONG_AGO)
    assert [span.shift for span in found] == [-2, -3, 3, -4, 4]


def test_nothing_past_is_proposed_for_a_plan_that_lies_ahead():
    found = calmest(around(), TUESDAY)
    assert [span.shift for span in found] == [1, 2, 3, 4, 5]
    learned = calmest(around(), TUESDAY + DAY)
    assert [span.shift for span in learned] == [-1, 1, -2, 2, -3]


def test_a_week_with_a_holiday_or_between_the_years_is_never_proposed():
    plan = Plan(dt.date(2027, 12, 7), dt.date(2027, 12, 9))
    free = {span.first for span in around(plan=plan, look=look("DE-NW")) if span.is_free}
    assert dt.date(2027, 12, 21) in free
    assert dt.date(2027, 12, 28) not in free
    whitsun = Plan(dt.date(2027, 5, 24), dt.date(2027, 5, 24))
    free = {span.first for span in around(plan=whitsun, look=look("")) if span.is_free}
    assert dt.date(2027, 5, 17) not in free
    assert dt.date(2027, 5, 10) in free


def test_bridge_days_school_holidays_and_regional_holidays_weigh():
    friday = dt.date(2027, 5, 7)
    assert look("")(friday, friday).load == 15
    assert look("DE-NW")(dt.date(2027, 10, 27), dt.date(2027, 10, 28)).load == 15
    all_saints = dt.date(2027, 11, 1)
    assert look("")(all_saints, all_saints).load == 10
    assert look("DE-NW")(all_saints, all_saints).everywhere
    assert look("DE-BE")(all_saints, all_saints).load == 0


def test_months_count_the_weeks_that_begin_in_them():
    assert [(f"{month:%m}", len(found)) for month, found in by_month(around())] == [
        ("09", 2), ("10", 4), ("11", 5), ("12", 4), ("01", 2),
    ]  # fmt: skip


def test_what_the_calendar_says_of_the_days_and_of_those_beside():
    with override("de"):
        found = days(dt.date(2027, 5, 5), dt.date(2027, 5, 8), "DE-NW")
    assert [(one.day.day, one.name) for one in found.holidays] == [(6, "Christi Himmelfahrt")]
    assert [day.day for day in found.bridges] == [7]
    assert [day.day for day in found.weekend] == [8]
    assert found.holidays_beside == []
    assert not found.are_plain


def test_a_holiday_up_to_three_days_away_is_said():
    assert [one.day for one in days(dt.date(2027, 10, 6), dt.date(2027, 10, 6), "").holidays_beside] == [
        dt.date(2027, 10, 3)
    ]
    assert days(dt.date(2027, 10, 7), dt.date(2027, 10, 7), "").are_plain


@pytest.mark.parametrize(
    ("first", "state", "expected"),
    [
        (dt.date(2027, 10, 27), "", None),
        (dt.date(2027, 11, 17), "DE-NW", []),
        (dt.date(2150, 11, 17), "DE-NW", None),
        (dt.date(2027, 11, 17), "AT-9", None),
    ],
)
def test_school_holidays_are_known_to_be_unknown(first, state, expected):
    assert days(first, first, state).breaks == expected


def test_bars_are_as_high_as_the_load_and_never_vanish():
    bars = loads.bars([0, 1, 50, 100])
    assert [bar.height for bar in bars] == [0, loads.LOWEST, 30, 60]
    assert all(bar.y + bar.height == loads.HEIGHT for bar in bars)
    assert bars[-1].x + bars[-1].width < loads.width([0] * 4)
    assert [bar.height for bar in loads.bars([0, 0])] == [0, 0]
    assert loads.bars([]) == []
