"""Entries of calendars, drawn once for each state of an event and kept in the database (docs/adr/0032).

A kept one holds as long as the event's `modified_at`, which rises with everything that an output tells of it,
and as long as code, templates, translations and settings are the same. Whoever misses one draws and keeps it.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple

from django.db import Error, connection, transaction
from psycopg2.extras import execute_values

from events import calendar_rows
from events.conditional import identity
from events.models import Event, EventQuerySet
from events.outputs import ical
from events.outputs.facts import Site
from events.outputs.ical import Outline
from journal.state import state
from lib.keys import among
from lib.reading import on_primary

_KEPT = """
SELECT event, told_at, zone, first, last, entry FROM events_calendarpiece
WHERE event = ANY(%s) AND language = %s AND made_by = %s
"""
# In one order, so that two who keep the same do not wait for each other in a circle.
_KEEP = """
INSERT INTO events_calendarpiece AS kept (event, language, made_by, told_at, zone, first, last, entry)
VALUES %s
ON CONFLICT (event, language) DO UPDATE SET made_by = EXCLUDED.made_by, told_at = EXCLUDED.told_at,
    zone = EXCLUDED.zone, first = EXCLUDED.first, last = EXCLUDED.last, entry = EXCLUDED.entry
WHERE (kept.made_by, kept.told_at) <> (EXCLUDED.made_by, EXCLUDED.told_at)
"""


class Piece(NamedTuple):
    """An entry of a calendar. Its hours are those of a time zone, if any, in these years.

    A calendar whose head does not describe the zone in these years cannot take it: see `ical.hour`.
    """

    told_at: dt.datetime
    zone: str
    first: int
    last: int
    entry: bytes

    def fits(self, outline: Outline) -> bool:
        since, until = outline.zones.get(self.zone, (1, 0))
        return not self.zone or since <= self.first <= self.last <= until


def bodies(events: EventQuerySet, outline: Outline, site: Site) -> Iterator[bytes]:
    """The entries of the events in their order, calendar_rows.PIECE of them at a time.

    One query for all, one more for each body, and six for a body in which something has to be drawn.
    """
    made_by, size = identity(), calendar_rows.PIECE
    found = events.values_list("pk", "modified_at").iterator(size)
    while wanted := dict(islice(found, size)):
        kept = _kept(wanted, site.language, made_by)
        missing = [pk for pk in wanted if pk not in kept or not kept[pk].fits(outline)]
        told: dict[int, bytes] = {pk: piece.entry for pk, piece in kept.items()}
        told |= dict.fromkeys(missing, b"")
        if missing:
            told |= _draw(events.filter(pk__in=among(missing)), outline, site, made_by)
        yield b"".join(told[pk] for pk in wanted)


def _kept(wanted: dict[int, dt.datetime], language: str, made_by: str) -> dict[int, Piece]:
    """{event: its piece} of those that are as the events are now."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, [list(wanted), language, made_by])
        return {pk: Piece(*told) for pk, *told in cursor.fetchall() if told[0] == wanted[pk]}


def _draw(events: EventQuerySet, outline: Outline, site: Site, made_by: str) -> dict[int, bytes]:
    """What is told of the events that are still among those asked for; kept for the next who asks."""
    drawn: dict[int, bytes] = {}
    for rows in calendar_rows.pieces(events, site.language):
        pieces = _pieces(rows, site)
        _keep({row.pk: piece for row, piece in zip(rows, pieces, strict=True)}, site.language, made_by)
        fitting = [piece.fits(outline) for piece in pieces]
        drawn |= {row.pk: piece.entry for row, piece, fits in zip(rows, pieces, fitting, strict=True) if fits}
        # Moved since the head was told.
        moved = [row for row, fits in zip(rows, fitting, strict=True) if not fits]
        drawn |= zip([row.pk for row in moved], ical.entries(moved, site, outline), strict=True)
    return drawn


def _pieces(rows: Collection[Event], site: Site) -> list[Piece]:
    """As they are in a calendar whose head describes all that they need."""
    outline, hours = Outline(), [_hours(row) for row in rows]
    for zone, first, last in hours:
        outline.use(zone, first, last)
    entries = ical.entries(rows, site, outline)
    return [
        Piece(row.modified_at, *when, entry) for row, when, entry in zip(rows, hours, entries, strict=True)
    ]


def _hours(row: Event) -> tuple[str, int, int]:
    if not row.has_day or row.is_all_day:
        return "", 0, 0
    return row.timezone, row.starts_on.year, row.ends_on.year


def _keep(pieces: dict[int, Piece], language: str, made_by: str) -> None:
    """Nothing of what a transaction of ours has changed: it may change again, at the same moment."""
    if state() is None:
        return
    rows: list[tuple[Any, ...]] = [
        (pk, language, made_by, *pieces[pk][:-1], memoryview(pieces[pk].entry)) for pk in sorted(pieces)
    ]
    # Who cannot keep it, because the database only tells or does not answer, has still drawn it.
    with suppress(Error), on_primary(), transaction.atomic(), connection.cursor() as cursor:
        execute_values(cursor, _KEEP, rows, page_size=calendar_rows.PIECE)
