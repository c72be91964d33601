"""The start page: a window on everything else."""

from itertools import chain

from django.conf import settings
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from events.expectations import expected_editions
from events.models import Event, Series, Topic, Venue, public
from events.outputs import sitemap as sitemap_output
from organisations.models import Organisation
from speakers.models import Speaker

SHOWN_UPCOMING = 6
SHOWN_NEWEST = 5
FIXED_PAGES = (
    "home",
    "events:list",
    "events:series-list",
    "organisations:list",
    "speakers:list",
    "events:topic-list",
    "events:venue-list",
    "pages:imprint",
    "pages:privacy",
    "pages:accessibility",
    "feedback:barrier",
)


def home(request: HttpRequest) -> HttpResponse:
    """What is coming, topics, newest entries, expected editions and the way into the archive."""
    published = Event.objects.published()
    counted = Count("events", filter=public("events__"))
    topics = Topic.objects.annotate(event_count=counted).filter(event_count__gt=0)
    years = published.order_by().values_list("starts_on__year").annotate(number=Count("pk"))
    context = {
        "upcoming": published.for_listing().upcoming()[:SHOWN_UPCOMING],
        "topics": topics.order_by("-event_count", "sort_name")[:18],
        "newest": published.for_listing().order_by("-published_at", "-pk")[:SHOWN_NEWEST],
        "expected": expected_editions(limit=6),
        "years": years.order_by("-starts_on__year"),
        "totals": {
            "events": published.count(),
            "series": Series.objects.count(),
            "organisations": Organisation.objects.count(),
        },
    }
    return render(request, "events/home.html", context)


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page in both languages, for search engines; samples are left out."""
    latest = Event.objects.published().aggregate(latest=Max("modified_at"))["latest"] or timezone.now()
    fixed = [sitemap_output.Page(_paths(route), latest) for route in FIXED_PAGES]
    nouns = chain(
        Event.objects.published().in_order(),
        Series.objects.in_order(),
        Organisation.objects.in_order(),
        Speaker.objects.listed().in_order(),
        Topic.objects.in_order(),
        Venue.objects.in_order(),
    )
    body = sitemap_output.urlset([*fixed, *sitemap_output.pages(nouns)], settings.SITE_URL)
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


def _paths(route: str) -> dict[str, str]:
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found[language] = reverse(route)
    return found
