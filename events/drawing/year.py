"""A year as a drawing: what happens stands in lanes from January to December, and how much in each week.

Lengths are units of a drawing that is WIDTH wide; a day is DAY of them. Lanes lie below each other, each with
rows of its own, and what stands in one row never overlaps, the words beside a bar included.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

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
LONGEST_TITLE = 60
# Estimated widths of letters for 13 units of height, wide enough for the usual sans-serif faces.
_NARROW, _WIDE = frozenset("fijlrtI.,:;!'|()[]-–/ "), frozenset("mwMW@%&—")
_NARROW_WIDTH, _USUAL_WIDTH, _CAPITAL_WIDTH, _WIDE_WIDTH = 4.6, 7.6, 9.2, 12.0

# The height up to which a year fits on a sheet of A3 at each of the widths that the print styles know.
PAPER = {"wide": 690, "usual": 810, "narrow": 980, "small": 1170, "tiny": 1410}
HEAD = 96  # months and strip

Name = tuple[int, str]  # of a lane: its rank and its words; lanes of a higher rank come last


# Not frozen, as the next one: making thousands of frozen ones takes several times as long.
@dataclass(slots=True)
class Row:
    """What is to be drawn: an event, or an edition that is expected.

    `number` is its place in the list, 0 for what is only expected. `words` stand beside its bar and may be
    shortened, `note` behind them never is. `counts` says whether it takes place on known days and so makes
    its weeks fuller. `sign` names what its bar looks like, `thing` is whatever the row stands for.
    """

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
    """A bar and its words, which begin at `words_x` after its start or, where `ends` says so, end there."""

    row: Row
    x: int
    y: int
    width: int
    words: str
    words_x: int
    ends: bool

    @property
    def number(self) -> int:
        return self.row.number

    @property
    def sign(self) -> str:
        return self.row.sign

    @property
    def extent(self) -> tuple[int, int]:
        """From where to where nothing else may stand in this row."""
        length = width_of(self.words)
        start = self.x + self.words_x - (length if self.ends else 0)
        return min(self.x, start), max(self.x + self.width, start + length)


@dataclass(frozen=True, slots=True)
class Lane:
    name: str
    number: int  # of events, expected editions aside
    height: int
    bars: list[Bar]

    @property
    def expected(self) -> list[Bar]:
        """The bars of what is no event yet and so has no number."""
        return [bar for bar in self.bars if not bar.number]


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


def draw(year: int, rows: Sequence[Row], today: dt.date, others: str = "") -> Year:
    """The year with its rows, each in its lane; `others` is the lane of those with lanes too small."""
    numbered = len(rows) > MOST_TITLES
    lanes = [_lane(year, name, group, numbered) for name, group in _grouped(rows, others)]
    weeks = list(_weeks(year, rows))
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


def _clipped(year: int, row: Row) -> tuple[dt.date, dt.date]:
    return max(row.first, dt.date(year, 1, 1)), min(row.last, dt.date(year, 12, 31))


def _months(year: int) -> list[Span]:
    starts = [dt.date(year, month, 1) for month in range(1, 13)]
    ends = [start - dt.timedelta(days=1) for start in [*starts[1:], dt.date(year + 1, 1, 1)]]
    return [_span(first.month, first, last) for first, last in zip(starts, ends, strict=True)]


def _weeks(year: int, rows: Iterable[Row]) -> Iterator[Span]:
    """The weeks by ISO 8601, the first and the last as far as they belong to the year."""
    counts: Counter[dt.date] = Counter()
    for row in rows:
        if row.counts:
            first, last = _clipped(year, row)
            monday = first - dt.timedelta(days=first.weekday())
            while monday <= last:
                counts[monday] += 1
                monday += dt.timedelta(days=7)
    most = max(counts.values(), default=1)
    first, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
    monday = first - dt.timedelta(days=first.weekday())
    while monday <= end:
        count, sunday = counts[monday], monday + dt.timedelta(days=6)
        height = _height(count, most, STRIP)
        yield _span(monday.isocalendar().week, max(monday, first), min(sunday, end), count, height)
        monday += dt.timedelta(days=7)


def heights(counts: Sequence[int]) -> list[int]:
    """The heights of columns beside each other, the highest COLUMN."""
    most = max(counts, default=0)
    return [_height(count, most, COLUMN) for count in counts]


def _height(count: int, most: int, whole: int) -> int:
    return max(2, round(count / most * whole)) if count else 0


# -- lanes ----------------------------------------------------------------------------------------


def _grouped(rows: Sequence[Row], others: str) -> list[tuple[Name, list[Row]]]:
    """The rows by lane, the fullest lane first; of many lanes the small ones become one."""
    groups: dict[Name, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.lane].append(row)
    named = sorted((name for name in groups if name[0] == 0), key=lambda name: (-len(groups[name]), name[1]))
    if len(named) > MOST_LANES:
        for name in [
            name for place, name in enumerate(named) if place >= MOST_LANES or len(groups[name]) < 2
        ]:
            groups[1, others] += groups.pop(name)
    return sorted(groups.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1]))


def _lane(year: int, name: Name, rows: Sequence[Row], numbered: bool) -> Lane:
    bars = [(bar.extent, bar) for bar in (_bar(year, row, numbered) for row in rows)]
    bars.sort(key=lambda pair: (pair[0][0], pair[1].x, pair[1].row.number))
    ends: list[int] = []
    placed = []
    for (start, end), bar in bars:
        line = next((line for line, free in enumerate(ends) if free + GAP <= start), len(ends))
        ends[line : line + 1] = [end]
        bar.y = line * ROW
        placed.append(bar)
    number = sum(1 for row in rows if row.number)
    return Lane(name[1], number, len(ends) * ROW, placed)


def _bar(year: int, row: Row, numbered: bool) -> Bar:
    """The bar with as many words as find room: its title, else its number."""
    first, last = _clipped(year, row)
    width = max(((last - first).days + 1) * DAY, NARROWEST)
    x = min(_x(first), _x(dt.date(year, 12, 31)) + DAY - width)
    offers = [str(row.number or row.note)]
    if not (numbered and row.number):
        offers.insert(0, " · ".join(filter(None, (shortened(row.words), row.note))))
    for words in offers:
        place = _place(x, width, width_of(words))
        if place:
            return Bar(row, x, 0, width, words, *place)
    return Bar(row, x, 0, width, "", 0, False)


def _place(x: int, width: int, length: int) -> tuple[int, bool] | None:
    """Where words begin, or end, seen from the bar: behind it, before it, on it; None if nowhere."""
    if x + width + GAP + length <= WIDTH:
        return width + GAP, False
    if x - GAP - length >= 0:
        return -GAP, True
    return (GAP, False) if length + 2 * GAP <= width else None


# -- words ----------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def width_of(words: str) -> int:
    """How much room words need, a little more than less."""
    return round(sum(_width_of_letter(letter) for letter in words))


def _width_of_letter(letter: str) -> float:
    if letter in _NARROW:
        return _NARROW_WIDTH
    if letter in _WIDE:
        return _WIDE_WIDTH
    return _CAPITAL_WIDTH if letter.isupper() else _USUAL_WIDTH


def shortened(words: str) -> str:
    """The words, cut between two of them where they are very long, or inside of one that is."""
    if len(words) <= LONGEST_TITLE:
        return words
    head, _gap, _rest = words[:LONGEST_TITLE].rpartition(" ")
    if len(head) < LONGEST_TITLE // 2:
        return f"{words[: LONGEST_TITLE // 2]}…"
    return f"{head.rstrip(' ,;:–-')} …"
