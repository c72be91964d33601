"""What the calendar says of planned days: holidays, bridge days, school breaks, weekends."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from events.clash.weeks import Calendar, Look
from lib.days_off import DAY, SATURDAY, Holiday, SchoolBreak, bridge_days, public_holidays, school_breaks

# Days before and after the planned ones that a holiday makes worse: people leave earlier or come back later.
BESIDE = 3


@dataclass(frozen=True)
class Days:
    """`holidays` and `bridges` lie in the span, those `beside` up to BESIDE days before or after it.

    `breaks` is None where nobody has published the school holidays of that year, or no state is known.
    """

    holidays: Sequence[Holiday]
    holidays_beside: Sequence[Holiday]
    bridges: Sequence[dt.date]
    bridges_beside: Sequence[dt.date]
    weekend: Sequence[dt.date]
    breaks: Sequence[SchoolBreak] | None

    @property
    def are_plain(self) -> bool:
        """Whether there is nothing to say of holidays and weekends."""
        return not any((self.holidays, self.holidays_beside, self.bridges, self.bridges_beside, self.weekend))


def days(first: dt.date, last: dt.date, state: str) -> Days:
    """What to say of these days; `state` as DE-NW, or empty: then regional holidays name their states."""
    before, after = first - BESIDE * DAY, last + BESIDE * DAY
    holidays = public_holidays(before, after, state or None)
    bridges = bridge_days(before, after, state or None)
    span = [first + number * DAY for number in range((last - first).days + 1)]
    return Days(
        holidays=[one for one in holidays if first <= one.day <= last],
        holidays_beside=[one for one in holidays if not first <= one.day <= last],
        bridges=[day for day in bridges if first <= day <= last],
        bridges_beside=[day for day in bridges if not first <= day <= last],
        weekend=[day for day in span if day.weekday() >= SATURDAY],
        breaks=_breaks(first, last, state),
    )


def look(state: str) -> Look:
    """How the weeks around are looked at for that state, or for the whole country."""
    return partial(_calendar, state=state)


def _calendar(first: dt.date, last: dt.date, state: str) -> Calendar:
    holidays = public_holidays(first, last, state or None)
    everywhere = [one for one in holidays if not one.in_parts and (state or not one.states)]
    return Calendar(
        everywhere=everywhere,
        is_turn_of_year=(last.month, last.day) >= (12, 24) or first.year < last.year,
        in_some_states=[one for one in holidays if one not in everywhere],
        bridge_days=bridge_days(first, last, state or None),
        school_breaks=[one.name for one in _breaks(first, last, state) or ()],
    )


def _breaks(first: dt.date, last: dt.date, state: str) -> list[SchoolBreak] | None:
    if not state:
        return None
    found = school_breaks(first, last, state)
    published = found or school_breaks(dt.date(first.year, 1, 1), dt.date(first.year, 12, 31), state)
    return found if published else None
