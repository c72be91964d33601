"""Calendars: the events of a list, or one event (RFC 5545, RFC 7986).

* No METHOD: PUBLISH would require an ORGANIZER with an address, which the directory does not know.
* An event without a valid day is left out of lists and named in the calendar's DESCRIPTION and X-COMMENT
  (RFC 5545 knows COMMENT only inside components, and libical refuses it elsewhere).
* Whole days are TRANSPARENT: nobody is busy round the clock because a fair is open on three days. So are
  entries that do not take place. What has hours is OPAQUE.
* A withdrawn entry is told as CANCELLED and nothing more, so that calendars let go of it.
"""

import datetime as dt
from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from events.models import Event
from events.models.choices import Precision, State, Status
from events.outputs import facts, plain
from events.outputs.content_lines import line, moment, text, texts
from events.outputs.facts import Feed, Site
from events.outputs.zones import vtimezone

STATUSES = {Status.POSTPONED: "TENTATIVE", Status.CANCELLED: "CANCELLED"}
REFRESH = "PT12H"
NAMED = 20


class NoDayError(ValueError):
    """The event has no day that a calendar could show."""


def calendar(events: Iterable[Event], feed: Feed) -> bytes:
    """All events that have a valid day. Without any it is still a valid calendar, with a time zone in it."""
    with translation.override(feed.site.language):
        known = list(events)
        shown = [event for event in known if event.has_day]
        left_out = [event for event in known if not event.has_day and not _is_withdrawn(event)]
        head = _head(feed.title, feed.address, feed.page, feed.site)
        return _calendar([*head, *_note(left_out)], shown, feed.site)


def event_calendar(event: Event, site: Site) -> bytes:
    """One event. Raises NoDayError when it was never known to the day.

    A postponed event is told at its last announced day as TENTATIVE and labelled, since whoever kept the
    entry must be able to learn it. Lists leave it out.
    """
    if event.date_precision != Precision.DAY:
        raise NoDayError(event.slug)
    with translation.override(site.language):
        address = facts.calendar_address(event, site)
        head = _head(facts.headline(event), address, facts.address(event, site), site)
        return _calendar(head, [event], site)


def _head(title: str, address: str, page: str, site: Site) -> list[bytes]:
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


def _note(left_out: list[Event]) -> list[bytes]:
    """Which events are missing, so that nobody takes the calendar for complete."""
    if not left_out:
        return []
    titles = plain.names(facts.headline(event) for event in left_out)
    named = "; ".join(titles[:NAMED]) + ("; …" if len(titles) > NAMED else "")
    told = text(_("Without a day yet and therefore not in this calendar: %(titles)s") % {"titles": named})
    return [line(name, told) for name in ("DESCRIPTION", "X-WR-CALDESC", "X-COMMENT")]


def _calendar(head: list[bytes], events: list[Event], site: Site) -> bytes:
    zones = _zones(events) if events else [vtimezone("Etc/UTC", 1970, 1970)]
    bodies = [b"".join(_vevent(event, site)) for event in events]
    return b"".join([b"BEGIN:VCALENDAR\r\n", *head, *zones, *bodies, b"END:VCALENDAR\r\n"])


def _zones(events: list[Event]) -> list[bytes]:
    """A VTIMEZONE for each zone in which an event has hours, for the years in which it has."""
    years: dict[str, list[int]] = {}
    for event in events:
        if not event.is_all_day:
            years.setdefault(event.timezone, []).extend((event.starts_on.year, event.ends_on.year))
    return [vtimezone(zone, min(used), max(used)) for zone, used in sorted(years.items())]


def _vevent(event: Event, site: Site) -> list[bytes]:
    status = "CANCELLED" if _is_withdrawn(event) else STATUSES.get(Status(event.status), "CONFIRMED")
    page = facts.address(event, site)
    busy = not event.is_all_day and status == "CONFIRMED"
    return [
        b"BEGIN:VEVENT\r\n",
        line("UID", str(event.uid)),
        line("DTSTAMP", moment(event.modified_at)),
        line("LAST-MODIFIED", moment(event.modified_at)),
        line("CREATED", moment(event.created_at)),
        line("SEQUENCE", str(event.revision)),
        line("STATUS", status),
        *_times(event),
        line("SUMMARY", text(facts.headline(event))),
        line("TRANSP", "OPAQUE" if busy else "TRANSPARENT"),
        line("URL", page),
        *([] if _is_withdrawn(event) else _details(event, page, site)),
        b"END:VEVENT\r\n",
    ]


def _times(event: Event) -> list[bytes]:
    """DTSTART and DTEND. Whole days end on the day after the last one; an unknown end is left out.

    The second of two equal hours, when the clocks go back, is told in UTC: a local time means the first.
    """
    if event.is_all_day:
        after = event.ends_on + dt.timedelta(days=1)
        return [
            line("DTSTART", f"{event.starts_on:%Y%m%d}", value="DATE"),
            line("DTEND", f"{after:%Y%m%d}", value="DATE"),
        ]
    return [
        line(name, moment(time)) if time.fold else line(name, f"{time:%Y%m%dT%H%M%S}", tzid=event.timezone)
        for name, time in (("DTSTART", event.start), ("DTEND", event.end))
        if isinstance(time, dt.datetime)
    ]


def _details(event: Event, page: str, site: Site) -> list[bytes]:
    """What is left out where nothing is known."""
    place, topics = facts.place(event), plain.names(topic.name for topic in event.topic_list)
    lines = [line("DESCRIPTION", text(facts.description(event, page, dated=False)))]
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


def _is_withdrawn(event: Event) -> bool:
    return event.state == State.WITHDRAWN
