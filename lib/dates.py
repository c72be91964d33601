"""Dates as people write them, in the active language."""

import datetime as dt
from functools import lru_cache

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

EN_DASH = "–"


def day(value: dt.date, *, weekday: bool = False) -> str:
    """5. November 2019 / 5 November 2019; with the weekday before it on request."""
    return _day(value, weekday, get_language())


@lru_cache(maxsize=4096)
def _day(value: dt.date, weekday: bool, language: str | None) -> str:
    """Kept, since lists of thousands of events name the same few days in the same language."""
    text = f"{value.day}{_day_format()[1:]} {month(value)} {value.year}"
    return f"{date_format(value, 'l')}, {text}" if weekday else text


def weekday(value: dt.date) -> str:
    """Dienstag / Tuesday."""
    return date_format(value, "l")


def month(value: dt.date, form: str = "F") -> str:
    """März / March; or as another letter of Django's formats has it."""
    return _month(value.month, form, get_language())


@lru_cache(maxsize=100)
def _month(number: int, form: str, language: str | None) -> str:
    return date_format(dt.date(2024, number, 1), form)


def span(first: dt.date, last: dt.date, precision: str = "day") -> str:
    """A span of days, months, a quarter or a year, each part said only once."""
    start, dash, end = span_parts(first, last, precision)
    return f"{start}{dash}{end}"


def span_parts(first: dt.date, last: dt.date, precision: str = "day") -> tuple[str, str, str]:
    """The same in three parts, so that both ends can be marked up: (start, dash, end).

    Dash and end are empty where the span is one day, month, quarter or year.
    """
    return _span_parts(first, last, precision, get_language())


@lru_cache(maxsize=4096)
def _span_parts(first: dt.date, last: dt.date, precision: str, language: str | None) -> tuple[str, str, str]:
    if precision == "year":
        return _joined(str(first.year), str(last.year))
    if precision == "quarter":
        return _joined(_quarter(first), _quarter(last))
    if precision == "month":
        wanted = "F" if first.year == last.year and first.month != last.month else "F Y"
        return _joined(date_format(first, wanted), date_format(last, "F Y"))
    if first == last:
        return day(first), "", ""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{_day_format()[1:]}", EN_DASH, day(last)
    shown = _day_format() + (" F" if first.year == last.year else " F Y")
    return date_format(first, shown), f" {EN_DASH} ", day(last)


def clock(value: dt.time) -> str:
    """9:30 in German, 09:30 in English; "Uhr" is added where the time stands in a sentence."""
    return time_format(value, "G:i" if get_language() == "de" else "H:i")


def _day_format() -> str:
    return "j." if get_language() == "de" else "j"


def _quarter(value: dt.date) -> str:
    return _("quarter %(number)s of %(year)s") % {"number": (value.month + 2) // 3, "year": value.year}


def _joined(start: str, end: str) -> tuple[str, str, str]:
    return (start, "", "") if start == end else (start, f" {EN_DASH} ", end)
