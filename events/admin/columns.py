"""How an event reads in the list and at the head of its form."""

import datetime as dt
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.admin.forms import is_stale
from events.completeness import Fact, completeness, series_completeness, with_facts
from events.listing import attach
from events.models import Event, EventVenue, Participation, Series
from events.models.choices import ORGANISING, Mode, State, Status
from lib import dates
from lib.editing.listing import mark, named
from lib.prepared import MOMENT, Prepared

STATE_MARKS = {State.DRAFT: "quiet", State.IN_REVIEW: "busy", State.PUBLISHED: "good", State.WITHDRAWN: "bad"}


_EVENTS = Prepared(lambda: with_facts(Event.objects.order_by(), MOMENT))
_LISTS: dict[str, Prepared[Any]] = {
    "participations": Prepared(
        lambda: Participation.objects.filter(role__in=ORGANISING).select_related("organisation"), "event"
    ),
    "venue_links": Prepared(lambda: EventVenue.objects.select_related("venue"), "event"),
}


def told(keys: Collection[int], at: dt.datetime | None = None) -> list[Event]:
    """The events of these keys, in any order, with what the columns name (3 queries)."""
    events = {event.pk: event for event in _EVENTS.fetch(keys, at or timezone.now())}
    attach(events, _LISTS)
    return list(events.values())


def state(event: Event, at: dt.datetime | None = None) -> SafeString:
    """The editorial state in a word; one published for later says from when."""
    if event.state == State.PUBLISHED and not event.is_public(at):
        moment = date_format(timezone.localtime(event.publish_from), "SHORT_DATETIME_FORMAT")
        return mark("busy", _("Public from %(moment)s") % {"moment": moment})
    return mark(STATE_MARKS.get(State(event.state), "quiet"), event.get_state_display())


def title(event: Event) -> SafeString:
    sample = mark("sample", _("Sample")) if event.is_sample else ""
    return format_html("{} {}", event.title, sample) if sample else format_html("{}", event.title)


def date(event: Event) -> SafeString:
    days = dates.span(event.starts_on, event.ends_on, event.date_precision)
    if event.status == Status.SCHEDULED:
        return format_html("{}", days)
    return format_html("{}<br>{}", days, mark("bad", event.get_status_display()))


def place(event: Event) -> SafeString:
    towns = list(dict.fromkeys(venue.place for venue in event.places))
    if event.mode == Mode.ONLINE:
        return format_html("{}", event.get_mode_display())
    return named("", towns) if event.mode == Mode.ONSITE else named("", [*towns, _("online")])


def organisers(event: Event) -> SafeString:
    return named("", [link.organisation.label for link in event.organisers])


def checked(event: Event, today: dt.date | None = None) -> SafeString:
    if event.checked_on is None:
        return mark("quiet", _("never"))
    words = _day(event.checked_on, get_language() or "")
    return mark("busy" if is_stale(event.checked_on, today or timezone.localdate()) else "good", words)


def changed(event: Event) -> str:
    return _day(timezone.localdate(event.modified_at), get_language() or "")


@lru_cache(maxsize=1_000)
def _day(day: dt.date, language: str) -> str:
    """In the active language, which that is; the same few days stand in most rows."""
    return date_format(day, "SHORT_DATE_FORMAT")


def missing(event: Event) -> SafeString:
    """How complete the entry is, and what weighs most of what it lacks; of one from `with_facts`."""
    told = completeness(event)
    return _complete(told.score, told.missing)


def series_missing(series: Series) -> SafeString:
    """The same of one from `with_series_completeness`; its editions count too, but are not named."""
    told = series_completeness(series)
    return _complete(told.score, told.own.missing)


def _complete(score: int, gaps: list[Fact]) -> SafeString:
    if score == 100:
        return mark("good", _("complete"))
    points = mark("busy", f"{score} %")
    return named(format_html("{}: ", points), [fact.label for fact in gaps]) if gaps else points
