"""Events as the API tells them: each drawn once for each of its states and kept as JSON (docs/adr/0032).

What lies around an event is put in each time.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from api.around import around
from api.gathering import gathered
from api.outputs.event import NOTHING_AROUND, Record
from api.outputs.event import event as event_record
from api.outputs.linking import Linker
from events.kept_pieces import KeptPieces
from events.models import Event
from events.outputs.facts import Site
from lib.keys import among

# A record, or its JSON on one line.
Told = Record | str

_PIECES = KeptPieces("events_recordpiece", "record")
_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# Stands in each piece once: in a text of JSON there is a backslash before each quotation mark.
_PLACE = _text(NOTHING_AROUND)[1:-1]


def texts(rows: Sequence[Any], site: Site, at: dt.datetime) -> list[Told]:
    """The events of rows with `pk` and `modified_at` in their order, without those that visitors see no more.

    Two queries, two dozen where something has to be drawn.
    """
    wanted = {row.pk: row.modified_at for row in rows}
    kept = {pk: record for pk, (record,) in _PIECES.find(wanted, site.language).items()} if wanted else {}
    missing = [pk for pk in wanted if pk not in kept]
    if missing:
        kept |= _drawn(missing, site, at)
    return [
        kept[pk].replace(_PLACE, _text(lies)[1:-1], 1)
        for pk, lies in around(wanted, Linker(site=site), at).items()
        if pk in kept
    ]


def records(rows: Sequence[Any], events: Mapping[int, Event], link: Linker, at: dt.datetime) -> list[Told]:
    """The same as dicts, drawn by a linker that may put in whole entries."""
    lies = around(list(events), link, at)
    return [event_record(events[row.pk], link) | lies[row.pk] for row in rows if row.pk in events]


def _drawn(keys: Sequence[int], site: Site, at: dt.datetime) -> dict[int, str]:
    link = Linker(site=site)
    events = gathered(Event.objects.published(at).filter(pk__in=among(keys)))
    drawn = {event.pk: (event.modified_at, [_text(event_record(event, link))]) for event in events}
    _PIECES.keep(drawn, site.language)
    return {pk: piece[0] for pk, (_told_at, piece) in drawn.items()}
