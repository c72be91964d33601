"""Events as a table (RFC 4180): one row each; columns keep their name and place, new ones come last."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.utils import translation

from events.models import Event
from events.outputs import facts, plain
from events.outputs.facts import Site

SEVERAL = " | "
PIECE = 100
# Spreadsheets calculate what begins with these (OWASP, CSV Injection); leading blanks are gone by then.
FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
Cell = Callable[[Event, Site], Any]


def _venues(pick: Callable[[Any], str]) -> Cell:
    return lambda event, site: plain.names(pick(venue) for venue in facts.visited(event))


COLUMNS: dict[str, Cell] = {
    "uid": lambda event, site: event.uid,
    "url": facts.address,
    "title": lambda event, site: facts.sample_title(event),
    "subtitle": lambda event, site: event.subtitle,
    "start": lambda event, site: facts.start_and_end(event)[0],
    "end": lambda event, site: facts.start_and_end(event)[1],
    "all_day": lambda event, site: event.is_all_day if event.has_day else None,
    "time_zone": lambda event, site: event.timezone,
    "date_precision": lambda event, site: event.date_precision,
    "status": lambda event, site: event.status,
    "sold_out": lambda event, site: event.sold_out,
    "mode": lambda event, site: event.mode,
    "venues": _venues(lambda venue: venue.name),
    "cities": _venues(lambda venue: venue.city),
    "states": _venues(lambda venue: venue.state),
    "countries": _venues(lambda venue: venue.country),
    "online_url": lambda event, site: event.online_url,
    "organisers": lambda event, site: plain.names(link.name for link in event.organisers),
    "series": lambda event, site: event.series and event.series.display_name,
    "edition": lambda event, site: event.edition,
    "topics": lambda event, site: plain.names(topic.name for topic in event.topic_list),
    "formats": lambda event, site: event.formats,
    "audiences": lambda event, site: event.audiences,
    "languages": lambda event, site: event.languages,
    "is_free": lambda event, site: event.is_free,
    "price_note": lambda event, site: event.price_note,
    "eligibility": lambda event, site: event.eligibility,
    "registration_url": lambda event, site: event.registration_url,
    "registration_deadline": lambda event, site: event.registration_deadline,
    "website": lambda event, site: event.website,
    "summary": lambda event, site: event.display_summary,
    "is_sample": lambda event, site: event.is_sample,
    "modified": lambda event, site: plain.moment(event.modified_at),
    "checked_on": lambda event, site: event.checked_on,
}


def table(events: Iterable[Event], site: Site, *, for_excel: bool = False) -> bytes:
    """The events in UTF-8 with a header row, separated by commas.

    For Excel a byte order mark says that it is UTF-8, and in German the separator is a semicolon, since Excel
    takes the one of the country it runs in.
    """
    return b"".join(pieces(events, site, for_excel=for_excel))


def pieces(events: Iterable[Event], site: Site, *, for_excel: bool = False) -> Iterator[bytes]:
    """The same piece by piece. Between two of them no language is left active."""
    delimiter = ";" if for_excel and site.language == "de" else ","
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    yield sheet.getvalue().encode("utf-8-sig" if for_excel else "utf-8")
    left = iter(events)
    while some := list(islice(left, PIECE)):
        sheet.seek(0)
        sheet.truncate()
        with translation.override(site.language):
            writer.writerows([_text(cell(event, site)) for cell in COLUMNS.values()] for event in some)
        yield sheet.getvalue().encode()


def _text(value: Any) -> str:
    """The value on one line; truth values as in JSON, several values side by side, unknown ones empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = SEVERAL.join(value)
    text = plain.line(str(value))
    return f"'{text}" if text.startswith(FORMULAS) else text
