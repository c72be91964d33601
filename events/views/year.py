"""The choice of events as a year."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from events import presentation
from events.filters import FIRST_YEAR, LAST_YEAR
from events.views.frame import framed, select
from events.yearbook import hear_lanes, year_told
from lib.http import lasting


def this_year(request: HttpRequest) -> HttpResponse:
    """On to the year of today, with the filter."""
    path = reverse("events:year", kwargs={"year": timezone.localdate().year})
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{path}?{query}" if query else path)


@lasting
def event_year(request: HttpRequest, year: int) -> HttpResponse:
    """The events of which a day lies in the year: a timeline in lanes, and month by month in words."""
    if not FIRST_YEAR <= year < LAST_YEAR:
        raise Http404
    selection = select(request, (dt.date(year, 1, 1), dt.date(year, 12, 31)))
    hear_lanes(selection, request.GET)
    context = framed(selection, "year") | year_told(selection, year, request.GET)
    context["noindex"] |= not context["total"]
    context["widen"] = [] if context["total"] else presentation.wider(selection)
    return render(request, "events/year.html", context)
