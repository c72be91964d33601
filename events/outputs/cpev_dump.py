"""The whole catalogue in the Core Public Event Vocabulary: one document.

Every public entry is a node of its own. Events name those around them, which stand in the document too.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from events.models import Event, Series, Topic, Venue
from events.outputs import cpev_nodes as nodes
from events.outputs import cpev_nouns as nouns
from events.outputs import json_graph
from events.outputs.cpev_nodes import Node
from events.outputs.cpev_nouns import NOUN_CONTEXT
from events.outputs.facts import Site
from lib.nouns import Noun
from organisations.models import Organisation
from speakers.models import Speaker

Around = dict[int, dict[str, list[Node]]]


class Row(NamedTuple):
    """Where an event stands among the others: its own key and slug, the keys of its series and parent."""

    pk: int
    slug: str
    series: int | None
    parent: int | None


def stream(
    events: Iterable[tuple[int, bytes]], around: Around, nouns: Iterable[Noun], site: Site
) -> Iterator[bytes]:
    """The document in pieces. Events come by their keys, each as the text of its node without neighbours."""
    told = json_graph.told(nouns, lambda noun: _node(noun, site), site.language)
    return json_graph.framed(NOUN_CONTEXT, chain(_told(events, around), told))


def _told(events: Iterable[tuple[int, bytes]], around: Around) -> Iterator[list[bytes]]:
    left = iter(events)
    while some := list(islice(left, json_graph.PIECE)):
        yield [_beside(node, around.get(pk)) for pk, node in some]


def _beside(node: bytes, neighbours: dict[str, list[Node]] | None) -> bytes:
    """The text of an object with some members more at its end."""
    return node[:-1] + b"," + json_graph.text(neighbours)[1:] if neighbours else node


def neighbours(rows: Iterable[Row], site: Site) -> Around:
    """{key: {term: references}} of the events around each event, from all events in their order."""
    known = list(rows)
    names = {row.pk: _reference(row.slug, site) for row in known}
    found: Around = {row.pk: {} for row in known}
    latest: dict[int, int] = {}
    for row in known:
        if row.series is not None:
            before = latest.get(row.series)
            if before is not None:
                found[row.pk]["hasPreviousEvent"] = [names[before]]
                found[before]["hasNextEvent"] = [names[row.pk]]
            latest[row.series] = row.pk
        if row.parent in names:
            found[row.pk]["parentEvent"] = [names[row.parent]]
            found[row.parent].setdefault("subEvent", []).append(names[row.pk])
    return found


def _node(noun: Noun, site: Site) -> Node:
    if isinstance(noun, Series):
        return nouns.series_node(noun, site)
    if isinstance(noun, Organisation):
        return nouns.organisation_node(noun, site)
    if isinstance(noun, Speaker):
        return nouns.person_node(noun, site)
    if isinstance(noun, Topic):
        return nouns.topic_node(noun, site)
    if isinstance(noun, Venue):
        return nodes.address(noun, site)
    raise TypeError(f"{type(noun).__name__} has no place in the document.")


def _reference(slug: str, site: Site) -> Node:
    return {"@id": nodes.name_of(Event(slug=slug), site, "event")}
