"""The start page: a window on everything else."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.expectations import expected_editions
from events.models import Event, Series, Topic
from organisations.models import Organisation

SHOWN_UPCOMING = 6
SHOWN_NEWEST = 5


def home(request: HttpRequest) -> HttpResponse:
    """What is coming, topics, newest entries, expected editions and the way into the archive."""
    published = Event.objects.published()
    years = published.order_by().values_list("starts_on__year").annotate(number=Count("pk"))
    context = {
        "upcoming": published.for_listing().upcoming()[:SHOWN_UPCOMING],
        "topics": Topic.objects.frequent(18),
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
