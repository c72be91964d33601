"""How to subscribe to any list: as a calendar, as a calendar of its deadlines, as a feed."""

from dataclasses import replace
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.selection import Chip, Selection
from events.views.frame import select
from events.views.outputs import feed_of, switch
from lib.http import lasting


@lasting
def subscribe(request: HttpRequest) -> HttpResponse:
    """The addresses of the selection for calendar programs and feed readers, and what to do with them."""
    selection = select(request)
    wants_deadlines = switch(request, selection, "deadlines")
    events = selection.events.with_deadlines() if wants_deadlines else selection.events
    feed = feed_of(selection)
    context = {
        "selection": selection,
        "problems": [problem.text for problem in selection.problems],
        "wants_deadlines": wants_deadlines,
        "chips": [_staying(chip, wants_deadlines) for chip in selection.chips],
        "kinds": _kinds(selection, wants_deadlines),
        "number": events.count(),
        "list_url": feed.page,
        "canonical": settings.SITE_URL + request.path,
        "noindex": bool(selection.query_string) or wants_deadlines,
        **_addresses(selection, feed.title, wants_deadlines),
    }
    return render(request, "events/subscribe.html", context)


def _staying(chip: Chip, wants_deadlines: bool) -> Chip:
    """The chip whose address stays with the calendar of deadlines."""
    if not wants_deadlines:
        return chip
    joint = "&" if "?" in chip.remove_url else "?"
    return replace(chip, remove_url=f"{chip.remove_url}{joint}deadlines=1")


def _kinds(selection: Selection, wants_deadlines: bool) -> list[dict[str, object]]:
    """Which of the two calendars of the same selection."""
    return [
        {"label": _("Events"), "url": selection.url(), "is_current": not wants_deadlines},
        {"label": _("Deadlines"), "url": selection.url(deadlines="1"), "is_current": wants_deadlines},
    ]


def _addresses(selection: Selection, title: str, wants_deadlines: bool) -> dict[str, str]:
    """Where programs find the calendar and the feeds. Links to other services tell nothing else."""
    query = selection.query_dict
    if wants_deadlines:
        title = _("%(list)s – deadlines") % {"list": title}
        query["deadlines"] = "1"
    calendar = _address("events:list-ics", query)
    webcal = "webcal:" + calendar.partition(":")[2]
    named = urlencode({"url": calendar, "name": title}, quote_via=quote)
    return {
        "calendar_url": calendar,
        "webcal_url": webcal,
        "google_url": f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        "outlook_url": f"https://outlook.live.com/calendar/0/addfromweb?{named}",
        "office_url": f"https://outlook.office.com/calendar/0/addfromweb?{named}",
        "atom_url": _address("events:list-atom", selection.query_dict),
        "json_url": _address("events:list-json", selection.query_dict),
    }


def _address(name: str, query: QueryDict) -> str:
    text = query.urlencode()
    return settings.SITE_URL + reverse(name) + (f"?{text}" if text else "")
