"""A person's page and the index of all."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from addresses.lookup import find
from addresses.models import NounKind
from events.conditional import conditional
from events.linked import linked_data
from events.models import Appearance, Event, public
from events.outputs import cpev_nouns, jsonld, jsonld_nouns
from events.outputs.jsonld import SPEAKING
from events.site import output_site
from lib.browse import browse
from lib.http import Gone, lasting
from speakers.appearances import appearances_told
from speakers.models import ErasedPerson, Speaker

# For so long an address of somebody who was anonymised is answered with 410. Later it says nothing to whoever
# guesses a name.
STILL_TOLD = dt.timedelta(days=180)


@lasting
def speaker_list(request: HttpRequest) -> HttpResponse:
    """All people, alphabetically by family name, with the number of their events."""
    counted = public("appearances__event__")
    found = (
        Speaker.objects.listed()
        .in_order()
        .annotate(event_count=Count("appearances__event", filter=counted, distinct=True))
    )
    return render(request, "speakers/list.html", {"index": browse(found, request.GET, request.path)})


@lasting
def speaker_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A person and where they took part, with the office they held then."""
    speaker = _find(slug, "speakers:detail")
    told = appearances_told(speaker, request)
    spoken_at = _spoken_at([*reversed(told["upcoming"]), *told["past"]])
    context = {
        "speaker": speaker,
        **told,
        "json_ld": jsonld.script(jsonld_nouns.person(speaker, spoken_at, output_site())),
        "noindex": speaker.is_sample,
        "is_sample": speaker.is_sample,
    }
    return render(request, "speakers/detail.html", context)


@conditional
def speaker_jsonld(request: HttpRequest, slug: str) -> HttpResponse:
    """A person: CPEV with all their roles in events, or schema.org with the events they speak at."""
    speaker = _find(slug, "speakers:jsonld")
    links = _appearances(speaker)
    return linked_data(
        request,
        speaker,
        in_cpev=lambda: cpev_nouns.person_document(speaker, links, output_site()),
        in_schema_org=lambda: jsonld_nouns.person(speaker, _spoken_at(links), output_site()),
    )


def _find(slug: str, route: str) -> Speaker:
    """As `addresses.lookup.find`; raises Gone for who was anonymised lately: search engines let go then."""
    try:
        return find(Speaker.objects.listed(), NounKind.SPEAKER, slug, route)
    except Http404:
        if ErasedPerson.objects.since(timezone.now() - STILL_TOLD).remembers(slug):
            raise Gone from None
        raise


def _appearances(speaker: Speaker) -> QuerySet[Appearance]:
    """What visitors may see of them, the latest event first."""
    links = Appearance.objects.filter(speaker=speaker, event__in=Event.objects.published().values("pk"))
    links = links.select_related("event", "speaker", "organisation", "session")
    return links.order_by("-event__starts_at", "-event_id", "position")


def _spoken_at(links: Iterable[Appearance]) -> list[Event]:
    return [link.event for link in links if link.role in SPEAKING]
