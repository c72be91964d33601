"""The weeks around a plan: how much competes in each, and which are calmest."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from events.clash.competing import Competition, Likeness, Plan, Strength, weighed
from lib.days_off import Holiday

# Weeks before and after the planned ones.
REACH = 8
CALMEST = 5
WEEK = dt.timedelta(weeks=1)
# What a bridge day, a school break, and a holiday in other states than the chosen one weigh beside events.
BRIDGE_DAY, SCHOOL_BREAK, HOLIDAY_IN_SOME_STATES = 15, 15, 10


@dataclass(frozen=True)
class Calendar:
    """What the calendar says of a span. `everywhere`: holidays that keep the public away.

    `is_turn_of_year`: it touches the days from Christmas Eve to New Year's Eve, on which nobody meets.
    """

    everywhere: Sequence[Holiday] = ()
    is_turn_of_year: bool = False
    in_some_states: Sequence[Holiday] = ()
    bridge_days: Sequence[dt.date] = ()
    school_breaks: Sequence[str] = ()

    @property
    def load(self) -> int:
        return (
            BRIDGE_DAY * bool(self.bridge_days)
            + SCHOOL_BREAK * bool(self.school_breaks)
            + HOLIDAY_IN_SOME_STATES * bool(self.in_some_states)
        )


@dataclass(frozen=True)
class Span:
    """The planned days, moved by whole weeks. `load` is the sum of all weights."""

    first: dt.date
    last: dt.date
    shift: int
    competitions: Sequence[Competition]
    calendar: Calendar
    load: int

    @property
    def is_planned(self) -> bool:
        return self.shift == 0

    @property
    def is_free(self) -> bool:
        """Whether no holiday keeps the public away."""
        return not (self.calendar.everywhere or self.calendar.is_turn_of_year)

    def count(self, strength: Strength) -> int:
        return sum(one.strength is strength for one in self.competitions)


Look = Callable[[dt.date, dt.date], Calendar]


def reach(plan: Plan) -> tuple[dt.date, dt.date]:
    """First and last day of all weeks that are looked at."""
    first = plan.first - dt.timedelta(days=plan.first.weekday()) - REACH * WEEK
    return first, plan.last + dt.timedelta(days=6 - plan.last.weekday()) + REACH * WEEK


def spans(plan: Plan, alike: Sequence[Likeness], look: Look) -> list[Span]:
    """The plan and the same weekdays of the weeks around it, in order of time."""
    by_week: dict[dt.date, list[Likeness]] = defaultdict(list)
    frame = reach(plan)
    for one in alike:
        for monday in _mondays(max(one.rival.first, frame[0]), min(one.rival.last, frame[1])):
            by_week[monday].append(one)
    return [_span(plan, by_week, look, shift) for shift in range(-REACH, REACH + 1)]


def calmest(around: Sequence[Span], today: dt.date) -> list[Span]:
    """The least loaded spans without a holiday, the nearest of equal ones first.

    For a plan that lies ahead nothing is proposed that is over.
    """
    planned = next(span for span in around if span.is_planned)
    earliest = today if planned.first >= today else dt.date.min
    free = [one for one in around if one.is_free and not one.is_planned and one.first >= earliest]
    return sorted(free, key=lambda one: (one.load, abs(one.shift), one.shift))[:CALMEST]


def by_month(around: Sequence[Span]) -> list[tuple[dt.date, list[Span]]]:
    """The spans by the month in which they begin: [(its first day, spans)]."""
    months = groupby(around, key=lambda span: span.first.replace(day=1))
    return [(month, list(spans)) for month, spans in months]


def _mondays(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Of all weeks of which a day lies between."""
    monday = first - dt.timedelta(days=first.weekday())
    while monday <= last:
        yield monday
        monday += WEEK


def _span(plan: Plan, by_week: Mapping[dt.date, list[Likeness]], look: Look, shift: int) -> Span:
    first, last = plan.first + shift * WEEK, plan.last + shift * WEEK
    alike = dict.fromkeys(one for monday in _mondays(first, last) for one in by_week.get(monday, ()))
    found = [Competition(one.rival, weight) for one, weight in weighed(alike, (first, last))]
    calendar = look(first, last)
    load = sum(round(one.weight) for one in found) + calendar.load
    return Span(first, last, shift, found, calendar, load)
