"""Series, topics and venues as linked data; events have theirs in outputs.py."""

from django.http import HttpRequest, HttpResponse

from addresses.lookup import find
from addresses.models import NounKind
from events.conditional import conditional
from events.linked import linked_data
from events.models import Event, Series, Topic, Venue
from events.outputs import cpev_nouns, jsonld_nouns
from events.site import output_site


@conditional
def series_jsonld(request: HttpRequest, slug: str) -> HttpResponse:
    """A series with its editions: CPEV, or schema.org with `profile=schema.org`."""
    found = Series.objects.select_related("predecessor").prefetch_related("organiser_links__organisation")
    series = find(found, NounKind.SERIES, slug, "events:series-jsonld")
    editions = Event.objects.published().filter(series=series).in_order()
    organisers = [link.organisation for link in series.organiser_links.all()]
    return linked_data(
        request,
        series,
        in_cpev=lambda: cpev_nouns.series_document(series, editions, output_site()),
        in_schema_org=lambda: jsonld_nouns.series(series, editions, organisers, output_site()),
    )


@conditional
def topic_jsonld(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic: CPEV with all events about it, or schema.org with the upcoming ones."""
    topic = find(Topic.objects.select_related("parent"), NounKind.TOPIC, slug, "events:topic-jsonld")
    events = Event.objects.published().about([topic.slug])
    return linked_data(
        request,
        topic,
        in_cpev=lambda: cpev_nouns.topic_document(topic, events.in_order(), output_site()),
        in_schema_org=lambda: jsonld_nouns.topic(topic, events.upcoming(), output_site()),
    )


@conditional
def venue_jsonld(request: HttpRequest, slug: str) -> HttpResponse:
    """A place: CPEV with all events there, or schema.org with the upcoming ones."""
    venue = find(Venue.objects.all(), NounKind.VENUE, slug, "events:venue-jsonld")
    events = Event.objects.published().at_venue([venue.slug])
    return linked_data(
        request,
        venue,
        in_cpev=lambda: cpev_nouns.venue_document(venue, events.in_order(), output_site()),
        in_schema_org=lambda: jsonld_nouns.venue(venue, events.upcoming(), output_site()),
    )
