"""What an output tells of single events, drawn once for each state of an event and kept in the database
(docs/adr/0032).

A kept piece holds as long as the event's `modified_at`, which rises with everything that an output tells of
it, and as long as code, templates, translations and settings are the same. Whoever misses one draws and keeps
it.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.db import Error, connection, transaction
from psycopg2.extras import execute_values

from events.conditional import identity
from journal.state import state
from lib.reading import on_primary

_FIND = """
SELECT event, told_at, {columns} FROM {table} WHERE event = ANY(%s) AND language = %s AND made_by = %s
"""
# People are named there: of an event that somebody is changing nothing is kept, and nobody changes it
# meanwhile. So no text is left behind that tells of a former state. In one order, so that two who keep the
# same do not wait for each other in a circle.
_KEEP = """
INSERT INTO {table} AS kept (event, language, made_by, told_at, {columns})
SELECT event.id, told.language, told.made_by, told.told_at, {told}
FROM (VALUES %s) AS told (event, language, made_by, told_at, {columns})
JOIN events_event AS event ON event.id = told.event AND event.modified_at = told.told_at
ORDER BY event.id
FOR SHARE OF event SKIP LOCKED
ON CONFLICT (event, language) DO UPDATE SET made_by = EXCLUDED.made_by, told_at = EXCLUDED.told_at, {fresh}
WHERE (kept.made_by, kept.told_at) <> (EXCLUDED.made_by, EXCLUDED.told_at)
"""


class KeptPieces:
    """The pieces of one output; `columns` of the table are what it tells of an event in a language."""

    def __init__(self, table: str, *columns: str) -> None:
        words = {
            "table": table,
            "columns": ", ".join(columns),
            "told": ", ".join(f"told.{column}" for column in columns),
            "fresh": ", ".join(f"{column} = EXCLUDED.{column}" for column in columns),
        }
        self._find, self._keep = _FIND.format(**words), _KEEP.format(**words)

    def find(self, wanted: Mapping[int, dt.datetime], language: str) -> dict[int, tuple[Any, ...]]:
        """{event: its columns} of those that tell of the event as it was changed at that moment (1 query)."""
        with connection.cursor() as cursor:
            cursor.execute(self._find, [list(wanted), language, identity()])
            return {
                event: tuple(piece)
                for event, told_at, *piece in cursor.fetchall()
                if told_at == wanted[event]
            }

    def keep(self, drawn: Mapping[int, tuple[dt.datetime, Sequence[Any]]], language: str) -> None:
        """{event: (its `modified_at`, its columns)} for those who ask next (at most 3 queries).

        Nothing of what a transaction of ours has changed: it may change again, at the same moment.
        """
        if not drawn or state() is None:
            return
        made_by = identity()
        rows = [(event, language, made_by, told_at, *piece) for event, (told_at, piece) in drawn.items()]
        # Who cannot keep it, because the database only tells or does not answer, has still drawn it.
        with suppress(Error), on_primary(), transaction.atomic(), connection.cursor() as cursor:
            execute_values(cursor, self._keep, rows, page_size=len(rows))
