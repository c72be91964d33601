"""Pages of series, topics and venues, and their indexes."""

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from addresses.lookup import find
from addresses.models import NounKind
from events.looking_back import topic_years
from events.models import EventVenue, Series, Topic, Venue, public
from events.outputs import jsonld, jsonld_nouns
from events.portions import OfLinks, OfTopic, Portions
from events.series_told import editions_told
from events.site import output_site
from lib.browse import browse
from lib.http import lasting


@lasting
def series_list(request: HttpRequest) -> HttpResponse:
    """All series, alphabetically, with the number of their editions."""
    counted = public("events__")
    found = Series.objects.in_order().annotate(
        edition_count=Count("events", filter=counted), latest=Max("events__starts_on", filter=counted)
    )
    return render(request, "events/series_list.html", {"index": browse(found, request.GET, request.path)})


@lasting
def series_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A series with its editions in order and the month in which the next one is expected."""
    series = find(
        Series.objects.select_related("predecessor").prefetch_related(
            "organiser_links__organisation", "successors"
        ),
        NounKind.SERIES,
        slug,
        "events:series",
    )
    told = editions_told(series, request)
    organisers = [link.organisation for link in series.organiser_links.all()]
    context = {
        "series": series,
        **told,
        "json_ld": jsonld.script(jsonld_nouns.series(series, told["editions"], organisers, output_site())),
        "noindex": series.is_sample,
        "is_sample": series.is_sample,
    }
    return render(request, "events/series_detail.html", context)


@lasting
def topic_list(request: HttpRequest) -> HttpResponse:
    """All topics as a tree of two levels with the number of events."""
    topics = Topic.objects.in_order().counted()
    children = {topic.pk: [other for other in topics if other.parent_id == topic.pk] for topic in topics}
    tree = [(topic, children[topic.pk]) for topic in topics if topic.parent_id is None]
    return render(request, "events/topic_list.html", {"tree": tree})


@lasting
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic with its coming and its latest events."""
    found = Topic.objects.select_related("parent").prefetch_related("children")
    topic = find(found, NounKind.TOPIC, slug, "events:topic")
    events = Portions("topic", topic.slug, OfTopic(topic.pk))
    context = {
        "topic": topic,
        "events": events,
        **topic_years(events.by_year.get("", {}), topic.slug),
        "json_ld": jsonld.script(jsonld_nouns.topic(topic, events.told, output_site())),
        "noindex": topic.is_sample,
        "is_sample": topic.is_sample,
    }
    return render(request, "events/topic_detail.html", context)


@lasting
def venue_list(request: HttpRequest) -> HttpResponse:
    """All places, by town."""
    found = Venue.objects.in_order().annotate(
        event_count=Count("events", filter=public("events__"), distinct=True)
    )
    index = browse(found, request.GET, request.path, column="sort_city")
    return render(request, "events/venue_list.html", {"index": index})


@lasting
def venue_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A place with its coming and its latest events."""
    venue = find(Venue.objects.all(), NounKind.VENUE, slug, "events:venue")
    events = Portions("venue", venue.slug, OfLinks(EventVenue.objects.filter(venue=venue)))
    context = {
        "venue": venue,
        "events": events,
        "json_ld": jsonld.script(jsonld_nouns.venue(venue, events.told, output_site())),
        "noindex": venue.is_sample,
        "is_sample": venue.is_sample,
    }
    return render(request, "events/venue_detail.html", context)
