"""Where a person took part, page by page: the busiest have spoken a thousand times."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from events.filters import When
from events.models import Appearance
from events.portions import NEXT, OfLinks, Portions
from lib.paging import page_links, paginate
from lib.prepared import Prepared
from speakers.models import Speaker

PER_PAGE = 20
_OF_EVENTS = "SELECT id FROM events_appearance WHERE speaker_id = %s AND event_id = ANY(%s)"
_ROWS = Prepared(
    lambda: Appearance.objects.select_related("event", "organisation", "session").order_by(
        "-event__starts_at", "-event_id", "position"
    )
)


def appearances_told(speaker: Speaker, request: HttpRequest) -> dict[str, Any]:
    """The context of the page about them: the next appearances, and a page of the past ones, the latest
    first. Numbers are those of events (at most 6 queries, however many there are)."""
    events = Portions("speaker", speaker.slug, OfLinks(Appearance.objects.filter(speaker=speaker)))
    coming = events.keys(When.UPCOMING)
    page, problem = paginate(events.keys(When.PAST), request.GET.get("page"), PER_PAGE)
    next_ones = coming[:NEXT] if page.number == 1 else []
    found = _fetched(speaker, [*next_ones, *page.object_list])
    return {
        "upcoming": [link for link in reversed(found) if link.event_id in set(next_ones)],
        "upcoming_total": coming.count(),
        "upcoming_url": events.url(When.UPCOMING) if len(next_ones) < coming.count() else "",
        "past": [link for link in found if link.event_id in set(page.object_list)],
        "past_total": page.paginator.count,
        "page_links": page_links(page, lambda number: _url(request.path, number)),
        "problem": problem,
        "canonical": settings.SITE_URL + _url(request.path, page.number),
    }


def _fetched(speaker: Speaker, events: Collection[int]) -> list[Appearance]:
    """The person's appearances at these events, the latest first (2 queries)."""
    if not events:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_OF_EVENTS, [speaker.pk, list(events)])
        return _ROWS.fetch([key for (key,) in cursor.fetchall()])


def _url(path: str, number: int) -> str:
    return f"{path}?page={number}" if number > 1 else path
