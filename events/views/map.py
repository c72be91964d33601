"""The choice of events as a map."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.atlas import Atlas
from events.views.frame import listed, select
from lib.http import lasting


@lasting
def event_map(request: HttpRequest) -> HttpResponse:
    """Where the events take place, beside the list of them."""
    selection = select(request)
    context = listed(selection, "map", request.GET.get("page"))
    return render(request, "events/map.html", context | {"atlas": Atlas(selection)})
