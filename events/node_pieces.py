"""Events as the whole catalogue's linked data tells them, each drawn once for each of its states and kept.

What lies around an event, editions and parts, is no part of what is kept.
"""

from collections.abc import Iterator
from itertools import islice

from django.utils.translation import override

from events.kept_pieces import KeptPieces
from events.models import EventQuerySet
from events.outputs import cpev, json_graph
from events.outputs.facts import Site
from lib.keys import among

PIECE = 200
_PIECES = KeptPieces("events_nodepiece", "node")


def nodes(events: EventQuerySet, site: Site) -> Iterator[tuple[int, bytes]]:
    """(key, node as JSON) of the events by their keys.

    One query for all, one more for each PIECE, and a dozen for one in which something has to be drawn.
    """
    found = events.order_by("pk").values_list("pk", "modified_at").iterator(PIECE)
    while wanted := dict(islice(found, PIECE)):
        told = {pk: node.encode() for pk, (node,) in _PIECES.find(wanted, site.language).items()}
        missing = [pk for pk in wanted if pk not in told]
        if missing:
            told |= _draw(events.filter(pk__in=among(missing)).for_detail(), site)
        # What has left the list since is told no more.
        yield from ((pk, told[pk]) for pk in wanted if pk in told)


def _draw(events: EventQuerySet, site: Site) -> dict[int, bytes]:
    with override(site.language):
        drawn = {event: json_graph.text(cpev.event_node(event, site)) for event in events}
    _PIECES.keep(
        {event.pk: (event.modified_at, [node.decode()]) for event, node in drawn.items()}, site.language
    )
    return {event.pk: node for event, node in drawn.items()}
