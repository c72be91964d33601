"""schema.org for the pages of series, organisations, people, topics and venues.

Events are named there, not told: each has a document of its own. People are told in their public role
alone, which is that of the programmes they stand in.
"""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from events.models import Event, Series, Topic, Venue
from events.models.choices import VenueFact
from events.outputs import facts, jsonld, plain
from events.outputs import jsonld_nodes as nodes
from events.outputs.facts import Site
from events.outputs.jsonld_nodes import CONTEXT, Node
from lib.nouns import Noun
from lib.places import state_name
from organisations.models import Organisation
from speakers.models import Speaker


def series(series: Series, editions: Iterable[Event], organisers: Iterable[Organisation], site: Site) -> Node:
    """A series with its editions in the order given."""
    with translation.override(site.language):
        today = [nodes.organisation(one, one.display_name, site) for one in organisers]
        node = {
            **jsonld.series_mention(series, site),
            "name": facts.labelled(series, series.display_name),
            "alternateName": _other_names(series, series.display_name),
            "description": plain.line(series.display_summary),
            "sameAs": plain.web(series.website),
            "organizer": nodes.one_or_all(today),
            "subEvent": [jsonld.mention(edition, site) for edition in editions],
        }
        return _document(node)


def organisation(organisation: Organisation, events: Iterable[Event], site: Site) -> Node:
    """An organisation with its kin and the events given. Parent and children are read from it."""
    with translation.override(site.language):
        seat = {
            "addressLocality": plain.line(organisation.city),
            "addressRegion": state_name(organisation.state),
            "addressCountry": organisation.country,
        }
        key = {"@type": "PropertyValue", "propertyID": "ARS", "value": organisation.ars}
        node = {
            **nodes.organisation(organisation, organisation.display_name, site),
            "name": facts.labelled(organisation, organisation.display_name),
            "alternateName": _other_names(organisation, organisation.display_name),
            "description": plain.line(organisation.display_summary),
            "identifier": key if organisation.ars else None,
            "address": {"@type": "PostalAddress", **plain.known(seat)},
            "parentOrganization": _kin(organisation.parent, site) if organisation.parent else None,
            "subOrganization": [_kin(child, site) for child in organisation.children.all()],
            "event": [jsonld.mention(event, site) for event in events],
        }
        return _document(node)


def person(speaker: Speaker, events: Iterable[Event], site: Site) -> Node:
    """A person with the events given, at which they speak. Never call it with somebody anonymised."""
    with translation.override(site.language):
        page = facts.address(speaker, site)
        node = {
            "@type": "Person",
            "@id": f"{page}#person",
            "name": facts.labelled(speaker, speaker.plain_name),
            "honorificPrefix": plain.line(speaker.academic_title),
            "alternateName": _other_names(speaker, speaker.plain_name),
            "url": page,
            "sameAs": nodes.one_or_all(nodes.known_elsewhere(speaker)),
            "performerIn": [jsonld.mention(event, site) for event in _each_once(events)],
        }
        return _document(node)


def topic(topic: Topic, events: Iterable[Event], site: Site) -> Node:
    """A topic as a term of the directory's list of topics, with the events given that are about it."""
    with translation.override(site.language):
        page, index = facts.address(topic, site), site.url + reverse("events:topic-list")
        terms = {"@type": "DefinedTermSet", "@id": f"{index}#topics", "name": _("Topics"), "url": index}
        node = {
            "@type": "DefinedTerm",
            "@id": f"{page}#topic",
            "name": facts.labelled(topic, topic.name),
            "alternateName": nodes.one_or_all(plain.names(topic.synonyms)),
            "description": plain.line(topic.display_summary),
            "url": page,
            "termCode": topic.slug,
            "inDefinedTermSet": terms,
            "subjectOf": [jsonld.mention(event, site) for event in events],
        }
        return _document(node)


def venue(venue: Venue, events: Iterable[Event], site: Site) -> Node:
    """A place with what is known of its accessibility and the events given."""
    with translation.override(site.language):
        features = [
            {"@type": "LocationFeatureSpecification", "name": str(VenueFact(one).label), "value": True}
            for one in venue.accessibility
        ]
        node = {
            **nodes.place(venue, site),
            "name": facts.labelled(venue, venue.name),
            "amenityFeature": features,
            "event": [jsonld.mention(event, site) for event in events],
        }
        return _document(node)


def _document(node: Node) -> Node:
    return {"@context": CONTEXT, **plain.known(node)}


def _kin(organisation: Organisation, site: Site) -> Node:
    return nodes.organisation(organisation, organisation.display_name, site)


def _other_names(noun: Noun, shown: str) -> Any:
    """Short name, names in the other language and aliases, without the one that is shown."""
    known = [getattr(noun, field, "") for field in ("short_name", "name", "name_en")]
    if isinstance(noun, Speaker):
        known = []
    aliases: list[str] = getattr(noun, "aliases", [])
    names = plain.names([*known, *aliases])
    return nodes.one_or_all([name for name in names if name and name != plain.line(shown)])


def _each_once(events: Iterable[Event]) -> list[Event]:
    return list({event.pk: event for event in events}.values())
