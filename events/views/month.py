"""The choice of events as a month."""

import calendar
import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from events.filters import FIRST_YEAR, LAST_YEAR
from events.views.frame import framed, select


def this_month(request: HttpRequest) -> HttpResponse:
    """On to the month of today, with the filter."""
    today = timezone.localdate()
    path = reverse("events:month", kwargs={"year": today.year, "month": today.month})
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{path}?{query}" if query else path)


def event_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The events of which a day lies in the month."""
    if not (FIRST_YEAR <= year < LAST_YEAR and 1 <= month <= 12):
        raise Http404
    last = calendar.monthrange(year, month)[1]
    selection = select(request, (dt.date(year, month, 1), dt.date(year, month, last)))
    events = list(selection.events.in_order().for_listing())
    context = {**framed(selection, "month", events), "events": events, "first": selection.span[0]}
    return render(request, "events/month.html", context)
