"""The check of a date for organisers: what competes with it, and which weeks are calmer."""

import datetime as dt
from collections.abc import Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from events.clash.answer import answer
from events.clash.competing import Plan
from events.clash.form import PlanForm
from events.clash.topics import grouped
from events.clash.weeks import Span, by_month
from events.drawing import loads
from events.models import Topic
from lib.places import is_abroad

# How far ahead the example lies.
AHEAD = dt.timedelta(days=90)


def check_dates(request: HttpRequest) -> HttpResponse:
    """The form and, once it is filled in, the answer."""
    now = timezone.now()
    topics = list(Topic.objects.in_order().select_related("parent"))
    form = PlanForm(request.GET, topics)
    context = {
        "form": form,
        "groups": grouped(topics, form["topic"].value()),
        "canonical": settings.SITE_URL + request.path,
        "noindex": form.is_bound,
    }
    if form.is_bound and form.is_valid():
        found = answer(form, now)
        context |= {"answer": found, **_drawn(found.around)}
    elif not is_abroad("DE"):
        # Its town is a German one.
        context["example"] = _example(timezone.localdate(now), topics)
    return render(request, "events/clash.html", context)


def _drawn(around: Sequence[Span]) -> dict[str, object]:
    """The weeks as bars, the number of the planned one, and how many weeks begin in each month."""
    heights = [span.load for span in around]
    return {
        "bars": loads.bars(heights),
        "width": loads.width(heights),
        "middle": next(number for number, span in enumerate(around, 1) if span.is_planned),
        "months": [(month, len(spans)) for month, spans in by_month(around)],
    }


def _example(today: dt.date, topics: Sequence[Topic]) -> dict[str, object]:
    """A congress of two days in about three months, on a broad topic if there is one."""
    day = today + AHEAD
    first = day + dt.timedelta(days=(1 - day.weekday()) % 7)
    last = first + dt.timedelta(days=1)
    topic = next((one.parent for one in topics if one.parent), None)
    query = {"from": first.isoformat(), "to": last.isoformat(), "near": "Berlin", "audience": "municipal"}
    if topic:
        query["topic"] = topic.slug
    return {"plan": Plan(first, last), "topic": topic, "query": urlencode(query)}
