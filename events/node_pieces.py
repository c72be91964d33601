"""Events as the whole catalogue's linked data tells them, drawn once for each state of an event and kept in
the database, as entries of calendars are (docs/adr/0032).

What lies around an event, editions and parts, is no part of what is kept.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from django.db import Error, connection, transaction
from django.utils.translation import override
from psycopg2.extras import execute_values

from events.conditional import identity
from events.models import Event, EventQuerySet
from events.outputs import cpev, json_graph
from events.outputs.facts import Site
from journal.state import state
from lib.keys import among
from lib.reading import on_primary

PIECE = 200
_KEPT = """
SELECT event, told_at, node FROM events_nodepiece WHERE event = ANY(%s) AND language = %s AND made_by = %s
"""
# People are named there: of an event that somebody is changing nothing is kept, and nobody changes it
# meanwhile. So no text is left behind that tells of a former state.
_KEEP = """
INSERT INTO events_nodepiece AS kept (event, language, made_by, told_at, node)
SELECT event.id, told.language, told.made_by, told.told_at, told.node
FROM (VALUES %s) AS told (event, language, made_by, told_at, node)
JOIN events_event AS event ON event.id = told.event AND event.modified_at = told.told_at
ORDER BY event.id
FOR SHARE OF event SKIP LOCKED
ON CONFLICT (event, language) DO UPDATE SET made_by = EXCLUDED.made_by, told_at = EXCLUDED.told_at,
    node = EXCLUDED.node
"""


def nodes(events: EventQuerySet, site: Site) -> Iterator[tuple[int, bytes]]:
    """(key, node as JSON) of the events by their keys.

    One query for all, one more for each PIECE, and a dozen for one in which something has to be drawn.
    """
    made_by = identity()
    found = events.order_by("pk").values_list("pk", "modified_at").iterator(PIECE)
    while wanted := dict(islice(found, PIECE)):
        told = _kept(wanted, site.language, made_by)
        missing = [pk for pk in wanted if pk not in told]
        if missing:
            told |= _draw(events.filter(pk__in=among(missing)).for_detail(), site, made_by)
        # What has left the list since is told no more.
        yield from ((pk, told[pk]) for pk in wanted if pk in told)


def _kept(wanted: dict[int, dt.datetime], language: str, made_by: str) -> dict[int, bytes]:
    """{event: its node} of those that are as the events are now."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, [list(wanted), language, made_by])
        return {pk: node.encode() for pk, told_at, node in cursor.fetchall() if told_at == wanted[pk]}


def _draw(events: EventQuerySet, site: Site, made_by: str) -> dict[int, bytes]:
    with override(site.language):
        drawn = {event: json_graph.text(cpev.event_node(event, site)) for event in events}
    _keep(drawn, site.language, made_by)
    return {event.pk: node for event, node in drawn.items()}


def _keep(drawn: dict[Event, bytes], language: str, made_by: str) -> None:
    """Nothing of what a transaction of ours has changed: it may change again, at the same moment."""
    if state() is None:
        return
    rows = [(event.pk, language, made_by, event.modified_at, node.decode()) for event, node in drawn.items()]
    # Who cannot keep it, because the database only tells or does not answer, has still drawn it.
    with suppress(Error), on_primary(), transaction.atomic(), connection.cursor() as cursor:
        execute_values(cursor, _KEEP, rows, page_size=PIECE)
