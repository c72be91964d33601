"""The ways to look at the same choice of events: as list, month, year and map."""

import datetime as dt
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.selection import Selection


class Lanes:
    """By what the year sorts its events into lanes: a choice of the look, not of events."""

    PARAMETER = "lanes"
    TOPIC, ORGANISER, STATE, NONE = "topic", "organiser", "state", "none"
    CHOICES = (
        (TOPIC, gettext_lazy("Topic")),
        (ORGANISER, gettext_lazy("Organiser")),
        (STATE, gettext_lazy("State")),
        (NONE, gettext_lazy("No lanes")),
    )


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
    query = f"?{selection.look_query.urlencode()}" if selection.look_query else ""
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


def kept(query: QueryDict) -> dict[str, str]:
    """What looks are told beside the filter. What is unreadable or usual anyway is left out."""
    lanes = query.get(Lanes.PARAMETER, "")
    return {Lanes.PARAMETER: lanes} if lanes in dict(Lanes.CHOICES) and lanes != Lanes.TOPIC else {}
