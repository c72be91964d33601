"""The same list and the same event in machine-readable forms. What they say is built in events/outputs."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.around import editions_around
from events.asked import Problem
from events.conditional import conditional
from events.history import changes_of_many
from events.linked import PROFILES, unknown_profile, with_profile
from events.listing import for_output
from events.models import Event
from events.outputs import atom, cpev, csv_table, json_feed, jsonld
from events.outputs.facts import Feed
from events.outputs.jsonld_nodes import CONTEXT as SCHEMA_ORG
from events.selection import Keys, Selection
from events.site import output_site
from events.views.events import find_event
from events.views.frame import select
from lib.paging import paginate
from lib.site import site_name

PER_PAGE = 100
# A list as linked data, by vocabulary.
LISTINGS = {cpev.PROFILE: cpev.listing, SCHEMA_ORG: jsonld.listing}


@conditional
def list_csv(request: HttpRequest) -> HttpResponseBase:
    """All events of the selection as a table; `bom=1` marks the encoding for Excel."""
    selection = select(request)
    excel = switch(request, selection, "bom")
    if selection.refused:
        return refusal(selection)
    events = selection.events.for_listing().iterator(PER_PAGE)
    rows = _finished(csv_table.pieces(events, output_site(), for_excel=excel))
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")


@conditional
def list_json(request: HttpRequest) -> HttpResponse:
    """The selection as a JSON Feed, page by page."""
    return _paged(
        request,
        lambda events, feed: json_feed.dump(json_feed.document(events, feed)),
        f"{json_feed.MEDIA_TYPE}; charset=utf-8",
    )


@conditional
def list_atom(request: HttpRequest) -> HttpResponse:
    """The selection as an Atom feed, what changed last first, page by page."""
    return _paged(
        request,
        lambda events, feed: atom.document(events, feed, changes_of_many(events)),
        f"{atom.MEDIA_TYPE}; charset=utf-8",
        order=("-modified_at", "-pk"),
    )


@conditional
def list_jsonld(request: HttpRequest) -> HttpResponseBase:
    """All events of the selection as linked data: CPEV, or schema.org with `profile=schema.org`."""
    profile = PROFILES.get(request.GET.get("profile", ""))
    if profile is None:
        return unknown_profile()
    selection = select(request)
    if selection.refused:
        return refusal(selection)
    pieces = LISTINGS[profile](selection.events.for_listing().iterator(PER_PAGE), output_site())
    return with_profile(StreamingHttpResponse(pieces, content_type=cpev.MEDIA_TYPE), profile)


@conditional
def event_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One event as an item of a JSON Feed."""
    event = find_event(request, slug, Event.objects.for_listing())
    return guarded(event, _json(json_feed.dump(json_feed.item(event, output_site()))))


@conditional
def event_jsonld(request: HttpRequest, slug: str) -> HttpResponse:
    """One event as linked data: CPEV, or schema.org with `profile=schema.org`."""
    event = find_event(request, slug)
    profile = PROFILES.get(request.GET.get("profile", ""))
    if profile is None:
        return unknown_profile()
    site, now = output_site(), timezone.now()
    if profile == cpev.PROFILE:
        around = editions_around(event)
        data = cpev.event_document(event, site, now, around.previous, around.next)
    else:
        data = jsonld.event_page(event, site, now)
    response = HttpResponse(jsonld.dump(data), content_type=cpev.MEDIA_TYPE)
    return guarded(event, with_profile(response, profile))


# -- the HTTP part --------------------------------------------------------------------------------


def _paged(
    request: HttpRequest, build: Callable[[Any, Feed], bytes], content_type: str, order: tuple[str, ...] = ()
) -> HttpResponse:
    selection = select(request)
    if selection.refused:
        return refusal(selection)
    keys: Keys | QuerySet[Any] = selection.keys
    if order and not selection.values.get("sort"):
        keys = selection.events.order_by(*order).values_list("pk", flat=True)
    page, problem = paginate(keys, request.GET.get("page"), PER_PAGE)
    if problem:
        return refusal(selection, "page: " + _("There is no such page."))

    def link(number: int) -> str:
        return settings.SITE_URL + selection.url(page=str(number) if number > 1 else None)

    last = page.paginator.num_pages
    feed = feed_of(
        selection,
        address=link(page.number),
        first=link(1),
        last=link(last),
        previous=link(page.number - 1) if page.has_previous() else "",
        next=link(page.number + 1) if page.has_next() else "",
    )
    events = for_output(list(page.object_list), feed.now)
    return HttpResponse(build(events, feed), content_type=content_type)


def feed_of(selection: Selection, address: str = "", **pages: str) -> Feed:
    """How this form of the list is called and where it stands."""
    query = selection.query_dict.urlencode()
    page = settings.SITE_URL + reverse("events:list") + (f"?{query}" if query else "")
    chosen = selection.words
    title = f"{site_name()}: {chosen}" if chosen else site_name()
    return Feed(
        site=output_site(),
        title=title,
        address=address or settings.SITE_URL + selection.url(),
        page=page,
        now=timezone.now(),
        **pages,
    )


def _finished(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces once there are all of them; meanwhile they are kept compressed.

    A calendar or a graph that breaks off is no valid document; nobody would notice it of a table.
    """
    kept = [zlib.compress(piece, 1) for piece in pieces]
    return map(zlib.decompress, kept)


def _json(body: bytes) -> HttpResponse:
    return HttpResponse(body, content_type="application/json; charset=utf-8")


def refusal(selection: Selection, text: str = "") -> HttpResponse:
    """400 with the parameter's name: a calendar that is subscribed to must never widen by itself."""
    lines = [f"{problem.parameter}: {problem.text}" for problem in selection.refused]
    body = "\n".join([*lines, *([text] if text else [])]) + "\n"
    return HttpResponse(body, status=400, content_type="text/plain; charset=utf-8")


def switch(request: HttpRequest, selection: Selection, name: str) -> bool:
    """Whether a parameter that knows only "1" is set; anything else becomes a problem of the selection."""
    value = request.GET.get(name, "")
    if value not in ("", "1"):
        text = _("%(name)s knows only the value 1.") % {"name": name}
        selection.problems.append(Problem(name, value, text))
    return value == "1"


def guarded(event: Event, response: HttpResponse) -> HttpResponse:
    """Samples are kept from search engines."""
    if event.is_sample:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
