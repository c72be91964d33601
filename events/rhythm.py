"""When the next edition of a series may be expected: derived from its past ones, never announced.

The rule: of the last five editions (those of one month count once) at least three, a steady gap (each
gap within a fifth of the middle one, at most one outlier and that not the last), a gap of four or six
months or of whole years, and a last edition not longer ago than two gaps. The expectation is a month, and it
is only made while that month is not over.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

MIN_EDITIONS = 3
PARTS_OF_A_YEAR = (4, 6)
TOLERANCE = 2  # months by which the middle gap may miss whole years
LOOK_BACK = 5


@dataclass(frozen=True)
class Expected:
    """The month in which the next edition is expected."""

    year: int
    month: int

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, self.month, 1)

    @property
    def last_day(self) -> dt.date:
        following = _month_index(self.first_day) + 1
        return dt.date(following // 12, following % 12 + 1, 1) - dt.timedelta(days=1)


def expected_next(starts: Iterable[dt.date], today: dt.date) -> Expected | None:
    """The next edition's month, from the first days of all held editions; None without a rhythm.

    Editions after `today` mean that the next one is announced already: nothing is expected then.
    """
    days = sorted(starts)
    if days and days[-1] > today:
        return None
    gap = turn(days)
    if gap is None:
        return None
    index = _month_index(days[-1]) + gap
    if index < _month_index(today):
        index += gap  # one edition may be skipped, or has not been entered yet
    if index < _month_index(today):
        return None
    return Expected(index // 12, index % 12 + 1)


def turn(starts: Iterable[dt.date]) -> int | None:
    """The months between two editions where they come at a steady pace; the first days of all held ones."""
    recent = sorted({_month_index(day) for day in starts})[-LOOK_BACK:]
    if len(recent) < MIN_EDITIONS:
        return None
    gaps = [later - earlier for earlier, later in pairwise(recent)]
    gap = _turn(round(median(gaps)))
    if gap is None:
        return None
    steady = [abs(one - gap) <= max(1, gap // 5) for one in gaps]
    return gap if steady.count(False) <= 1 and steady[-1] else None


def _turn(gap: int) -> int | None:
    """The part of a year that a gap is, or the whole years it comes close to: seventeen months are none."""
    if gap in PARTS_OF_A_YEAR:
        return gap
    years = round(gap / 12) * 12
    return years if years and abs(gap - years) <= TOLERANCE else None


def _month_index(day: dt.date) -> int:
    return day.year * 12 + day.month - 1
