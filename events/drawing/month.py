"""A month as weeks of seven days, Monday first (ISO 8601), with events as bars in lanes."""

import calendar
import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
    """`bars` are those that begin in its column, from the upper lane down; `hidden` found no lane."""

    date: dt.date
    is_inside: bool
    bars: tuple[Bar, ...]
    hidden: tuple[int, ...]


@dataclass(frozen=True)
class Week:
    """`number` is that of ISO 8601; `rows` are the lanes in use, and one more where something is hidden."""

    number: int
    days: tuple[Day, ...]
    rows: int

    @property
    def is_empty(self) -> bool:
        return not self.rows


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
        self._begin: Counter[int] = Counter()
        self._end: Counter[int] = Counter()
        self.spans: list[Span] = []
        start, date = 0, dt.date.fromordinal
        while start < len(ordered):
            first = ordered[start]
            stop = bisect_right(ordered, first, start)
            of_first = lasts[start:stop]
            ends = Counter(of_first)
            self._begin[first] = stop - start
            self._end.update(ends)
            for place in _upper(first, of_first, ends, lanes):
                self.spans.append(Span(keys[start + place], date(first), date(of_first[place])))
            start = stop

    def of_day(self, day: dt.date) -> int:
        """How many events take place that day."""
        number = day.toordinal()
        begun = sum(count for first, count in self._begin.items() if first <= number)
        return begun - sum(count for last, count in self._end.items() if last < number)


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
    longer stands above what is shorter. In each week an event is one bar, or hidden on all of its days there.
    """
    known = list(spans)
    return [_week(days, month, known, lanes) for days in _CALENDAR.monthdatescalendar(year, month)]


def _week(days: list[dt.date], month: int, spans: list[Span], lanes: int) -> Week:
    bars, hidden = _placed(_cut(days, spans), lanes)
    rows = max((bar.lane + 1 for bar in bars), default=0)
    return Week(
        days[0].isocalendar().week,
        tuple(
            Day(
                day,
                day.month == month,
                tuple(bar for bar in bars if bar.column == column),
                tuple(bar.key for bar in hidden if bar.column <= column < bar.column + bar.days),
            )
            for column, day in enumerate(days)
        ),
        rows + bool(hidden),
    )


def _cut(days: list[dt.date], spans: list[Span]) -> list[Bar]:
    """The parts of the spans that lie in these days, in the order in which they get their lanes."""
    first, last = days[0], days[-1]
    bars = []
    for span in spans:
        if span.first <= last and span.last >= first:
            begin, end = max(span.first, first), min(span.last, last)
            column = (begin - first).days
            bars.append(
                Bar(span.key, column, (end - begin).days + 1, 0, begin == span.first, end == span.last)
            )
    return sorted(bars, key=lambda bar: (bar.column, -bar.days))


def _placed(bars: list[Bar], lanes: int) -> tuple[list[Bar], list[Bar]]:
    """Each bar in the first lane that is free there, those of one lane apart; and the bars without a lane."""
    ends = [0] * lanes
    placed, hidden = [], []
    for bar in bars:
        lane = next((number for number, end in enumerate(ends) if end <= bar.column), None)
        if lane is None:
            hidden.append(bar)
        else:
            ends[lane] = bar.column + bar.days
            placed.append(Bar(bar.key, bar.column, bar.days, lane, bar.begins, bar.ends))
    return sorted(placed, key=lambda bar: (bar.column, bar.lane)), hidden
