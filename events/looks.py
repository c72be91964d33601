"""The ways to look at the same choice of events: as list, month, year and map."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.selection import Selection


@dataclass(frozen=True)
class Look:
    """One way to look; `name` is its route."""

    name: str
    icon: str
    label: str
    url: str
    is_current: bool


def looks(selection: Selection, current: str) -> list[Look]:
    """All ways to look at this choice. The filter stays, the days that a page itself shows do not."""
    day = _day_to_open(selection)
    ways = [
        ("list", "list", _("List"), {}),
        ("month", "calendar", _("Month"), {"year": day.year, "month": day.month}),
        ("year", "timeline", _("Year"), {"year": day.year}),
        ("map", "map", _("Map"), {}),
    ]
    query = f"?{selection.query_string}" if selection.query_string else ""
    return [
        Look(name, icon, label, reverse(f"events:{name}", kwargs=place) + query, name == current)
        for name, icon, label, place in ways
    ]


def _day_to_open(selection: Selection) -> dt.date:
    """The day whose month and year come into sight: of the page itself, of the filter, or today."""
    if selection.span:
        first, last = selection.span
        today = timezone.localdate(selection.at)
        return today if first <= today <= last else first
    chosen = selection.values.get("from")
    return chosen or timezone.localdate(selection.at)
