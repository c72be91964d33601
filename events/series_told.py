"""The editions of a series, page by page: a weekly webinar comes to some hundred."""

import datetime as dt
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from events.expectations import expected_edition
from events.looking_back import attendance
from events.models import Event, Series
from events.portions import NEXT
from lib.paging import page_links, paginate

PER_PAGE = 30


class Edition(NamedTuple):
    """What the page has to know of each of them."""

    pk: int
    starts_on: dt.date
    ends_at: dt.datetime
    status: str
    attendees: int | None


def editions_told(series: Series, request: HttpRequest, at: dt.datetime | None = None) -> dict[str, Any]:
    """The context of the page: the next editions, and a page of the past ones, the latest first.

    `editions` are those that it shows, the earliest first (7 queries, however many there are).
    """
    now = at or timezone.now()
    rows = Event.objects.published(now).filter(series=series).in_order().values_list(*Edition._fields)
    every = [Edition(*row) for row in rows]
    coming = [edition for edition in every if edition.ends_at > now]
    past = [edition for edition in reversed(every) if edition.ends_at <= now]
    page, problem = paginate(past, request.GET.get("page"), PER_PAGE)
    next_ones = coming[:NEXT] if page.number == 1 else []
    found = Event.objects.for_listing().in_bulk([edition.pk for edition in (*next_ones, *page.object_list)])
    upcoming = [found[edition.pk] for edition in next_ones if edition.pk in found]
    held = [found[edition.pk] for edition in page.object_list if edition.pk in found]
    return {
        "upcoming": upcoming,
        "upcoming_total": len(coming),
        "upcoming_url": _list(series) if len(next_ones) < len(coming) else "",
        "past": held,
        "past_total": len(past),
        "expected": expected_edition(series, now) if page.number == 1 and not coming else None,
        "editions": [*reversed(held), *upcoming],
        "figure": attendance(past) if page.number == 1 else None,
        "page_links": page_links(page, lambda number: _url(request.path, number)),
        "problem": problem,
        "canonical": settings.SITE_URL + _url(request.path, page.number),
    }


def _list(series: Series) -> str:
    return f"{reverse('events:list')}?series={series.slug}"


def _url(path: str, number: int) -> str:
    return f"{path}?page={number}" if number > 1 else path
