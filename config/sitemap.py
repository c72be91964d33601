"""Every public page, for search engines: an index of parts, one noun after the other."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from events.conditional import conditional
from events.models import Event, Series, Topic, Venue
from events.outputs import sitemap as output
from events.outputs.sitemap import Page
from journal import version
from organisations.models import Organisation
from speakers.models import Speaker

MEDIA_TYPE = "application/xml; charset=utf-8"
# The index of each noun by the kind of its entries.
INDEXES = {
    "event": "events:list",
    "series": "events:series-list",
    "organisation": "organisations:list",
    "speaker": "speakers:list",
    "topic": "events:topic-list",
    "venue": "events:venue-list",
}
# Pages that tell of the whole catalogue.
WINDOWS = ("home", "events:map", "pages:data", "events:subscribe", "events:clash", "sharing:builder")
# Pages that change with the installation, by their template.
PAPERS = {
    "pages:imprint": "pages/imprint.html",
    "pages:privacy": "pages/privacy.html",
    "pages:accessibility": "pages/accessibility.html",
    "feedback:barrier": "feedback/barrier.html",
    "api:docs": "api/docs.html",
}


@require_safe
@conditional
def index(request: HttpRequest) -> HttpResponse:
    """The parts of the sitemap, each with the latest change in it."""
    parts = [(_address("pages"), _latest())]
    for kind, rows in _entries().items():
        told = rows.aggregate(number=Count("pk"), latest=Max("modified_at"))
        for number in range(0, told["number"], output.PAGES_IN_PART):
            part = rows[number : number + output.PAGES_IN_PART]
            one = told["number"] <= output.PAGES_IN_PART
            latest = told["latest"] if one else part.aggregate(latest=Max("modified_at"))["latest"]
            parts.append((_address(f"{kind}-{number // output.PAGES_IN_PART + 1}"), latest))
    return HttpResponse(output.index(parts, settings.SITE_URL), content_type=MEDIA_TYPE)


@require_safe
@conditional
def part(request: HttpRequest, part: str) -> StreamingHttpResponse:
    """One part: "pages", or some thousand entries of a noun as in "event-1"."""
    pages = _fixed() if part == "pages" else _of(part)
    return StreamingHttpResponse(output.urlset(pages, settings.SITE_URL), content_type=MEDIA_TYPE)


def _of(part: str) -> Iterator[Page]:
    kind, _, digits = part.rpartition("-")
    entries = _entries().get(kind)
    if entries is None or not digits.isascii() or not digits.isdigit() or len(digits) > 4 or digits[0] == "0":
        raise Http404
    first = (int(digits) - 1) * output.PAGES_IN_PART
    rows = entries[first : first + output.PAGES_IN_PART].values_list("slug", "modified_at")
    if not rows:
        raise Http404
    return output.pages(kind, rows)


def _entries() -> dict[str, QuerySet[Any]]:
    """The entries that have a page, by kind; in the order in which they were made, so that parts stay."""
    known: dict[str, QuerySet[Any]] = {
        "event": Event.objects.published(),
        "series": Series.objects.all(),
        "organisation": Organisation.objects.all(),
        "speaker": Speaker.objects.listed(),
        "topic": Topic.objects.all(),
        "venue": Venue.objects.all(),
    }
    return {kind: rows.filter(is_sample=False).order_by("pk") for kind, rows in known.items()}


def _fixed() -> Iterator[Page]:
    """Pages of no single entry."""
    for route in WINDOWS:
        yield Page(_paths(route), _latest())
    for kind, rows in _entries().items():
        changed = rows.aggregate(latest=Max("modified_at"))["latest"]
        yield Page(_paths(INDEXES[kind]), changed or _latest())
    for year, changed in _years():
        yield Page(_paths("events:year", year=year), changed)
    for route, template in PAPERS.items():
        yield Page(_paths(route), _written(template))


def _years() -> Iterator[tuple[int, dt.datetime]]:
    """The years in which events begin, and when one of theirs changed last."""
    events = _entries()["event"].order_by("starts_on__year").values_list("starts_on__year")
    yield from events.annotate(latest=Max("modified_at"))


def _latest() -> dt.datetime:
    return version.current().at


def _written(template: str) -> dt.date:
    """The day on which a template was written or installed."""
    origin: Any = get_template(template).origin  # type: ignore[attr-defined]
    return dt.datetime.fromtimestamp(Path(origin.name).stat().st_mtime, dt.UTC).date()


def _address(part: str) -> str:
    return reverse("sitemap-part", args=[part])


def _paths(route: str, **place: int) -> dict[str, str]:
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found[language] = reverse(route, kwargs=place)
    return found
