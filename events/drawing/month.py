"""A month as weeks of seven days, Monday first (ISO 8601), with events as bars in lanes."""

import calendar
import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

DAY = dt.timedelta(days=1)
# Bars one below the other in a week; on a day with more the rest is counted.
LANES = 5
_CALENDAR = calendar.Calendar(calendar.MONDAY)


# Tuples: making thousands of frozen instances takes three times as long.
class Span(NamedTuple):
    """The days of one event, both included; `key` tells which."""

    key: int
    first: dt.date
    last: dt.date


class Bar(NamedTuple):
    """The part of an event that lies in one week: `days` columns from `column` (0 is Monday) on, in `lane`.

    `begins` and `ends` tell whether the event does so there, or lasts from an earlier week, into a later.
    """

    key: int
    column: int
    days: int
    lane: int
    begins: bool
    ends: bool

    @property
    def columns(self) -> range:
        return range(self.column, self.column + self.days)


@dataclass(frozen=True)
class Day:
    """`bars` are those that begin in its column, from the upper lane down."""

    date: dt.date
    is_inside: bool
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Week:
    """`number` is that of ISO 8601."""

    number: int
    days: tuple[Day, ...]


class Gathered:
    """The days of a month's events, of which there may be thousands.

    `keys`, `firsts` and `lasts` are columns of the events in order, days as ordinals. `spans` are those that
    may find a lane.
    """

    def __init__(
        self, keys: Sequence[int], firsts: Sequence[int], lasts: Sequence[int], lanes: int = LANES
    ) -> None:
        # Rarely another order: a day begins at several moments where there are several time zones.
        if (ordered := sorted(firsts)) != list(firsts):
            order = sorted(range(len(firsts)), key=firsts.__getitem__)
            keys, lasts = [keys[place] for place in order], [lasts[place] for place in order]
        self.total = len(keys)
        begin: dict[int, int] = {}
        end: Counter[int] = Counter()
        self.spans: list[Span] = []
        start, date = 0, dt.date.fromordinal
        while start < len(ordered):
            first = ordered[start]
            stop = bisect_right(ordered, first, start)
            of_first = lasts[start:stop]
            ends = Counter(of_first)
            begin[first] = stop - start
            end.update(ends)
            for place in _upper(first, of_first, ends, lanes):
                self.spans.append(Span(keys[start + place], date(first), date(of_first[place])))
            start = stop
        # Days, and how many events have begun, or ended, by then.
        self._firsts, self._begun = _summed(begin)
        self._lasts, self._ended = _summed(end)

    def of_day(self, day: dt.date) -> int:
        """How many events take place that day."""
        number = day.toordinal()
        begun = self._begun[bisect_right(self._firsts, number)]
        return begun - self._ended[bisect_left(self._lasts, number)]


def _summed(counts: Mapping[int, int]) -> tuple[list[int], list[int]]:
    """The days in order; the sums of what comes before each of them, and of all."""
    ordered = sorted(counts)
    return ordered, [0, *accumulate(counts[day] for day in ordered)]


def _upper(first: int, lasts: Sequence[int], ends: Mapping[int, int], lanes: int) -> list[int]:
    """Places among events that begin on one day: of the same length no more than find a lane, and none where
    enough that last longer come before. Up to Sunday all that last longer are equally long in that week."""
    sunday = first + 6 - (first - 1) % 7
    found: list[int] = []
    for last in sorted(ends, reverse=True):
        if len(found) >= lanes and last < sunday:
            break
        place = -1
        for _number in range(min(ends[last], lanes)):
            place = lasts.index(last, place + 1)
            found.append(place)
    return sorted(found)


def weeks(year: int, month: int, spans: Iterable[Span], lanes: int = LANES) -> list[Week]:
    """The weeks of which a day lies in the month.

    Whoever comes first in `spans` stands above others that begin on the same day and last as long; what lasts
    longer stands above what is shorter. In each week an event is one bar, or it has found no lane.
    """
    found, begun = [], defaultdict(list)
    calendars = _CALENDAR.monthdatescalendar(year, month)
    running: list[Span] = []
    for span in spans:
        if span.first >= calendars[0][0]:
            begun[span.first].append(span)
        elif span.last >= calendars[0][0]:
            running.append(span)
    for days in calendars:
        found.append(_week(days, month, running, begun, lanes))
        running += [span for day in days for span in begun.get(day, ())]
        running = [span for span in running if span.last > days[-1]]
    return found


def _week(
    days: list[dt.date], month: int, running: list[Span], begun: Mapping[dt.date, list[Span]], lanes: int
) -> Week:
    """`running` have begun before, the others on the day under which they stand."""
    sunday, ends = days[-1], [0] * lanes
    told = []
    for column, day in enumerate(days):
        coming = begun.get(day, [])
        bars = _placed(coming if column else running + coming, column, day, sunday, ends)
        told.append(Day(day, day.month == month, bars))
    return Week(days[0].isocalendar().week, tuple(told))


def _placed(
    spans: list[Span], column: int, day: dt.date, sunday: dt.date, ends: list[int]
) -> tuple[Bar, ...]:
    """As many bars as there are lanes free that day, from the upper one down. `ends` tells behind which
    column each lane is free, and is told."""
    free = [lane for lane, end in enumerate(ends) if end <= column] if spans else []
    bars = []
    # In a week, all that last longer are equally long.
    longest = sorted(spans, key=lambda span: min(span.last, sunday), reverse=True)
    for lane, span in zip(free, longest, strict=False):
        number = (min(span.last, sunday) - day).days + 1
        ends[lane] = column + number
        bars.append(Bar(span.key, column, number, lane, span.first >= day, span.last <= sunday))
    return tuple(bars)
