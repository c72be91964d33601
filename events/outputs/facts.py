"""What every output says of an event, said once: title, labels, start, end, changes, place, addresses.

Words are in the active language; each builder activates the one of its `Site`.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from events.models import Event, Venue
from events.models.choices import Mode, Precision, Status
from events.outputs import plain
from lib import dates
from lib.nouns import Noun
from lib.places import country_name, is_abroad
from lib.quick import entry_url

URL_NAMES = {
    "event": "events:detail",
    "series": "events:series",
    "topic": "events:topic",
    "venue": "events:venue",
    "organisation": "organisations:detail",
    "speaker": "speakers:detail",
}


@dataclass(frozen=True, kw_only=True)
class Site:
    """Where addresses lead and in which language texts are: "de" or "en". `url` is scheme and host.

    `licence` is the address of the licence under which the data may be used, empty where none is declared.
    """

    url: str
    name: str
    language: str
    licence: str = ""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A list in machine form.

    `address` is its own, `page` that of the HTML list with the same filter. The paging addresses name
    neighbours in the same form, empty where there is none; `first` is that of the first page.
    """

    site: Site
    title: str
    address: str
    page: str
    now: dt.datetime
    first: str = ""
    previous: str = ""
    next: str = ""
    last: str = ""


# -- titles -----------------------------------------------------------------------------------


def title(event: Event) -> str:
    return plain.line(event.display_title)


def sample_title(event: Event) -> str:
    """The title as records carry it, which have a field for the status: only samples are labelled."""
    return labelled(event, title(event))


def labelled(noun: Noun, told: str) -> str:
    """The name of an entry on one line, with the label of samples before it."""
    told = plain.line(told)
    return _("[Sample] %(title)s") % {"title": told} if noun.is_sample else told


def headline(event: Event) -> str:
    """The title as readers and calendars show it: with the most important change before it, one at most."""
    told = title(event)
    if event.sold_out and event.status == Status.SCHEDULED:
        told = _("Sold out: %(title)s") % {"title": told}
    return announced(event, told)


def announced(event: Event, text: str) -> str:
    """A text about the event with what became of the event before it."""
    words = {"title": text}
    if event.status == Status.CANCELLED:
        told = _("Cancelled: %(title)s") % words
    elif event.status == Status.POSTPONED:
        told = _("Postponed: %(title)s") % words
    elif event.status == Status.MOVED_ONLINE:
        told = _("Now online: %(title)s") % words
    elif event.status == Status.RESCHEDULED:
        told = _("Rescheduled: %(title)s") % words
    else:
        told = text
    return labelled(event, told)


# -- time -------------------------------------------------------------------------------------


def period(first: dt.date, precision: str) -> str:
    """A vague date as data: 2027-05, 2027-Q2 or 2027; a day as ISO 8601 has it."""
    if precision == Precision.MONTH:
        return f"{first:%Y-%m}"
    if precision == Precision.QUARTER:
        return f"{first:%Y}-Q{(first.month + 2) // 3}"
    return f"{first:%Y}" if precision == Precision.YEAR else first.isoformat()


def start_and_end(event: Event) -> tuple[str, str]:
    """Start and end as JSON and CSV tell them, empty where there is none.

    A vague date has its period as start, and an end only if that is another period; a postponed event has
    neither.
    """
    if event.status == Status.POSTPONED:
        return "", ""
    if event.date_precision != Precision.DAY:
        return periods(event.starts_on, event.ends_on, event.date_precision)
    return event.start.isoformat(), event.end.isoformat() if event.end else ""


def periods(first: dt.date, last: dt.date, precision: str) -> tuple[str, str]:
    """First and last period of a vague date; the last is empty when it is the first."""
    start, end = period(first, precision), period(last, precision)
    return start, "" if end == start else end


def date_words(event: Event) -> str:
    """The date as people read it; that a date no longer holds is said by `changes`."""
    first, last, opening, closing = event.starts_on, event.ends_on, event.start_time, event.end_time
    days = dates.span(first, last, event.date_precision)
    if opening is None:
        return days
    if closing is None:
        return f"{days}, {_from(opening)}"
    end = dates.clock(closing) if first == last else f"{dates.day(last)}, {dates.clock(closing)}"
    return _("%(start)s to %(end)s") % {"start": f"{dates.day(first)}, {dates.clock(opening)}", "end": end}


def _from(opening: dt.time) -> str:
    return _("from %(start)s") % {"start": dates.clock(opening)}


# -- what else people must know ----------------------------------------------------------------


def changes(event: Event) -> list[str]:
    """What became of the event, in sentences, the gravest first."""
    told = []
    if event.is_sample:
        told.append(_("Sample entry: this event is invented."))
    if event.status == Status.CANCELLED:
        told.append(_("The event has been cancelled."))
    elif event.status == Status.POSTPONED:
        told.append(_("The event has been postponed; there is no new date yet."))
    elif event.status == Status.RESCHEDULED:
        told.append(_("The event has a new date."))
    elif event.status == Status.MOVED_ONLINE:
        told.append(_("The event takes place online instead of on site."))
    former = "; ".join(dates.span(*row) for row in former_dates(event))
    if former:
        told.append(_("Originally planned for: %(dates)s") % {"dates": former})
    if event.sold_out:
        told.append(_("The event is sold out."))
    return told


def former_dates(event: Event) -> list[tuple[dt.date, dt.date, str]]:
    """(first day, last day, precision) of each date that no longer holds, the oldest first."""
    rows = [(row.starts_on, row.ends_on, row.date_precision) for row in event.previous_dates.all()]
    if event.status == Status.POSTPONED:
        rows.append((event.starts_on, event.ends_on, event.date_precision))
    return rows


def description(event: Event, page: str, *, dated: bool = True, where: str | None = None) -> str:
    """The entry as plain text, several lines, the last leads to its page.

    With the date in words, unless the format has a field for it that every reader shows. `where` is the
    event's `place`, if the caller has asked for it already.
    """
    lines = changes(event)
    if dated and event.status != Status.POSTPONED:
        lines.append(_("When: %(date)s") % {"date": date_words(event)})
    elif event.has_day and event.start_time and event.is_all_day:
        lines.append(_("First day: %(hours)s") % {"hours": _from(event.start_time)})
    where = place(event) if where is None else where
    if where:
        lines.append(_("Where: %(place)s") % {"place": where})
    if event.summary:
        lines += ["", plain.line(event.display_summary), ""]
    organisers = ", ".join(plain.names(link.name for link in event.organisers))
    if organisers:
        told = _("Hosted by: %(names)s") if event.is_only_hosted else _("Organised by: %(names)s")
        lines.append(told % {"names": organisers})
    lines += registration(event)
    lines.append(_("More: %(address)s") % {"address": page})
    return "\n".join(lines).strip()


def registration(event: Event) -> list[str]:
    """How to take part and what it costs."""
    told = []
    if event.registration_url and event.registration_deadline:
        until = dates.day(event.registration_deadline)
        words = {"address": plain.web(event.registration_url), "date": until}
        told.append(_("Registration: %(address)s (until %(date)s)") % words)
    elif event.registration_url:
        told.append(_("Registration: %(address)s") % {"address": plain.web(event.registration_url)})
    if event.is_free:
        told.append(_("Free of charge"))
    elif event.price_note:
        told.append(_("Price: %(note)s") % {"note": plain.line(event.price_note)})
    return told


# -- places and addresses -----------------------------------------------------------------------


def place(event: Event) -> str:
    """Where it takes place on one line: postal addresses, "Online", or both; empty when nothing is known."""
    online = [_("Online")] if event.mode != Mode.ONSITE else []
    return " · ".join([*(postal(venue) for venue in visited(event)), *online])


def position(venue: Venue) -> tuple[float, float] | None:
    """(latitude, longitude) of a place that one can go to."""
    if not venue.is_precise or venue.latitude is None or venue.longitude is None:
        return None
    return float(venue.latitude), float(venue.longitude)


def visited(event: Event) -> list[Venue]:
    """The places people go to."""
    return [] if event.mode == Mode.ONLINE else event.places


def postal(venue: Venue) -> str:
    """Name, street, town and, abroad, country; nothing twice."""
    town = f"{venue.postal_code} {venue.city}".strip()
    parts = [venue.name, venue.street, town]
    if town == venue.city and town in venue.name:
        parts.pop()
    if is_abroad(venue.country):
        parts.append(country_name(venue.country))
    return ", ".join(dict.fromkeys(plain.line(part) for part in parts if part))


def path(noun: Noun) -> str:
    """The path of an entry's page in the active language."""
    return entry_url(URL_NAMES[noun._meta.model_name or ""], noun.slug)


def address(noun: Noun, site: Site) -> str:
    """The absolute address of an entry's page in the active language."""
    return site.url + path(noun)


def image_address(event: Event, site: Site) -> str:
    """The absolute address of the event's image, empty without one."""
    return plain.web(site.url + event.image.url) if event.image else ""


def calendar_address(event: Event, site: Site) -> str:
    """The absolute address of an event's own calendar in the active language."""
    return site.url + entry_url("events:ics", event.slug)


def identifier(event: Event) -> str:
    """The same name of the entry in every feed, for good (RFC 9562)."""
    return event.uid.urn
