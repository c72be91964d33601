"""Entries of calendars, each drawn once for each state of its event and kept."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from events import calendar_rows
from events.kept_pieces import KeptPieces
from events.models import Event, EventQuerySet
from events.outputs import ical
from events.outputs.facts import Site
from events.outputs.ical import Outline
from events.selection import Selection
from lib.keys import among

_PIECES = KeptPieces("events_calendarpiece", "zone", "first", "last", "entry")


class Piece(NamedTuple):
    """An entry of a calendar. Its hours are those of a time zone, if any, in these years.

    A calendar whose head does not describe the zone in these years cannot take it: see `ical.hour`.
    """

    zone: str
    first: int
    last: int
    entry: bytes

    def fits(self, outline: Outline) -> bool:
        since, until = outline.zones.get(self.zone, (1, 0))
        return not self.zone or since <= self.first <= self.last <= until


def of(selection: Selection, site: Site) -> tuple[Iterable[bytes], Outline]:
    """All entries of the selection's calendar, in any number of bodies, and what its head tells of them."""
    rows = calendar_rows.few(selection, site.language)
    if rows is None:
        events = selection.within(Event.objects.told_to_calendars(selection.at))
        outline = calendar_rows.outline(events, site.language)
        return bodies(events, outline, site), outline
    outline = ical.outline_of(rows)
    return [body(rows, outline, site)], outline


def bodies(events: EventQuerySet, outline: Outline, site: Site) -> Iterator[bytes]:
    """The entries of the events in their order, calendar_rows.PIECE of them at a time.

    One query for all, one more for each body, and five more for one in which something has to be drawn.
    """
    size = calendar_rows.PIECE
    found = events.values_list("pk", "modified_at").iterator(size)
    while wanted := dict(islice(found, size)):
        kept = {pk: Piece(*piece) for pk, piece in _PIECES.find(wanted, site.language).items()}
        missing = [pk for pk in wanted if pk not in kept or not kept[pk].fits(outline)]
        told: dict[int, bytes] = {pk: piece.entry for pk, piece in kept.items()}
        told |= dict.fromkeys(missing, b"")
        if missing:
            told |= _draw(events.filter(pk__in=among(missing)), outline, site)
        yield b"".join(told[pk] for pk in wanted)


def body(rows: Sequence[Event], outline: Outline, site: Site) -> bytes:
    """The same of events that are at hand, not linked with anything yet (1 query, 5 more to draw some)."""
    kept = _PIECES.find({row.pk: row.modified_at for row in rows}, site.language)
    told = {pk: Piece(*piece).entry for pk, piece in kept.items()}
    missing = [row for row in rows if row.pk not in told]
    if missing:
        calendar_rows.link(missing, site.language)
        told |= _drawn(missing, outline, site)
    return b"".join(told[row.pk] for row in rows)


def _draw(events: EventQuerySet, outline: Outline, site: Site) -> dict[int, bytes]:
    """What is told of the events that are still among those asked for; kept for the next who asks."""
    drawn: dict[int, bytes] = {}
    for rows in calendar_rows.pieces(events, site.language):
        drawn |= _drawn(rows, outline, site)
    return drawn


def _drawn(rows: Sequence[Event], outline: Outline, site: Site) -> dict[int, bytes]:
    pieces = _pieces(rows, site)
    told = zip(rows, pieces, strict=True)
    _PIECES.keep({row.pk: (row.modified_at, piece) for row, piece in told}, site.language)
    fitting = [piece.fits(outline) for piece in pieces]
    drawn = {row.pk: piece.entry for row, piece, fits in zip(rows, pieces, fitting, strict=True) if fits}
    # Moved since the head was told.
    moved = [row for row, fits in zip(rows, fitting, strict=True) if not fits]
    return drawn | dict(zip([row.pk for row in moved], ical.entries(moved, site, outline), strict=True))


def _pieces(rows: Sequence[Event], site: Site) -> list[Piece]:
    """As they are in a calendar whose head describes all that they need."""
    outline, hours = Outline(), [_hours(row) for row in rows]
    for zone, first, last in hours:
        outline.use(zone, first, last)
    entries = ical.entries(rows, site, outline)
    return [Piece(*when, entry) for when, entry in zip(hours, entries, strict=True)]


def _hours(row: Event) -> tuple[str, int, int]:
    if not row.has_day or row.is_all_day:
        return "", 0, 0
    return row.timezone, row.starts_on.year, row.ends_on.year
