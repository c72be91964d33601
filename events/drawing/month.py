"""A month as weeks of seven days, Monday first (ISO 8601), with events as bars in lanes."""

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

DAY = dt.timedelta(days=1)
# Bars one below the other in a week; on a day with more the rest is counted.
LANES = 5
_CALENDAR = calendar.Calendar(calendar.MONDAY)


@dataclass(frozen=True)
class Span:
    """The days of one event, both included; `key` tells which."""

    key: int
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Bar:
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
        days = list(zip(firsts, lasts, strict=True))
        self._counts = Counter(days)
        self.total = len(days)
        date = dt.date.fromordinal
        places = _first_ones(days, self._counts, lanes)
        self.spans = [Span(keys[place], date(firsts[place]), date(lasts[place])) for place in places]

    def of_day(self, day: dt.date) -> int:
        """How many events take place that day."""
        number = day.toordinal()
        return sum(count for (first, last), count in self._counts.items() if first <= number <= last)


def _first_ones(days: list[tuple[int, int]], counts: Counter[tuple[int, int]], lanes: int) -> list[int]:
    """Places in order: of the same days no more than find a lane, and none where as many that begin on the
    same day and last longer come before."""
    first_places = dict(zip(reversed(days), range(len(days) - 1, -1, -1), strict=True))
    found: list[int] = []
    longer: Counter[int] = Counter()
    for span in sorted(counts, key=lambda one: (one[0], -one[1])):
        first, last = span
        # Up to Sunday all that last longer are equally long in that week.
        if longer[first] >= lanes and last < _sunday(first):
            continue
        number = min(counts[span], lanes)
        place = first_places[span]
        found.append(place)
        for _other in range(number - 1):
            place = days.index(span, place + 1)
            found.append(place)
        longer[first] += number
    return sorted(found)


def _sunday(day: int) -> int:
    return day + 6 - (day - 1) % 7


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
