"""Around which days hits are looked for first: of words that very many events say, the index then reads no
more than what these days hold. Pure."""

import datetime as dt
import re
from collections.abc import Collection, Iterable

from index.documents import quoted
from index.plan import Plan

# (days or months before and after the present one, the share of all events that begin then), of a catalogue
# that reaches over ten years or so. One that reaches less far has more in each, which does no harm.
_DAYS = ((7, 7, 0.004),)
_MONTHS = ((1, 1, 0.025), (2, 6, 0.075))
_YEARS = ((0, 1, 0.2),)
# Of the months that a question asks for, so many.
_OF_PERIOD = (1, 3, 6)
_PERIOD = re.compile(r"time/(\d{4})(?:-(\d\d))?|month/(\d\d)")
# Of a month of any year, those of so many years before and after the present one.
_EACH = 5

Windows = Iterable[tuple[float, list[str]]]


def window(plan: Plan, number: int, today: dt.date) -> str:
    """A query for the shortest time that is likely to hold so many hits: around the present, or of the period
    that the question names, what is nearest. Empty if only all of it will do."""
    times = [group for group in plan.asked if group.is_time]
    if len(times) > 1 or (times and not plan.with_marks):
        return ""
    for share, marks in _of_period(times[0].marks, today) if times else _around(today):
        if plan.expected * share >= number:
            return f"({' | '.join(quoted(mark) for mark in marks)})"
    return ""


def _around(today: dt.date) -> Windows:
    """(share of all events, what those carry that take place then), the shortest first."""
    for before, after, share in _DAYS:
        days = (today + dt.timedelta(days=number) for number in range(-before, after + 1))
        yield share, [f"time/{day}" for day in days]
    present = _month(today.year, today.month)
    for before, after, share in _MONTHS:
        yield share, [_marked(month) for month in range(present - before, present + after + 1)]
    for before, after, share in _YEARS:
        yield share, [f"time/{year}" for year in range(today.year - before, today.year + after + 1)]


def _of_period(marks: Collection[str], today: dt.date) -> Windows:
    """(share of the period's events, what those carry), the shortest first; nothing for a day, or for what
    may be an edition's number as well."""
    periods = [_PERIOD.fullmatch(mark) for mark in marks]
    months: list[int] = []
    for one in periods:
        if one is None:
            return
        months += _months(one, today.year)
    months.sort(key=lambda month: abs(month - _month(today.year, today.month)))
    for number in _OF_PERIOD:
        if number < len(months):
            yield number / len(months), [_marked(month) for month in months[:number]]


def _months(period: re.Match[str], present: int) -> Iterable[int]:
    if period[3]:
        return [_month(year, int(period[3])) for year in range(present - _EACH, present + _EACH + 1)]
    year = int(period[1])
    return [_month(year, int(period[2]))] if period[2] else range(_month(year, 1), _month(year + 1, 1))


def _month(year: int, number: int) -> int:
    return year * 12 + number - 1


def _marked(month: int) -> str:
    year, number = divmod(month, 12)
    return f"time/{year}-{number + 1:02}"
