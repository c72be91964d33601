"""The list of events and an event's own page."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.signing.factors import is_owed_by
from addresses.lookup import find
from addresses.models import NounKind
from events import page_pieces, presentation, workflow
from events.around import around
from events.cards import draw, shown
from events.detailed import detailed
from events.expectations import expected_editions
from events.filters import When
from events.history import changes_of, worth_telling
from events.models import Event, EventQuerySet
from events.outputs import jsonld
from events.rights import may_see
from events.site import output_site
from events.views.frame import listed, select
from lib.http import Gone, keep_private, lasting


@lasting
def event_list(request: HttpRequest) -> HttpResponse:
    """Events by any filter, with facets, chips and pages."""
    selection = select(request)
    context = listed(selection, "list", request.GET.get("page"))
    is_whole = selection.when == When.UPCOMING and not selection.is_narrowed
    context["expected"] = expected_editions() if is_whole and not context["page"].has_next() else []
    return render(request, "events/list.html", context)


@lasting
def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """All that is known of one event."""
    at = timezone.now()
    page = page_pieces.find(slug, at)
    context: dict[str, Any] = {}
    if page is None:
        event = find_event(request, slug)
        page, context = page_pieces.begin(event, at), _told(event, at)
    about = page.about
    found = around(about, at)
    others = shown(found.related)
    draw(others)
    context |= {"pieces": page.pieces, "about": about, "editions": found, "related": others}
    context["noindex"] = about.is_sample or not about.is_public
    response = render(request, "events/detail.html", context)
    page_pieces.keep(page)
    return response


def _told(event: Event, at: dt.datetime) -> dict[str, Any]:
    """What the pieces tell: of the event alone, and of what touches it when it changes."""
    return {
        "event": event,
        "programme": presentation.programme(event),
        **presentation.involved(event),
        "children": [child for child in event.children.all() if child.is_public(at)],
        "history": worth_telling(changes_of(event, at)),
        "json_ld": jsonld.script(jsonld.event_page(event, output_site(), at)),
        "is_sample": event.is_sample,
        **_preview(event),
    }


def _preview(event: Event) -> dict[str, Any]:
    """What the banner tells of an entry that visitors do not see."""
    if event.is_public():
        return {"is_preview": False}
    return {
        "is_preview": True,
        "stage": workflow.stage(event),
        "edit_url": reverse("admin:events_event_change", args=[event.pk]),
    }


def _may_preview(user: Any, event: Event) -> bool:
    """As in the admin: with the second factor, where one is asked for."""
    return may_see(user, event) and not is_owed_by(user)


def find_event(request: HttpRequest, slug: str, events: EventQuerySet | None = None) -> Event:
    """The event as this visitor may see it: published ones all, others only those whose entry it is.

    `events` brings with each what the answer tells: all of a page, unless told otherwise.
    Raises Gone for a withdrawn entry, Moved for a former slug, Http404 for anything else.
    """
    event = detailed(slug) if events is None else events.filter(slug=slug).first()
    if event and event.is_public():
        return event
    # Without the cookie nobody is known: the session stays untouched, and the answer everybody's.
    if event and settings.SESSION_COOKIE_NAME in request.COOKIES and _may_preview(request.user, event):
        keep_private(request)
        return event
    if event and event.was_public:
        raise Gone(_("This entry has been withdrawn."))
    return find(Event.objects.known_to_visitors(), NounKind.EVENT, slug, "events:detail")
