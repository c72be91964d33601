"""How events read on a page: dates, places, labels."""

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.models import Event, PreviousDate, Venue
from events.models.choices import Mode, Precision, VenueFact
from lib import dates, markdown, places
from lib.nouns import language_of

register = template.Library()

register.filter("country_name", places.country_name)
register.filter("state_name", places.state_name)
register.filter("is_abroad", places.is_abroad)
register.filter("markdown", markdown.render)
register.filter("clock", dates.clock)


@register.filter
def lang(thing: Any, field: str) -> SafeString:
    """The attribute ` lang="de"` where the text of that field is not in the page's language (WCAG 3.1.2)."""
    spoken = language_of(thing, field)
    return SafeString("") if spoken == (get_language() or "de") else format_html(' lang="{}"', spoken)


@register.filter
def day_long(value: dt.date) -> str:
    """Dienstag, 5. November 2019."""
    return dates.day(value, weekday=True)


@register.filter
def date_span(value: Event | PreviousDate) -> str:
    """The days of an event or of a previous date, as exactly as they are known."""
    return dates.span(value.starts_on, value.ends_on, value.date_precision)


@register.filter
def when_short(event: Event) -> str:
    """The days alone."""
    return date_span(event)


@register.simple_tag
def event_time(event: Event) -> SafeString:
    """Start and end marked up as <time>, equal to what every output says (one truth)."""
    first, dash, last = dates.span_parts(event.starts_on, event.ends_on, event.date_precision)
    if event.date_precision != Precision.DAY:
        return format_html('<time datetime="{}">{}</time>', _vague(event), f"{first}{dash}{last}")
    if not event.is_all_day:
        return _timed(event, f"{first}{dash}{last}")
    days = format_html('<time datetime="{}">{}</time>', event.starts_on.isoformat(), first)
    if last:
        days = format_html('{}{}<time datetime="{}">{}</time>', days, dash, event.ends_on.isoformat(), last)
    return days if event.start_time is None else format_html("{}, {}", days, _opening(event))


def _timed(event: Event, days: str) -> SafeString:
    """Start and, where known, end as instants with offset; several days share their hours."""
    start = _instant(event.start, f"{days}, {dates.clock(event.start_time)}" if event.start_time else days)
    if event.end_time is None:
        return format_html("{}{}", start, _oclock(event))
    end = _instant(event.end, dates.clock(event.end_time))
    return format_html("{}{}{}{}", start, dates.EN_DASH, end, _oclock(event))


def _instant(moment: dt.date | None, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', moment.isoformat() if moment else "", words)


def _opening(event: Event) -> str:
    """When several days begin of which only the opening hour is known."""
    opening = dates.clock(event.start_time) if event.start_time else ""
    return _("starting at %(time)s") % {"time": f"{opening}{_oclock(event)}"}


def _oclock(event: Event) -> str:
    """Uhr in German; the zone where it is not the one most readers live in."""
    text = " Uhr" if get_language() == "de" else ""
    if _is_elsewhere(event):
        city = event.timezone.rsplit("/", 1)[-1].replace("_", " ")
        text += " " + _("(local time %(city)s)") % {"city": city}
    return text


def _is_elsewhere(event: Event) -> bool:
    """Whether the event's clocks show another time than those of the site's zone."""
    noon = dt.datetime.combine(event.starts_on, dt.time(12), event.zone)
    return noon.utcoffset() != noon.astimezone(timezone.get_default_timezone()).utcoffset()


def _vague(event: Event) -> str:
    """A month or year as HTML's <time> takes it; a quarter has no form there and counts by year."""
    return (
        f"{event.starts_on:%Y-%m}" if event.date_precision == Precision.MONTH else str(event.starts_on.year)
    )


@register.filter
def place_line(event: Event) -> str:
    """Where, in a few words: Berlin / Online / Essen und online / Schwerin, Rostock und 3 weitere."""
    return place_words(event.mode, [venue.place for venue in event.places])


def place_words(mode: str, towns: list[str]) -> str:
    """The same of the mode and of what the venues are called in the fewest words."""
    if mode == Mode.ONLINE:
        return _("Online")
    place = _several(list(dict.fromkeys(towns)))
    if mode == Mode.HYBRID:
        return _("%(place)s and online") % {"place": place} if place else _("On site and online")
    return place


def _several(names: list[str]) -> str:
    if len(names) <= 2:
        return _(" and ").join(names) if len(names) == 2 else "".join(names)
    more = ngettext(
        "%(first)s, %(second)s and %(count)s more place",
        "%(first)s, %(second)s and %(count)s more places",
        len(names) - 2,
    )
    return more % {
        "first": names[0], "second": names[1], "count": len(names) - 2,
    }  # fmt: skip


@register.filter
def status_labels(event: Any) -> list[dict[str, Any]]:
    """What a reader must know at once: [{kind, text}], the gravest first; empty when all is well."""
    labels = []
    if event.status != "scheduled":
        labels.append({"kind": event.status, "text": _STATUS[event.status]()})
    if event.sold_out:
        labels.append({"kind": "sold_out", "text": _("Sold out")})
    if event.is_sample:
        labels.append({"kind": "sample", "text": _("Sample")})
    return labels


_STATUS = {
    "rescheduled": lambda: _("New date"),
    "postponed": lambda: _("Postponed"),
    "moved_online": lambda: _("Moved online"),
    "cancelled": lambda: _("Cancelled"),
}


@register.filter
def venue_facts(venue: Venue) -> list[str]:
    """What is known of a venue's accessibility, in words."""
    return [str(VenueFact(fact).label) for fact in venue.accessibility]
