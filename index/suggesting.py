"""Entries whose names begin with what somebody types."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from index import refresh
from index.asking import read
from index.statements import like
from lib.german import fold


@dataclass(frozen=True)
class Suggestion:
    """An entry, and the name by which it was found."""

    noun: str
    pk: int
    name: str


def suggest(text: str, limit: int = 8) -> list[Suggestion]:
    """Entries with a name of which words begin so in this order, the last editions of an event first.

    Whoever shows them asks whether visitors may see them.
    """
    refresh.refresh_in_passing()
    # Blanks between words stand in for the rest of the word before.
    words = fold(read(text).text).split()
    if not words:
        return []
    found = _beginning([f"{like(' '.join(words))}%"], limit)
    if len(found) < limit and len(words) > 1:
        each = f"{'% '.join(like(word) for word in words)}%"
        found += [one for one in _beginning([f"{like(words[0])}%", each], limit) if one not in found]
    return found[:limit]


# In the index's own order, so that of a thousand names no more are read than are looked at. Events, of which
# there are most, are suggested from the third letter on.
_BEGINNING = "SELECT * FROM index_name WHERE start LIKE %s AND start <> '' AND noun {sign} 'event'"
_NAMES = _BEGINNING.format(sign="<>") + " ORDER BY start USING ~<~ LIMIT %s"
_TITLES = _BEGINNING.format(sign="=") + " AND %s ORDER BY start USING ~<~ LIMIT %s"
# Names that are looked at: by their beginning alone, and if further words narrow them down.
_LOOKED_AT, _NARROWED = 300, 5_000


def _beginning(patterns: Sequence[str], limit: int) -> list[Suggestion]:
    """Entries by the pattern of a name's beginning, which must fulfil the other patterns, too."""
    most = _NARROWED if len(patterns) > 1 else _LOOKED_AT
    first, has_three = patterns[0], len(patterns[0]) > 3
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH close AS (SELECT noun, object, min(rank) AS rank, min(text) AS text FROM (({_NAMES}) "  # noqa: S608
            f"UNION ALL ({_TITLES})) AS named WHERE start LIKE ALL(%s) GROUP BY noun, object) "
            "SELECT noun, object, close.text FROM close JOIN index_document USING (noun, object) "
            "ORDER BY close.rank, noun = 'event', CASE WHEN noun <> 'event' THEN length(close.text) END, "
            "starts_at DESC NULLS LAST, noun, object LIMIT %s",
            [first, most, first, has_three, most, list(patterns), limit],
        )
        return [Suggestion(*row) for row in cursor.fetchall()]
