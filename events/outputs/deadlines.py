"""The deadlines of events as a calendar of their own: registration, contributions, exhibitors, early birds.

Each is an entry of one whole day that makes nobody busy. Its UID follows from the event's and the kind of
deadline, so that it stays the same when the day is moved. What becomes of the event becomes of its deadlines.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from events.models.choices import Status
from events.outputs import facts, plain
from events.outputs.content_lines import line, text, texts
from events.outputs.facts import Feed, Site
from events.outputs.ical import END, Outline, address_parts, entry_head, heading, opening, whole_days

# The kind, which is part of the UID and never changes: (label, the column of the address where one acts).
KINDS: dict[str, tuple[Promise, str]] = {
    "registration_deadline": (gettext_lazy("Registration closes: %(title)s"), "registration_url"),
    "contributions_deadline": (gettext_lazy("Deadline for contributions: %(title)s"), "contributions_url"),
    "exhibitors_deadline": (gettext_lazy("Deadline for exhibitors: %(title)s"), "exhibitors_url"),
    "early_bird_until": (gettext_lazy("Early-bird price ends: %(title)s"), "registration_url"),
}
COLUMNS = (
    "contributions_deadline", "contributions_url", "early_bird_until", "exhibitors_deadline",
    "exhibitors_url",
)  # fmt: skip


def calendar(events: Iterable[Event], feed: Feed) -> bytes:
    """The deadlines of all events, in the order of the events."""
    known = list(events)
    return b"".join(stream([known], any(_deadlines(event) for event in known), feed))


def stream(pieces: Iterable[Iterable[Event]], shown: bool, feed: Feed) -> Iterator[bytes]:
    """The same piece by piece; `shown`: whether there is any deadline at all."""
    with translation.override(feed.site.language):
        title = _("%(list)s – deadlines") % {"list": feed.title}
        start = opening(heading(title, feed.address, feed.page, feed.site), Outline(shown=shown))
    yield start
    for piece in pieces:
        with translation.override(feed.site.language):
            body = _entries(piece, feed.site)
        if body:
            yield body
    yield END


def identifier(event: Event, kind: str) -> uuid.UUID:
    """The same for good, whatever day the deadline moves to (RFC 9562 §5.5, name-based)."""
    return uuid.uuid5(event.uid, kind)


def _entries(events: Iterable[Event], site: Site) -> bytes:
    before, after = address_parts(site)
    lines: list[bytes] = []
    for event in events:
        for kind, day in _deadlines(event):
            lines += _vevent(event, kind, day, f"{before}{event.slug}{after}")
    return b"".join(lines)


def _deadlines(event: Event) -> list[tuple[str, dt.date]]:
    return [(kind, day) for kind in KINDS if (day := getattr(event, kind))]


def _vevent(event: Event, kind: str, day: dt.date, page: str) -> list[bytes]:
    label, url = KINDS[kind]
    summary = facts.announced(event, str(label) % {"title": facts.title(event)})
    start = entry_head(event, identifier(event, kind))
    where, topics = facts.place(event), plain.names(topic.name for topic in event.topic_list)
    told = facts.changes(event)
    if event.status != Status.POSTPONED:
        told.append(_("When: %(date)s") % {"date": facts.date_words(event)})
    if where:
        told.append(_("Where: %(place)s") % {"place": where})
    if address := getattr(event, url):
        told.append(_("Here: %(address)s") % {"address": plain.web(address)})
    told.append(_("More: %(address)s") % {"address": page})
    return [
        *start,
        *whole_days(day, day),
        line("SUMMARY", text(summary)),
        line("TRANSP", "TRANSPARENT"),
        line("URL", page),
        line("DESCRIPTION", text("\n".join(told))),
        *([line("CATEGORIES", texts(topics))] if topics else []),
        b"END:VEVENT\r\n",
    ]
