"""What an event's own page tells of the event, drawn once for each version of it, and kept in the database
(docs/adr/0041).

An edit elsewhere leaves it alone. What lies around the event, editions and related events, is no part of it.
"""

import datetime as dt
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.utils.translation import get_language

from events import pictures
from events.around import About
from events.conditional import identity
from events.history import names_others
from events.models import Event
from events.models.choices import State
from lib.planned import Planned
from lib.reading import on_primary

# Deleted so many days after they were drawn; what somebody asks for is then drawn anew. No more pages than so
# many are kept, the newest: one takes about five kilobytes.
KEPT_DAYS, MOST = 30, 100_000
# Stands between the parts of what is kept, and in no text.
_END = "\x1e"

_FIND = Planned(
    "event_pieces",
    """
SELECT event.id, event.starts_at, piece.page
FROM events_event AS event JOIN events_pagepiece AS piece ON piece.event = event.id
WHERE event.slug = %(slug)s AND piece.language = %(language)s AND piece.made_by = %(made_by)s
  AND piece.version = event.xmin::text AND piece.told_at = event.modified_at
  AND piece.since <= %(at)s AND %(at)s < piece.until
""",
    {"slug": "text", "language": "text", "made_by": "text", "at": "timestamptz"},
)
# Of an event that somebody is changing nothing is kept, and nobody changes it meanwhile: so no text is left
# behind that tells of a former version. What is lost with the power can be drawn again.
_KEEP = Planned(
    "keep_event_pieces",
    """
INSERT INTO events_pagepiece AS kept (event, language, made_by, version, told_at, since, until, page)
SELECT event.id, %(language)s, %(made_by)s, %(version)s, %(told_at)s, %(since)s, %(until)s, %(page)s
FROM events_event AS event, set_config('synchronous_commit', 'off', true)
WHERE event.id = %(event)s AND event.xmin::text = %(version)s AND event.modified_at = %(told_at)s
FOR SHARE OF event SKIP LOCKED
ON CONFLICT (event, language) DO UPDATE SET made_by = EXCLUDED.made_by, version = EXCLUDED.version,
    told_at = EXCLUDED.told_at, since = EXCLUDED.since, until = EXCLUDED.until,
    drawn_at = EXCLUDED.drawn_at, page = EXCLUDED.page
RETURNING event
""",
    {
        "event": "bigint",
        "language": "text",
        "made_by": "text",
        "version": "text",
        "told_at": "timestamptz",
        "since": "timestamptz",
        "until": "timestamptz",
        "page": "text",
    },
)
_DELETE = """
DELETE FROM events_pagepiece WHERE drawn_at < %(before)s OR drawn_at <= (
    SELECT drawn_at FROM events_pagepiece ORDER BY drawn_at DESC OFFSET %(most)s LIMIT 1)
"""
_FIRST, _LAST = "-infinity", "infinity"


@dataclass(slots=True)
class Page:
    """The pieces by their names: all of them, or none, and drawing the page fills them in.

    `to_keep` is what is to be kept with them, if anything is.
    """

    about: About
    pieces: dict[str, str] = field(default_factory=dict)
    to_keep: dict[str, Any] = field(default_factory=dict)


def find(slug: str, at: dt.datetime) -> Page | None:
    """The page of an event that visitors see, if its pieces are kept and hold at that moment (1 query)."""
    found = _FIND.rows(slug=slug, language=_language(), made_by=identity(), at=at)
    if not found:
        return None
    ((pk, starts_at, page),) = found
    told, *parts = page.split(_END)
    series_id, series_slug, topics, is_sample, image, files = json.loads(told)
    if image and list(pictures.there(image)) != files:
        return None
    about = About(pk, slug, series_id, series_slug, starts_at, dict(topics), True, is_sample)
    return Page(about, dict(zip(parts[::2], parts[1::2], strict=True)))


def begin(event: Event, at: dt.datetime) -> Page:
    """A page with nothing drawn yet, of an event from `detailed()`."""
    page = Page(About.of(event, at))
    # Whoever is in a transaction sees what others do not; who writes templates (DEBUG) changes them.
    # Where the history names what is linked with the event no more, nothing touches the event when that is
    # renamed.
    is_settled = not connection.in_atomic_block and not settings.DEBUG
    if page.about.is_public and is_settled and not names_others(event):
        moments = sorted(_turns(event))
        page.to_keep = {
            "event": event.pk,
            "version": event.xmin,  # type: ignore[attr-defined]
            "told_at": event.modified_at,
            "since": max((one for one in moments if one <= at), default=_FIRST),
            "until": min((one for one in moments if one > at), default=_LAST),
            "facts": _facts(page.about, event.image.name if event.image else ""),
        }
    return page


def keep(page: Page) -> None:
    """After the page has been drawn: its pieces for those who ask next (at most 1 query)."""
    parts = [part for piece in page.pieces.items() for part in piece]
    if not page.to_keep or any(_END in part for part in parts):
        return
    kept = page.to_keep | {"language": _language(), "made_by": identity()}
    kept["page"] = _END.join([kept.pop("facts"), *parts])
    # Who cannot keep it, because the database only tells or does not answer, has still drawn it.
    with suppress(Error), on_primary():
        _KEEP.rows(**kept)


def delete_drawn_before(moment: dt.datetime) -> int:
    """And the oldest of what is too much; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(_DELETE, {"before": moment, "most": MOST})
        return int(cursor.rowcount)


def _facts(about: About, image: str) -> str:
    """What has to be known of the event beside its pieces, and of which files of a picture they tell."""
    files = pictures.there(image) if image else ()
    topics = list(about.topics.items())
    return json.dumps([about.series_id, about.series_slug, topics, about.is_sample, image, files])


def _turns(event: Event) -> Iterable[dt.datetime]:
    """The moments at which the page says something else although nobody edits: the event is over, a part
    or the whole becomes public, a version that was written for later counts."""
    yield event.ends_at
    around = [*event.children.all(), *([event.parent] if event.parent else [])]
    yield from (one.publish_from for one in around if one.publish_from and one.state == State.PUBLISHED)
    yield from (one.at for one in event.versions.all())


def _language() -> str:
    return get_language() or ""
