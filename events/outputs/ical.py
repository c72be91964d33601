"""Calendars: the events of a list, or one event (RFC 5545, RFC 7986).

* No METHOD: PUBLISH would require an ORGANIZER with an address, which the directory does not know.
* An event without a valid day is left out of lists and named in the calendar's DESCRIPTION and X-COMMENT
  (RFC 5545 knows COMMENT only inside components, and libical refuses it elsewhere).
* Whole days are TRANSPARENT: nobody is busy round the clock because a fair is open on three days. So are
  entries that do not take place. What has hours is OPAQUE.
* A withdrawn entry is told as CANCELLED and nothing more, so that calendars let go of it.

A list is written piece by piece: what its head tells of all events comes in an `Outline`, the events
themselves in any number of pieces.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event
from events.models.choices import Precision, State, Status
from events.outputs import facts, plain
from events.outputs.content_lines import date, line, local, moment, text, texts
from events.outputs.facts import Feed, Site
from events.outputs.zones import vtimezone

STATUSES = {Status.POSTPONED: "TENTATIVE", Status.CANCELLED: "CANCELLED"}
REFRESH = "PT12H"
NAMED = 20
END = b"END:VCALENDAR\r\n"


class NoDayError(ValueError):
    """The event has no day that a calendar could show."""


@dataclass
class Outline:
    """What a calendar's head tells of all its entries.

    `zones`: first and last year by the name of each zone in which something has hours. `left_out`: how many
    events have no day, `titles`: the first of them, at least NAMED + 1 if there are as many. `shown`: whether
    there is any entry at all.
    """

    zones: dict[str, tuple[int, int]] = field(default_factory=dict)
    left_out: int = 0
    titles: list[str] = field(default_factory=list)
    shown: bool = True

    def use(self, zone: str, first: int, last: int) -> None:
        """Something has hours in that zone, in these years."""
        since, until = self.zones.get(zone, (first, last))
        self.zones[zone] = (min(since, first), max(until, last))


def outline_of(events: Iterable[Event]) -> Outline:
    """The outline of events that are at hand, in the active language."""
    found, titles = Outline(shown=False), []
    for event in events:
        if event.has_day:
            found.shown = True
            if not event.is_all_day:
                found.use(event.timezone, event.starts_on.year, event.ends_on.year)
        elif not is_withdrawn(event):
            found.left_out += 1
            titles.append(facts.headline(event))
    found.titles = titles
    return found


def calendar(events: Iterable[Event], feed: Feed) -> bytes:
    """All events that have a valid day. Without any it is still a valid calendar, with a time zone in it."""
    known = list(events)
    with translation.override(feed.site.language):
        outline = outline_of(known)
    return b"".join(stream([known], outline, feed))


def stream(pieces: Iterable[Iterable[Event]], outline: Outline, feed: Feed) -> Iterator[bytes]:
    """The same piece by piece. Withdrawn events are told too, others only with a valid day."""
    return framed((b"".join(entries(piece, feed.site, outline)) for piece in pieces), outline, feed)


def framed(bodies: Iterable[bytes], outline: Outline, feed: Feed) -> Iterator[bytes]:
    """A calendar of entries that are drawn already, any number of them in each body.

    Between two bodies no language is left active: whoever sends them may do other things meanwhile.
    """
    with translation.override(feed.site.language):
        head = [*heading(feed.title, feed.address, feed.page, feed.site), *_note(outline)]
        start = opening(head, outline)
    yield start
    for body in bodies:
        if body:
            yield body
    yield END


def event_calendar(event: Event, site: Site) -> bytes:
    """One event. Raises NoDayError when it was never known to the day.

    A postponed event is told at its last announced day as TENTATIVE and labelled, since whoever kept the
    entry must be able to learn it. Lists leave it out.
    """
    if event.date_precision != Precision.DAY:
        raise NoDayError(event.slug)
    with translation.override(site.language):
        address, page = facts.calendar_address(event, site), facts.address(event, site)
        outline = Outline()
        if not event.is_all_day:
            outline.use(event.timezone, event.starts_on.year, event.ends_on.year)
        head = heading(facts.headline(event), address, page, site)
        return opening(head, outline) + b"".join(_vevent(event, page, site, outline)) + END


# -- the calendar ---------------------------------------------------------------------------------


def heading(title: str, address: str, page: str, site: Site) -> list[bytes]:
    """What a calendar says of itself; `page` is where people read the same."""
    language = site.language.upper()
    return [
        line("VERSION", "2.0"),
        line("PRODID", text(f"-//{plain.line(site.name)}//{plain.line(site.name)}//{language}")),
        line("CALSCALE", "GREGORIAN"),
        line("NAME", text(plain.line(title))),
        line("X-WR-CALNAME", text(plain.line(title))),
        line("SOURCE", address, value="URI"),
        line("URL", page),
        line("REFRESH-INTERVAL", REFRESH, value="DURATION"),
        line("X-PUBLISHED-TTL", REFRESH),
    ]


def opening(head: list[bytes], outline: Outline) -> bytes:
    """Head and time zones; a calendar without an entry needs a component too (RFC 5545 §3.6)."""
    zones = [vtimezone(name, *years) for name, years in sorted(outline.zones.items())]
    if not outline.shown and not zones:
        zones = [vtimezone("Etc/UTC", 1970, 1970)]
    return b"".join([b"BEGIN:VCALENDAR\r\n", *head, *zones])


def _note(outline: Outline) -> list[bytes]:
    """How many events are missing and which, so that nobody takes the calendar for complete."""
    if not outline.left_out:
        return []
    titles = plain.names(outline.titles)
    named = "; ".join(titles[:NAMED]) + ("; …" if len(titles) > NAMED else "")
    told = ngettext(
        "%(number)s event without a day yet is therefore not in this calendar: %(titles)s",
        "%(number)s events without a day yet are therefore not in this calendar: %(titles)s",
        outline.left_out,
    ) % {"number": outline.left_out, "titles": named}
    return [line(name, text(told)) for name in ("DESCRIPTION", "X-WR-CALDESC", "X-COMMENT")]


# -- its entries ----------------------------------------------------------------------------------


def entries(events: Iterable[Event], site: Site, outline: Outline) -> list[bytes]:
    """What is told of each of the events, nothing of one without a valid day."""
    with translation.override(site.language):
        before, after = address_parts(site)
        return [
            b"".join(_vevent(event, f"{before}{event.slug}{after}", site, outline)) if event.has_day else b""
            for event in events
        ]


def address_parts(site: Site) -> tuple[str, str]:
    """What stands before and after the slug in the address of an event's page, found once for all."""
    before, _slug, after = (site.url + reverse("events:detail", args=["-slug-"])).partition("-slug-")
    return before, after


def _vevent(event: Event, page: str, site: Site, outline: Outline) -> list[bytes]:
    busy = not event.is_all_day and status_of(event) == "CONFIRMED"
    return [
        *entry_head(event, event.uid),
        *_times(event, outline),
        line("SUMMARY", text(facts.headline(event))),
        line("TRANSP", "OPAQUE" if busy else "TRANSPARENT"),
        line("URL", page),
        *([] if is_withdrawn(event) else _details(event, page, site)),
        b"END:VEVENT\r\n",
    ]


def entry_head(event: Event, uid: uuid.UUID) -> list[bytes]:
    """How an entry begins that is told of an event: which, since when, how often changed, if it holds."""
    changed = moment(event.modified_at)
    return [
        b"BEGIN:VEVENT\r\n",
        line("UID", str(uid)),
        line("DTSTAMP", changed),
        line("LAST-MODIFIED", changed),
        line("CREATED", moment(event.created_at)),
        line("SEQUENCE", str(event.revision)),
        line("STATUS", status_of(event)),
    ]


def status_of(event: Event) -> str:
    """CONFIRMED, TENTATIVE or CANCELLED (RFC 5545 §3.8.1.11 knows no "postponed")."""
    return "CANCELLED" if is_withdrawn(event) else STATUSES.get(Status(event.status), "CONFIRMED")


def _times(event: Event, outline: Outline) -> list[bytes]:
    """DTSTART and DTEND of an event; an unknown end is left out."""
    if event.is_all_day:
        return whole_days(event.starts_on, event.ends_on)
    return hours(event.start, event.end, event.timezone, outline)


def whole_days(first: dt.date, last: dt.date) -> list[bytes]:
    """DTSTART and DTEND; whole days end on the day after the last one (RFC 5545 §3.6.1)."""
    after = last + dt.timedelta(days=1)
    return [line("DTSTART", date(first), value="DATE"), line("DTEND", date(after), value="DATE")]


def hours(start: dt.date, end: dt.date | None, zone: str, outline: Outline) -> list[bytes]:
    """DTSTART and DTEND of two instants.

    An end that is no later is none (RFC 5545 §3.8.2.2): a part begins and ends at the same minute, or the
    clocks skip the time between.
    """
    if not isinstance(start, dt.datetime):
        return []
    lines = [hour("DTSTART", start, zone, outline)]
    if isinstance(end, dt.datetime) and end.timestamp() > start.timestamp():
        lines.append(hour("DTEND", end, zone, outline))
    return lines


def hour(name: str, time: dt.datetime, zone: str, outline: Outline) -> bytes:
    """An instant in its own time zone.

    The second of two equal hours, when the clocks go back, is told in UTC: a local time means the first. So
    is what lies in a zone or year that the calendar's head does not know, because it was moved just now.
    """
    since, until = outline.zones.get(zone, (1, 0))
    if time.fold or not since <= time.year <= until:
        return line(name, moment(time))
    return line(name, local(time), tzid=zone)


def _details(event: Event, page: str, site: Site) -> list[bytes]:
    """What is left out where nothing is known."""
    place, topics = facts.place(event), plain.names(topic.name for topic in event.topic_list)
    lines = [line("DESCRIPTION", text(facts.description(event, page, dated=False, where=place)))]
    if place:
        lines.append(line("LOCATION", text(place)))
    lines += _position(event)
    if topics:
        lines.append(line("CATEGORIES", texts(topics)))
    if event.image:
        lines.append(line("IMAGE", facts.image_address(event, site), value="URI", display="FULLSIZE"))
    if event.online_url:
        address = plain.web(event.online_url)
        lines.append(line("CONFERENCE", address, value="URI", feature="VIDEO", label=_("Online")))
    return lines


def _position(event: Event) -> list[bytes]:
    """Where on earth, when it is one place and known exactly (RFC 5545 §3.8.1.6: latitude; longitude)."""
    places = facts.visited(event)
    position = facts.position(places[0]) if len(places) == 1 else None
    return [line("GEO", f"{position[0]:.6f};{position[1]:.6f}")] if position else []


def is_withdrawn(event: Event) -> bool:
    return event.state == State.WITHDRAWN
