"""Dates in a question: "2019", "november 2018", "herbst 2023", "Q1 2024", "17.05.2022", "sccon 19". Pure."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = (
    "januar january jan|februar february feb|märz maerz march|april apr|mai may|juni june jun|juli july jul|"
    "august aug|september sept sep|oktober october okt oct|november nov|dezember december dez dec"
)
_NUMBER = {
    name: number for number, names in enumerate(_MONTHS.split("|"), start=1) for name in names.split()
} | {"marz": 3}
_MONTH = rf"(?P<month>{'|'.join(sorted(_NUMBER, key=len, reverse=True))})\.?"
_YEAR = r"(?P<year>19[5-9]\d|20\d\d)"
# The first month of each, as meteorologists count them; a winter is called by the year in which it begins.
_SEASONS = {
    "frühling": 3, "fruehling": 3, "frühjahr": 3, "fruehjahr": 3, "spring": 3, "sommer": 6, "summer": 6,
    "herbst": 9, "autumn": 9, "fall": 9, "winter": 12,
}  # fmt: skip
_ORDINALS = {
    "1": 1, "erstes": 1, "erste": 1, "first": 1, "2": 2, "zweites": 2, "zweite": 2, "second": 2,
    "3": 3, "drittes": 3, "dritte": 3, "third": 3, "4": 4, "viertes": 4, "vierte": 4, "fourth": 4,
}  # fmt: skip
_ORDINAL = "|".join(_ORDINALS)
_FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\w)(?P<season>{'|'.join(_SEASONS)})\s+{_YEAR}(?:/\d\d)?(?!\w)",
        rf"(?<!\w)q(?P<quarter>[1-4])[\s/-]*{_YEAR}(?!\w)",
        rf"(?<!\w){_YEAR}[\s/-]*q(?P<quarter>[1-4])(?!\w)",
        rf"(?<![\w.])(?P<quarter>{_ORDINAL})\.?\s+(?:quartal|quarter)\s+(?:of\s+)?{_YEAR}(?!\w)",
        rf"(?<![\w.])(?P<half>{_ORDINAL})\.?\s+(?:halbjahr|half\s+of)\s+{_YEAR}(?!\w)",
        rf"(?<![\w.])(?P<day>[0-3]?\d)\.\s*{_MONTH}\s+{_YEAR}(?!\w)",
        rf"(?<![\w.])(?P<day>[0-3]?\d)\.(?P<number>[01]?\d)\.{_YEAR}(?![\w])",
        rf"(?<![\w-]){_YEAR}-(?P<number>[01]\d)-(?P<day>[0-3]\d)(?![\w-])",
        rf"(?<![\w-]){_YEAR}-(?P<number>[01]\d)(?![\w-])",
        rf"(?<![\w/])(?P<number>0?[1-9]|1[0-2])/{_YEAR}(?![\w/])",
        rf"(?<!\w){_MONTH}\s+{_YEAR}(?!\w)",
        rf"(?<!\w)(?:['’‘](?P<short>\d\d)|{_YEAR})(?![\w-])",
        rf"(?<![\w-]){_MONTH}(?![\w-])",
        r"(?<=[a-zäöüß] )(?P<short>[0-4]\d)(?![\w.-])",
    )
]


@dataclass(frozen=True)
class Period:
    """What text[start:end] says of time: `marks` are what entries carry, any of them; the days are None for a
    month of any year."""

    start: int
    end: int
    marks: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None
    # A bare number of two digits may as well be an edition's.
    may_be_edition: int | None = None


def periods(text: str) -> list[Period]:
    """Dates from left to right; the longest reading of each."""
    found: list[Period] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if not any(one.start < match.end() and match.start() < one.end for one in found):
                found += _period(match)
    return sorted(found, key=lambda one: one.start)


def _period(match: re.Match[str]) -> Iterator[Period]:
    said = {name: value for name, value in match.groupdict().items() if value}
    if some := _months(said):
        yield _several(*match.span(), int(said["year"]), *some)
        return
    month = int(said["number"]) if "number" in said else _NUMBER.get(said.get("month", "").lower(), 0)
    year = 2000 + int(said["short"]) if "short" in said else int(said.get("year", 0))
    try:
        first = dt.date(year or 2000, month or 1, int(said.get("day", 1)))
    except ValueError:
        return
    start, end = match.span()
    if not year:
        # "Mai" and "March" are surnames and more; alone they are months all the same.
        yield Period(start, end, (f"month/{month:02}",), None, None)
    elif "day" in said:
        yield Period(start, end, (f"time/{first}",), first, first)
    elif month:
        last = first.replace(day=calendar.monthrange(year, month)[1])
        yield Period(start, end, (f"time/{year}-{month:02}",), first, last)
    else:
        bare = int(said["short"]) if "short" in said and match[0].isdigit() else None
        yield Period(start, end, (f"time/{year}",), first, dt.date(year, 12, 31), bare)


def _months(said: dict[str, str]) -> tuple[int, int] | None:
    """(first month, how many) of a season, a quarter or half a year."""
    if season := said.get("season"):
        return _SEASONS[season.lower()], 3
    for name, long in (("quarter", 3), ("half", 6)):
        number = _ORDINALS[said[name].lower()] if name in said else 0
        if 0 < number <= 12 // long:
            return 1 + long * (number - 1), long
    return None


def _several(start: int, end: int, year: int, month: int, long: int) -> Period:
    months = [divmod(year * 12 + month - 1 + number, 12) for number in range(long)]
    marks = tuple(f"time/{one}-{other + 1:02}" for one, other in months)
    last_year, last_month = months[-1][0], months[-1][1] + 1
    last = dt.date(last_year, last_month, calendar.monthrange(last_year, last_month)[1])
    return Period(start, end, marks, dt.date(year, month, 1), last)
