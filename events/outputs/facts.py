"""What every output says of an event, said once: title, labels, start, end, changes, place, addresses.

Words are in the active language; each builder activates the one of its `Site`.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Event, Venue
from events.models.choices import Mode, Precision, Status
from lib import dates
from lib.nouns import Noun
from lib.places import country_name

URL_NAMES = {
    "event": "events:detail",
    "series": "events:series",
    "topic": "events:topic",
    "venue": "events:venue",
    "organisation": "organisations:detail",
    "speaker": "speakers:detail",
}
# No reader may stumble over these: control characters, lone surrogates, non-characters, and the marks that
# turn the direction of the text behind them (Unicode 23.2, 23.6, 23.7; XML 1.0 §2.2).
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")


@dataclass(frozen=True, kw_only=True)
class Site:
    """Where addresses lead and in which language texts are: "de" or "en". `url` is scheme and host."""

    url: str
    name: str
    language: str


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


# -- text -------------------------------------------------------------------------------------


def clean(text: str) -> str:
    """Text that every format can carry; line ends become `\\n`."""
    return _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text)).strip()


def line(text: str) -> str:
    """Clean text on one line, blanks folded."""
    return " ".join(clean(text).split())


def web(url: str) -> str:
    """An address without blanks and line ends, so that it cannot end the line it stands in."""
    return "".join(clean(url).split())


def title(event: Event) -> str:
    return line(event.display_title)


def sample_title(event: Event) -> str:
    """The title as records carry it, which have a field for the status: only samples are labelled."""
    return _("[Sample] %(title)s") % {"title": title(event)} if event.is_sample else title(event)


def headline(event: Event) -> str:
    """The title as readers and calendars show it: with the most important change before it, one at most."""
    words = {"title": title(event)}
    if event.status == Status.CANCELLED:
        told = _("Cancelled: %(title)s") % words
    elif event.status == Status.POSTPONED:
        told = _("Postponed: %(title)s") % words
    elif event.status == Status.MOVED_ONLINE:
        told = _("Now online: %(title)s") % words
    elif event.status == Status.RESCHEDULED:
        told = _("Rescheduled: %(title)s") % words
    elif event.sold_out:
        told = _("Sold out: %(title)s") % words
    else:
        told = words["title"]
    return _("[Sample] %(title)s") % {"title": told} if event.is_sample else told


# -- time -------------------------------------------------------------------------------------


def span(event: Event) -> tuple[dt.date | dt.datetime | None, dt.date | dt.datetime | None]:
    """(start, end): both dates with the last day as end, or instants; (None, None) without a valid day.

    An end of None after an instant means: not known. Several days of which only the first opening hour is
    known are whole days, since no format knows an end that is a day after a start that is a minute.
    """
    if not event.has_day:
        return None, None
    if has_hours(event):
        return event.start, event.end
    return event.starts_on, event.ends_on


def has_hours(event: Event) -> bool:
    """Whether start and end are told to the minute."""
    one_day = event.starts_on == event.ends_on
    return event.start_time is not None and (event.end_time is not None or one_day)


def period(first: dt.date, precision: str) -> str:
    """A vague date as data: 2027-05, 2027-Q2 or 2027; a day as ISO 8601 has it."""
    if precision == Precision.MONTH:
        return f"{first:%Y-%m}"
    if precision == Precision.QUARTER:
        return f"{first:%Y}-Q{(first.month + 2) // 3}"
    return f"{first:%Y}" if precision == Precision.YEAR else first.isoformat()


def start_and_end(event: Event) -> tuple[str, str]:
    """Start and end as JSON and CSV tell them, empty where there is none.

    A vague date has its period as start and no end; a postponed event has neither.
    """
    start, end = span(event)
    if start is not None:
        return start.isoformat(), end.isoformat() if end else ""
    if event.status == Status.POSTPONED:
        return "", ""
    return period(event.starts_on, event.date_precision), ""


def date_words(event: Event) -> str:
    """The date as people read it; that a date no longer holds is said by `changes`."""
    days = dates.span(event.starts_on, event.ends_on, event.date_precision)
    return f"{days}, {hours(event.start_time, event.end_time)}" if event.start_time else days


def hours(opening: dt.time, closing: dt.time | None) -> str:
    begin = dates.clock(opening)
    if closing:
        return _("%(start)s to %(end)s") % {"start": begin, "end": dates.clock(closing)}
    return _("from %(start)s") % {"start": begin}


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
    former = former_dates(event)
    if former:
        told.append(_("Originally planned for: %(dates)s") % {"dates": "; ".join(former)})
    if event.sold_out:
        told.append(_("The event is sold out."))
    return told


def former_dates(event: Event) -> list[str]:
    """Dates that no longer hold, in words, the oldest first."""
    rows = [(row.starts_on, row.ends_on, row.date_precision) for row in event.previous_dates.all()]
    if event.status == Status.POSTPONED:
        rows.append((event.starts_on, event.ends_on, event.date_precision))
    return [dates.span(first, last, precision) for first, last, precision in rows]


def description(event: Event, page: str, *, dated: bool = True) -> str:
    """The entry as plain text, several lines, the last leads to its page.

    With the date in words, unless the format has a field for it that every reader shows.
    """
    lines = changes(event)
    if dated and event.status != Status.POSTPONED:
        lines.append(_("When: %(date)s") % {"date": date_words(event)})
    elif event.has_day and event.start_time and not has_hours(event):
        lines.append(_("First day: %(hours)s") % {"hours": hours(event.start_time, None)})
    where = place(event)
    if where:
        lines.append(_("Where: %(place)s") % {"place": where})
    if event.summary:
        lines += ["", line(event.display_summary), ""]
    organisers = ", ".join(names(link.name for link in event.organisers))
    if organisers:
        lines.append(_("Organised by: %(names)s") % {"names": organisers})
    lines += registration(event)
    lines.append(_("More: %(address)s") % {"address": page})
    return "\n".join(lines).strip()


def registration(event: Event) -> list[str]:
    """How to take part and what it costs."""
    told = []
    if event.registration_url and event.registration_deadline:
        until = dates.day(event.registration_deadline)
        words = {"address": web(event.registration_url), "date": until}
        told.append(_("Registration: %(address)s (until %(date)s)") % words)
    elif event.registration_url:
        told.append(_("Registration: %(address)s") % {"address": web(event.registration_url)})
    if event.is_free:
        told.append(_("Free of charge"))
    elif event.price_note:
        told.append(_("Price: %(note)s") % {"note": line(event.price_note)})
    return told


# -- places and addresses -----------------------------------------------------------------------


def place(event: Event) -> str:
    """Where it takes place on one line: postal addresses, "Online", or both; empty when nothing is known."""
    online = [_("Online")] if event.mode != Mode.ONSITE else []
    return " · ".join([*(postal(venue) for venue in visited(event)), *online])


def visited(event: Event) -> list[Venue]:
    """The places people go to."""
    return [] if event.mode == Mode.ONLINE else event.places


def postal(venue: Venue) -> str:
    """Name, street, town and, outside Germany, country; nothing twice."""
    town = f"{venue.postal_code} {venue.city}".strip()
    parts = [venue.name, venue.street, town]
    if town == venue.city and town in venue.name:
        parts.pop()
    if venue.country != "DE":
        parts.append(country_name(venue.country))
    return ", ".join(dict.fromkeys(line(part) for part in parts if part))


def address(noun: Noun, site: Site) -> str:
    """The absolute address of an entry's page in the active language."""
    return site.url + reverse(URL_NAMES[noun._meta.model_name or ""], args=[noun.slug])


def calendar_address(event: Event, site: Site) -> str:
    """The absolute address of an event's own calendar in the active language."""
    return site.url + reverse("events:ics", args=[event.slug])


def identifier(event: Event) -> str:
    """The same name of the entry in every feed, for good (RFC 9562)."""
    return event.uid.urn


def names(nouns: Iterable[str]) -> list[str]:
    """Names on one line each, in order, each once."""
    return list(dict.fromkeys(line(name) for name in nouns))
