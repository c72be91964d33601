"""Calendars: any list, its deadlines, one event, its programme. What they say is built in events/outputs."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from events import calendar_pieces, calendar_rows
from events.conditional import conditional
from events.models import Event
from events.outputs import deadlines, ical, programme
from events.site import output_site
from events.views.events import find_event
from events.views.frame import select
from events.views.outputs import feed_of, guarded, refusal, switch

MEDIA_TYPE = "text/calendar; charset=utf-8"


@conditional
def list_ics(request: HttpRequest) -> HttpResponseBase:
    """All events of the selection as a calendar to subscribe to; or with `deadlines=1` their deadlines."""
    selection = select(request)
    wants_deadlines = switch(request, selection, "deadlines")
    if selection.refused:
        return refusal(selection)
    address = selection.url(deadlines="1" if wants_deadlines else None)
    feed = feed_of(selection, output_site().url + address)
    if wants_deadlines:
        events = selection.within(Event.objects.told_to_calendars(selection.at)).with_deadlines()
        pieces = calendar_rows.pieces(events, feed.site.language, deadlines.COLUMNS)
        body = deadlines.stream(pieces, events.exists(), feed)
    else:
        body = ical.framed(*calendar_pieces.of(selection, feed.site), feed)
    return StreamingHttpResponse(body, content_type=MEDIA_TYPE)


@conditional
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """One event for a calendar."""
    event = find_event(request, slug, Event.objects.for_listing())
    try:
        body = ical.event_calendar(event, output_site())
    except ical.NoDayError:
        return _nothing(_("This event has no day yet that a calendar could show."))
    return guarded(event, _file(body, event.slug))


@conditional
def programme_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The parts of an event's programme for a calendar."""
    event = find_event(request, slug)
    site = output_site()
    address = site.url + reverse("events:programme", args=[event.slug])
    try:
        body = programme.calendar(event, address, site)
    except programme.NoTimesError:
        return _nothing(_("The programme of this event has no times yet that a calendar could show."))
    name = address.rpartition("/")[2].removesuffix(".ics")
    return guarded(event, _file(body, f"{event.slug}-{name}"))


def _file(body: bytes, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


def _nothing(why: str) -> HttpResponse:
    """404 in words that a program's log shows: who asks here is no browser."""
    return HttpResponse(f"{why}\n", status=404, content_type="text/plain; charset=utf-8")
