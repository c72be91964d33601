"""The days of an event as a small calendar sheet."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.models import Event
from events.models.choices import Precision, Status
from lib.dates import EN_DASH

register = template.Library()

NO_LONGER_VALID = (Status.CANCELLED, Status.POSTPONED)


@dataclass(frozen=True)
class Sheet:
    """What stands on the sheet, from top to bottom; empty lines are left out."""

    above: str = ""
    large: str = ""
    below: str = ""
    until: str = ""


@register.inclusion_tag("components/date_badge.html")
def date_badge(event: Event) -> dict[str, object]:
    """A vague date shows no day, and one that no longer holds is struck out."""
    return _told(event.starts_on, event.ends_on, event.date_precision, event.status in NO_LONGER_VALID)


def _told(first: dt.date, last: dt.date, precision: str, is_void: bool) -> dict[str, object]:
    return {
        "sheet": sheet(first, last, precision),
        "first": first,
        "is_vague": precision != Precision.DAY,
        "is_void": is_void,
    }


@lru_cache(maxsize=2_000)
def badge(first: dt.date, last: dt.date, precision: str, is_void: bool, language: str) -> str:
    """The sheet as HTML in the language, which is the active one; the events of a list share their days."""
    return render_to_string("components/date_badge.html", _told(first, last, precision, is_void))


def sheet(first: dt.date, last: dt.date, precision: str = Precision.DAY) -> Sheet:
    """The lines of a sheet for a span of days that is known as exactly as `precision` says."""
    if precision == Precision.YEAR:
        return Sheet(large=_range(str(first.year), str(last.year)))
    if precision == Precision.QUARTER:
        return Sheet(
            above=_("Quarter %(number)s") % {"number": (first.month + 2) // 3}, large=str(first.year)
        )
    same_year = first.year == last.year
    if precision == Precision.MONTH:
        months = _range(date_format(first, "N"), date_format(last, "N"))
        years = _range(str(first.year), str(last.year))
        return Sheet(large=months, below=years)
    if same_year and first.month == last.month:
        return Sheet(
            above=_range(date_format(first, "D"), date_format(last, "D")),
            large=_range(str(first.day), str(last.day)),
            below=date_format(first, "N Y"),
        )
    ending = _day_and_month(last) if same_year else f"{_day_and_month(last)} {last.year}"
    return Sheet(
        above=date_format(first, "D"),
        large=str(first.day),
        below=date_format(first, "N Y"),
        until=_("to %(day)s") % {"day": ending},
    )


def _range(first: str, last: str) -> str:
    return first if first == last else f"{first}{EN_DASH}{last}"


def _day_and_month(day: dt.date) -> str:
    return date_format(day, _("j N"))
