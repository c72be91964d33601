"""What all looks at a choice of events have in common: the filter, what is said of it, the other looks."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from events.cards import Shown, draw, shown
from events.looks import kept, looks
from events.near import distances
from events.presentation import wider
from events.selection import Selection
from events.understood import told_of
from lib.http import Moved
from lib.paging import page_links, paginate

PER_PAGE = 25


def select(request: HttpRequest, span: tuple[dt.date, dt.date] | None = None) -> Selection:
    """What the query string asks for; an address with former slugs has moved."""
    selection = Selection(request.GET, request.path, at=timezone.now(), span=span, kept=kept(request.GET))
    query = selection.successor_query()
    if query is not None:
        raise Moved(f"{request.path}?{query}")
    return selection


def framed(selection: Selection, look: str, events: Iterable[Shown] = ()) -> dict[str, Any]:
    """The context of the frame; `events` are those of which the page shows cards with matching lines."""
    query = selection.query_string
    return {
        "selection": selection,
        "address": selection.url(),
        "query": f"?{query}" if query else "",
        "more_query": f"&{query}" if query else "",
        "looks": looks(selection, look),
        "problems": [one.text for one in selection.problems],
        "noindex": selection.is_narrowed,
        "canonical": canonical(selection),
        **told_of(selection, events),
    }


def listed(selection: Selection, look: str, number: str | None) -> dict[str, Any]:
    """The context of the frame around one page of cards; `number` is the page as it was asked for."""
    page, problem = paginate(selection.keys, number, PER_PAGE)
    page.object_list = shown(list(page.object_list))
    _add_distances(page.object_list, selection)
    context = framed(selection, look, page.object_list)
    draw(page.object_list, context.get("matcher"))
    context["problems"] += [problem] if problem else []
    return context | {
        "page": page,
        "page_links": page_links(page, lambda one: _page_url(context["address"], one)),
        "widen": [] if page.object_list else wider(selection),
        "canonical": canonical(selection, page.number),
    }


def _add_distances(events: list[Shown], selection: Selection) -> None:
    away = distances([event.pk for event in events], selection.around)
    for event in events:
        event.away = away.get(event.pk, "")


def _page_url(address: str, number: int) -> str:
    """The address of a page of the list whose first one is at `address`."""
    return f"{address}{'&' if '?' in address else '?'}page={number}" if number > 1 else address


def canonical(selection: Selection, page: int = 1) -> str:
    """The look's own address: period and page are other content, an order or a filter is not."""
    query = QueryDict(mutable=True)
    if selection.when != selection.default_when:
        query["when"] = selection.when
    if page > 1:
        query["page"] = str(page)
    return settings.SITE_URL + selection.path + (f"?{query.urlencode()}" if query else "")
