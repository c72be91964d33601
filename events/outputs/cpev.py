"""Core Public Event Vocabulary 1.1.1: linked data of public authorities
(https://semiceu.github.io/Core-Public-Event-Vocabulary/releases/1.1.1/).

* Its shapes demand nothing. Every event named here, neighbours too, has title, identifier, type, time, status
  and homepage.
* The homepage is our page. An event's own website is a page on it (foaf:page): editions share websites, and
  things that share a foaf:homepage count as the same thing.
* The vocabulary knows no series: an event is dct:isPartOf it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils import translation

from events.models import Event
from events.models.choices import AccessibilityOffer, Audience
from events.outputs import cpev_nodes as nodes
from events.outputs import facts, json_graph, plain
from events.outputs.cpev_nodes import CONTEXT, Node
from events.outputs.facts import Site

MEDIA_TYPE = "application/ld+json"
PROFILE = "https://semiceu.github.io/Core-Public-Event-Vocabulary/releases/1.1.1/"


# -- documents ------------------------------------------------------------------------------------


def listing(events: Iterable[Event], site: Site) -> Iterator[bytes]:
    """The events of a list, from `for_listing()`, in pieces: without people and neighbours."""
    return json_graph.stream(CONTEXT, events, lambda event: listed(event, site), site.language)


def event_document(
    event: Event, site: Site, now: dt.datetime, previous: Event | None = None, following: Event | None = None
) -> Node:
    """One event from `for_detail()`, with the editions before and after it that visitors may see.

    What is not public at `now` stays out.
    """
    with translation.override(site.language):
        around = {
            "parentEvent": _mentions([event.parent], site, now),
            "subEvent": _mentions(event.children.all(), site, now),
            "hasPreviousEvent": _mentions([previous], site, now),
            "hasNextEvent": _mentions([following], site, now),
        }
        return {"@context": CONTEXT, **plain.known({**event_node(event, site), **around})}


def event_node(event: Event, site: Site) -> Node:
    """One event from `for_detail()` with all who take part, in the active language."""
    people = [nodes.person(appearance, site) for appearance in event.appearances.all()]
    node = listed(event, site)
    taking_part = _each_once([*node.get("hasParticipation", []), *people])
    return plain.known({**node, "hasParticipation": taking_part})


# -- events ---------------------------------------------------------------------------------------


def mention(event: Event, site: Site) -> Node:
    """What every event tells, wherever it is named."""
    name = nodes.name_of(event, site, "event")
    return {
        "@id": name,
        "@type": "PublicEvent",
        "title": _titles(event),
        "identifier": facts.identifier(event),
        "eventType": nodes.types(event, site),
        "eventStatus": nodes.status(event, site),
        "hasTime": nodes.interval(event, name, site),
        "homepage": nodes.document(facts.address(event, site)),
    }


def listed(event: Event, site: Site) -> Node:
    """An event as a list tells it, from `for_listing()` and in the active language: without people."""
    audiences = [Audience(one) for one in event.audiences]
    node = {
        **mention(event, site),
        "description": _descriptions(event),
        "eventNumber": nodes.text(str(event.edition or "")),
        "format": nodes.mode(event, site),
        "topic": [nodes.topic(topic, site) for topic in event.topic_list],
        "audience": [nodes.own_code("audience", one.value, str(one.label), site) for one in audiences],
        "language": [nodes.language(one) for one in event.languages],
        "address": [nodes.address(venue, site) for venue in facts.visited(event)],
        "accessibility": nodes.text(_accessibility(event), site.language),
        "registration": nodes.document(event.registration_url),
        "foaf:page": nodes.document(event.website),
        "dct:isPartOf": nodes.series(event.series, site) if event.series else None,
        "hasParticipation": [nodes.organisation(link, site) for link in event.participations.all()],
        "foaf:isPrimaryTopicOf": _record(event, site),
    }
    return plain.known(node)


def _mentions(events: Iterable[Event | None], site: Site, now: dt.datetime) -> list[Node]:
    return [mention(event, site) for event in events if event and event.is_public(now)]


def _titles(event: Event) -> list[Node]:
    """The title in each language it is given in, with the label of samples in the same language."""
    told = []
    for language in ("de", "en") if event.title_en else ("de",):
        with translation.override(language):
            told.append(nodes.text(facts.sample_title(event), language))
    return told


def _descriptions(event: Event) -> list[Node]:
    """What became of it and the summary: in German, and in English as far as there is English to tell."""
    told = []
    for language, summary in (("de", event.summary), ("en", event.summary_en)):
        with translation.override(language):
            if summary or not event.summary:
                told.append(nodes.text(" ".join([*facts.changes(event), summary]), language))
    return [text for text in told if text]


def _accessibility(event: Event) -> str:
    return ", ".join(str(AccessibilityOffer(one).label) for one in event.accessibility)


def _record(event: Event, site: Site) -> Node:
    """The entry about the event: when it changed and under which licence it may be used."""
    record = {
        **nodes.document(site.url + reverse("events:jsonld", args=[event.slug])),
        "dct:modified": {"@value": plain.moment(event.modified_at), "@type": "xsd:dateTime"},
        "dct:license": {"@id": site.licence} if site.licence else None,
    }
    return plain.known(record)


def _each_once(found: list[Node]) -> list[Node]:
    """A person who speaks twice takes part once."""
    return [node for place, node in enumerate(found) if node not in found[:place]]
