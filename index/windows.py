"""Around which days hits are looked for first: of words that very many events say, the index then reads no
more than what these days hold. Pure."""

import datetime as dt
from collections.abc import Iterable

from index.documents import quoted
from index.plan import Plan

# (days or months before and after the present one, the share of all events that begin then), of a catalogue
# that reaches over ten years or so. One that reaches less far has more in each, which does no harm.
_DAYS = ((7, 7, 0.004),)
_MONTHS = ((1, 1, 0.025), (2, 6, 0.075))
_YEARS = ((0, 1, 0.2),)


def window(plan: Plan, number: int, at: dt.datetime) -> str:
    """A query for the shortest time around that is likely to hold so many hits; empty if none is, or if the
    question itself says when."""
    if any(group.is_time for group in plan.asked):
        return ""
    for share, marks in _windows(at.date()):
        if plan.expected * share >= number:
            return f"({' | '.join(quoted(mark) for mark in marks)})"
    return ""


def _windows(today: dt.date) -> Iterable[tuple[float, list[str]]]:
    """(share of all events, what those carry that take place then), the shortest first."""
    for before, after, share in _DAYS:
        days = (today + dt.timedelta(days=number) for number in range(-before, after + 1))
        yield share, [f"time/{day}" for day in days]
    present = today.year * 12 + today.month - 1
    for before, after, share in _MONTHS:
        months = (divmod(month, 12) for month in range(present - before, present + after + 1))
        yield share, [f"time/{year}-{month + 1:02}" for year, month in months]
    for before, after, share in _YEARS:
        yield share, [f"time/{year}" for year in range(today.year - before, today.year + after + 1)]
