"""The start page: a window on everything else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from events.expectations import expected_editions
from events.front_page import front_page
from events.models import Topic
from lib.http import lasting


@lasting
def home(request: HttpRequest) -> HttpResponse:
    """What comes, what is due, what has changed, topics, expected editions, the way into the archive."""
    told = front_page()
    context = {
        **told,
        "topics": Topic.objects.frequent(18),
        "expected": expected_editions(limit=6),
        "total": sum(number for _year, number in told["years"]),
        "today": timezone.localdate(),
    }
    return render(request, "events/home.html", context)
