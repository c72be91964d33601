"""A year as a drawing: what happens stands in lanes from January to December, and how much in each week.

Lengths are units of a drawing that is WIDTH wide; a day is DAY of them. Lanes lie below each other, each with
rows of its own, and what stands in one row never overlaps, the words beside a bar included.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any, Protocol

from events.drawing.words import shortened, width_of

DAY = 3
WIDTH = 1100
ROW = 22
# A bar of one day would be hard to see and to hit.
NARROWEST = 9
GAP = 5
STRIP = 40
COLUMN = 28  # of a month beside the others
# More bars than that are called by their numbers: titles would make a year of many pages.
MOST_TITLES = 90
MOST_LANES = 12

# The height up to which a year fits on a sheet of A3 at each of the widths that the print styles know.
PAPER = {"wide": 690, "usual": 810, "narrow": 980, "small": 1170, "tiny": 1410}
HEAD = 96  # months and strip

Name = tuple[int, str]  # of a lane: its rank and its words; lanes of a higher rank come last


class Drawn(Protocol):
    """What is to be drawn: an event, or an edition that is expected.

    `number` is its place in the list, 0 for what is only expected. `words` stand beside its bar and may be
    shortened, `note` behind them never is. `counts` says whether it takes place on known days and so makes
    its weeks fuller. `sign` names what its bar looks like.
    """

    number: int
    first: dt.date
    last: dt.date
    words: str
    note: str
    lane: Name
    counts: bool
    sign: str


# Not frozen, as the next one: making thousands of frozen ones takes several times as long.
@dataclass(slots=True)
class Row:
    """What is drawn of something that is no row by itself; `thing` is whatever it stands for."""

    number: int
    first: dt.date
    last: dt.date
    words: str
    note: str = ""
    lane: Name = (0, "")
    counts: bool = True
    sign: str = ""
    thing: Any = None


@dataclass(slots=True)
class Bar:
    """A bar and its words, which begin at `words_x` after its start or, where `ends` says so, end there.

    `first` and `last` are its days of the year, as far as they lie in it, counted from 0. `extent` is from
    where to where nothing else may stand in its row.
    """

    row: Drawn
    first: int
    last: int
    x: int
    y: int
    width: int
    words: str
    words_x: int
    ends: bool
    extent: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lane:
    name: str
    number: int  # of events, expected editions aside
    height: int
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Span:
    """A month, or a week as far as it lies in the year."""

    number: int
    first: dt.date
    last: dt.date
    x: int
    width: int
    count: int = 0
    height: int = 0

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def y(self) -> int:
        """Where the column of this week begins in the strip."""
        return STRIP - self.height


@dataclass(frozen=True, slots=True)
class Year:
    number: int
    months: list[Span]
    weeks: list[Span]
    lanes: list[Lane]
    today: int | None
    is_numbered: bool
    busiest: list[Span] = field(default_factory=list)

    @property
    def width(self) -> int:
        return self.months[-1].x + self.months[-1].width

    @property
    def paper(self) -> str:
        """How large it can be on a sheet of A3, in words of PAPER; "long" for more than one sheet."""
        height = HEAD + sum(lane.height for lane in self.lanes)
        return next((name for name, most in PAPER.items() if height <= most), "long")

    @property
    def free_weeks(self) -> int:
        return sum(1 for week in self.weeks if not week.count)


def draw(year: int, rows: Sequence[Drawn], today: dt.date, others: str = "") -> Year:
    """The year with its rows, each in its lane; `others` is the lane of those with lanes too small."""
    numbered = len(rows) > MOST_TITLES
    days = _days(year)
    bars = [_bar(days, row, numbered) for row in rows]
    lanes = [_lane(name, group) for name, group in _grouped(bars, others)]
    weeks = list(_weeks(days, bars))
    most = max(week.count for week in weeks)
    return Year(
        number=year,
        months=_months(year),
        weeks=weeks,
        lanes=lanes,
        today=_x(today) + DAY // 2 if today.year == year else None,
        is_numbered=numbered,
        busiest=[week for week in weeks if most and week.count == most],
    )


# -- scale ----------------------------------------------------------------------------------------


def _x(day: dt.date) -> int:
    return (day - day.replace(month=1, day=1)).days * DAY


def _span(number: int, first: dt.date, last: dt.date, count: int = 0, height: int = 0) -> Span:
    return Span(number, first, last, _x(first), ((last - first).days + 1) * DAY, count, height)


def _days(year: int) -> range:
    """All of the year, as ordinals."""
    return range(dt.date(year, 1, 1).toordinal(), dt.date(year + 1, 1, 1).toordinal())


def _months(year: int) -> list[Span]:
    starts = [dt.date(year, month, 1) for month in range(1, 13)]
    ends = [start - dt.timedelta(days=1) for start in [*starts[1:], dt.date(year + 1, 1, 1)]]
    return [_span(first.month, first, last) for first, last in zip(starts, ends, strict=True)]


def _weeks(days: range, bars: Iterable[Bar]) -> Iterator[Span]:
    """The weeks by ISO 8601, the first and the last as far as they belong to the year."""
    before = dt.date.fromordinal(days.start).weekday()
    monday = days.start - before
    counts = [0] * ((days.stop - 1 - monday) // 7 + 1)
    for bar in bars:
        if bar.row.counts:
            for week in range((bar.first + before) // 7, (bar.last + before) // 7 + 1):
                counts[week] += 1
    most = max(counts)
    for week, count in enumerate(counts):
        begins = monday + 7 * week
        number = dt.date.fromordinal(begins).isocalendar().week
        first, last = max(begins, days.start), min(begins + 6, days.stop - 1)
        height = _height(count, most, STRIP)
        yield _span(number, dt.date.fromordinal(first), dt.date.fromordinal(last), count, height)


def heights(counts: Sequence[int]) -> list[int]:
    """The heights of columns beside each other, the highest COLUMN."""
    most = max(counts, default=0)
    return [_height(count, most, COLUMN) for count in counts]


def _height(count: int, most: int, whole: int) -> int:
    return max(2, round(count / most * whole)) if count else 0


# -- lanes ----------------------------------------------------------------------------------------


def _grouped(bars: Iterable[Bar], others: str) -> list[tuple[Name, list[Bar]]]:
    """The bars by lane, the fullest lane first; of many lanes the small ones become one."""
    groups: dict[Name, list[Bar]] = defaultdict(list)
    for bar in bars:
        groups[bar.row.lane].append(bar)
    named = sorted((name for name in groups if name[0] == 0), key=lambda name: (-len(groups[name]), name[1]))
    if len(named) > MOST_LANES:
        for name in [
            name for place, name in enumerate(named) if place >= MOST_LANES or len(groups[name]) < 2
        ]:
            groups[1, others] += groups.pop(name)
    return sorted(groups.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1]))


def _lane(name: Name, bars: Iterable[Bar]) -> Lane:
    found = []
    for place, bar in enumerate(bars):
        start, end = bar.extent
        # In this order they are compared, as far as their places, which no two share.
        found.append((start, bar.x, bar.row.number, place, end, bar))
    found.sort()
    placed = [one[-1] for one in found]
    for line, bar in zip(_lines((one[0], one[4]) for one in found), placed, strict=True):
        bar.y = line * ROW
    number = sum(1 for bar in placed if bar.row.number)
    return Lane(name[1], number, max(bar.y for bar in placed) + ROW, placed)


def _lines(extents: Iterable[tuple[int, int]]) -> Iterator[int]:
    """For each (start, end), in the order of the starts, the first line that is free there."""
    free: list[int] = []
    taken: list[tuple[int, int]] = []
    for start, end in extents:
        while taken and taken[0][0] <= start:
            heappush(free, heappop(taken)[1])
        line = heappop(free) if free else len(taken)
        heappush(taken, (end + GAP, line))
        yield line


def _bar(days: range, row: Drawn, numbered: bool) -> Bar:
    """The bar with as many words as find room: its title, else its number."""
    first, last = row.first.toordinal() - days.start, row.last.toordinal() - days.start
    first, last = max(first, 0), min(last, len(days) - 1)
    width = max((last - first + 1) * DAY, NARROWEST)
    x = min(first * DAY, len(days) * DAY - width)
    for words in _offers(row, numbered):
        length = width_of(words)
        if x + width + GAP + length <= WIDTH:  # behind the bar
            return Bar(
                row, first, last, x, 0, width, words, width + GAP, False, (x, x + width + GAP + length)
            )
        if x - GAP - length >= 0:  # before it
            return Bar(row, first, last, x, 0, width, words, -GAP, True, (x - GAP - length, x + width))
        if length + 2 * GAP <= width:  # on it
            return Bar(row, first, last, x, 0, width, words, GAP, False, (x, x + width))
    return Bar(row, first, last, x, 0, width, "", 0, False, (x, x + width))


def _offers(row: Drawn, numbered: bool) -> tuple[str, ...]:
    """What may stand beside the bar, the best first."""
    if numbered and row.number:
        return (str(row.number),)
    told = " · ".join(filter(None, (shortened(row.words), row.note)))
    return told, str(row.number or row.note)
