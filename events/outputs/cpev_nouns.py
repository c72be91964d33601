"""Series, organisations, people, topics and venues in the words of the Core Public Event Vocabulary.

A document holds one of them and its events, each with what every event tells and with how the two belong
together. Nodes refer to each other by name.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from events.models import Appearance, Event, Participation, Series, Topic, Venue
from events.outputs import cpev, facts, plain
from events.outputs import cpev_nodes as nodes
from events.outputs.cpev_nodes import CONTEXT, Node
from events.outputs.facts import Site
from lib.nouns import Noun
from organisations.models import Organisation
from speakers.models import Speaker

# What the nouns need beside the terms of events.
NOUN_CONTEXT: Node = {**CONTEXT, "org": "http://www.w3.org/ns/org#"}


# -- documents ------------------------------------------------------------------------------------


def organisation_document(organisation: Organisation, links: Iterable[Participation], site: Site) -> Node:
    """An organisation with the events in which it takes part, in each of its roles."""
    with translation.override(site.language):
        roles = [(link.event, nodes.organisation(link, site)) for link in links]
        return _document(organisation_node(organisation, site), _in_roles(roles, site), organisation, site)


def person_document(speaker: Speaker, links: Iterable[Appearance], site: Site) -> Node:
    """A person with the events in which they take part, with the office held then."""
    with translation.override(site.language):
        roles = [(link.event, nodes.person(link, site)) for link in links]
        return _document(person_node(speaker, site), _in_roles(roles, site), speaker, site)


def series_document(series: Series, editions: Iterable[Event], site: Site) -> Node:
    with translation.override(site.language):
        node = series_node(series, site)
        told = [
            {
                **cpev.mention(edition, site),
                "eventNumber": nodes.text(str(edition.edition or "")),
                "dct:isPartOf": {"@id": node["@id"]},
            }
            for edition in editions
        ]
        return _document(node, told, series, site)


def topic_document(topic: Topic, events: Iterable[Event], site: Site) -> Node:
    with translation.override(site.language):
        node = topic_node(topic, site)
        return _document(node, _linked("topic", node, events, site), topic, site)


def venue_document(venue: Venue, events: Iterable[Event], site: Site) -> Node:
    with translation.override(site.language):
        node = nodes.address(venue, site)
        return _document(node, _linked("address", node, events, site), venue, site)


# -- nodes, each saying all that is known of its noun ----------------------------------------------


def organisation_node(organisation: Organisation, site: Site) -> Node:
    above, now = organisation.parent, organisation.successor
    node = {
        **nodes.organisation_agent(organisation, site),
        "description": nodes.texts(organisation.summary, organisation.summary_en),
        "org:subOrganizationOf": _reference(above, "organisation", site),
        "dct:isReplacedBy": _reference(now, "organisation", site),
        "foaf:page": nodes.document(facts.address(organisation, site)),
    }
    return plain.known(node)


def person_node(speaker: Speaker, site: Site) -> Node:
    node = {
        **nodes.person_agent(speaker, site),
        "homepage": nodes.document(speaker.website),
        "owl:sameAs": nodes.wikidata(speaker.wikidata),
        "foaf:page": nodes.document(facts.address(speaker, site)),
    }
    return plain.known(node)


def series_node(series: Series, site: Site) -> Node:
    node = {
        **nodes.series(series, site),
        "description": nodes.texts(series.summary, series.summary_en),
        "dct:replaces": _reference(series.predecessor, "series", site),
        "homepage": nodes.document(facts.address(series, site)),
        "foaf:page": nodes.document(series.website),
    }
    return plain.known(node)


def topic_node(topic: Topic, site: Site) -> Node:
    above = topic.parent
    node = {
        **nodes.topic(topic, site),
        "skos:broader": _reference(above, "topic", site),
        "skos:definition": nodes.texts(topic.summary, topic.summary_en),
        "foaf:page": nodes.document(facts.address(topic, site)),
    }
    return plain.known(node)


# -- how events and the noun belong together -------------------------------------------------------


def _document(node: Node, events: list[Node], noun: Noun, site: Site) -> Node:
    if noun.is_sample:
        told = _("Sample entry: it is invented.")
        node = {**node, "rdfs:comment": nodes.text(told, site.language)}
    return {"@context": NOUN_CONTEXT, "@graph": [node, *(plain.known(event) for event in events)]}


def _in_roles(links: list[tuple[Event, Node]], site: Site) -> list[Node]:
    """Each event once, with every part that is taken in it; the participant is named, not told again."""
    found: dict[Any, Node] = {}
    for event, participation in links:
        participation["hasParticipant"] = {"@id": participation["hasParticipant"]["@id"]}
        told = found.setdefault(event.pk, {**cpev.mention(event, site), "hasParticipation": []})
        if participation not in told["hasParticipation"]:
            told["hasParticipation"].append(participation)
    return list(found.values())


def _linked(term: str, node: Node, events: Iterable[Event], site: Site) -> list[Node]:
    return [{**cpev.mention(event, site), term: {"@id": node["@id"]}} for event in events]


def _reference(noun: Noun | None, fragment: str, site: Site) -> Node:
    return {"@id": nodes.name_of(noun, site, fragment)} if noun else {}
