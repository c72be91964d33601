"""The choice of events as a map."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.views.frame import framed, select


def event_map(request: HttpRequest) -> HttpResponse:
    """Where the events take place."""
    selection = select(request)
    events = list(selection.events.for_listing())
    return render(request, "events/map.html", {**framed(selection, "map", events), "events": events})
