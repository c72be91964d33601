"""A person's page and the index of all."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from addresses.lookup import find
from addresses.models import NounKind
from events.models import Appearance, Event, public
from lib.browse import browse
from speakers.models import Speaker


def speaker_list(request: HttpRequest) -> HttpResponse:
    """All people, alphabetically by family name, with the number of their events."""
    counted = public("appearances__event__")
    found = (
        Speaker.objects.listed()
        .in_order()
        .annotate(event_count=Count("appearances__event", filter=counted, distinct=True))
    )
    return render(request, "speakers/list.html", {"index": browse(found, request.GET, request.path)})


def speaker_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A person and where they took part, with the office they held then."""
    speaker = find(Speaker.objects.listed(), NounKind.SPEAKER, slug, "speakers:detail")
    public = Event.objects.published().values("pk")
    links = Appearance.objects.filter(speaker=speaker, event__in=public)
    links = links.select_related("event", "organisation", "session")
    now = timezone.now()
    appearances = list(links.order_by("-event__starts_at", "-event_id", "position"))
    context = {
        "speaker": speaker,
        "upcoming": [link for link in reversed(appearances) if not link.event.is_past(now)],
        "past": [link for link in appearances if link.event.is_past(now)],
        "noindex": speaker.is_sample,
        "is_sample": speaker.is_sample,
    }
    return render(request, "speakers/detail.html", context)
