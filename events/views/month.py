"""The choice of events as a month."""

import calendar
import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from events import presentation
from events.filters import FIRST_YEAR, LAST_YEAR
from events.month_sheet import month_told
from events.views.frame import framed, select
from lib.http import lasting

JUMP = ("year", "month")


def this_month(request: HttpRequest) -> HttpResponse:
    """On to the month that `year` and `month` of the query string name, else to that of today."""
    today = timezone.localdate()
    query = request.GET.copy()
    year, month = (_number(query.pop(name, [""])[-1]) for name in JUMP)
    if not (FIRST_YEAR <= year < LAST_YEAR and 1 <= month <= 12):
        year, month = today.year, today.month
    path = reverse("events:month", kwargs={"year": year, "month": month})
    return HttpResponseRedirect(f"{path}?{query.urlencode()}" if query else path)


@lasting
def event_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The events of which a day lies in the month: weeks with bars; apart, what has no day yet."""
    if not (FIRST_YEAR <= year < LAST_YEAR and 1 <= month <= 12):
        raise Http404
    first = dt.date(year, month, 1)
    last = first.replace(day=calendar.monthrange(year, month)[1])
    selection = select(request, (first, last))
    context = framed(selection, "month") | month_told(selection, first, last)
    context["noindex"] |= not context["total"]
    context["widen"] = [] if context["total"] else presentation.wider(selection)
    return render(request, "events/month.html", context)


def _number(text: str) -> int:
    """A number of at most four digits; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0
