"""Events as a month tells them: drawn once for each version of an event, and put into its weeks.

Written here and not in templates: a month has a hundred, and a template takes ten times as long.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events import card_rows
from events.card_rows import Version
from events.drawing.month import Bar
from events.line_drawing import item
from events.models import Event
from events.models.choices import Mode, State, Status, VenueUse
from events.templatetags.event_tags import place_words, status_labels
from journal.rows import KeptByRow
from lib import dates
from lib.planned import Planned
from lib.quick import entry_url, icon

_ROWS = Planned(
    "events_of_month",
    """
SELECT event.id, event.xmin::text, event.modified_at,
       event.slug::text, event.title::text, event.title_en::text, event.starts_on, event.ends_on,
       event.start_time, event.date_precision::text, event.status::text, event.sold_out, event.mode::text,
       event.is_free, event.is_sample,
       (SELECT array_agg(coalesce(nullif(called.city, ''), called.name)::text ORDER BY link.position, link.id)
        FROM events_eventvenue AS link JOIN events_venue AS called ON called.id = link.venue_id
        WHERE link.event_id = event.id AND link.use = %(venue)s)
FROM events_event AS event
WHERE event.id = ANY(%(keys)s) AND event.state = %(published)s
  AND (event.publish_from IS NULL OR event.publish_from <= %(at)s)
""",
    {"keys": "bigint[]", "at": "timestamptz", "published": "text", "venue": "text"},
    for_any=True,
)
# About half a kilobyte each.
_MOST = 2_000
# Texts that many entries share.
_FEW = 500


class _Columns(NamedTuple):
    slug: str
    title: str
    title_en: str
    starts_on: dt.date
    ends_on: dt.date
    start_time: dt.time | None
    date_precision: str
    status: str
    sold_out: bool
    mode: str
    is_free: bool | None
    is_sample: bool
    places: list[str] | None


class _Told(_Columns):
    """With the rule of `Event`."""

    has_day: Any = Event.has_day


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a week, and in the list of events without a day, if it has none; both are HTML."""

    classes: str
    inside: str
    line: SafeString

    def html(self, bar: Bar) -> str:
        """Its bar in one week, inside <ul class="day__events">."""
        ends = f"{'' if bar.begins else ' bar--from'}{'' if bar.ends else ' bar--on'}"
        classes = f"bar lane-{bar.lane} span-{bar.days}{self.classes}{ends}"
        return f'<li class="{classes}" data-days="{bar.days}">\n{self.inside}</li>\n'


def entries(keys: Collection[int]) -> dict[int, Entry]:
    """{primary key: entry} of events that visitors may see, in the active language (at most 2 queries)."""
    return _kept.many(keys, get_language() or "")


def _drawn(keys: Collection[int]) -> dict[int, tuple[Version, Entry]]:
    rows = _ROWS.rows(keys=list(keys), at=timezone.now(), published=State.PUBLISHED, venue=VenueUse.VENUE)
    language = get_language() or ""
    return {row[0]: ((row[1], row[2]), _entry(_Told(*row[3:]), language)) for row in rows}


_kept: KeptByRow[Entry] = KeptByRow(card_rows.versions, _drawn, _MOST)


def _entry(told: _Told, language: str) -> Entry:
    is_english = language == "en"
    english = told.title_en if is_english else ""
    lang = ' lang="de"' if is_english and not english else ""
    title = escape(english or told.title)
    begin, end = f'<a href="{entry_url("events:detail", told.slug)}"{lang}>', "</a>"
    is_void = told.status == Status.CANCELLED
    name = f"{begin}<s>{title}</s>{end}" if is_void else f"{begin}{title}{end}"
    if told.starts_on != told.ends_on:
        classes, time = " bar--days", ""
        days = f'\n<span class="bar__days">{escape(dates.span(told.starts_on, told.ends_on))}</span>'
    else:
        classes, days, time = "", "", _time(told.start_time, language) if told.start_time else ""
    labels = _labels(told.status, told.sold_out, told.is_sample, language)
    place = _place(told.mode, tuple(told.places or ()), language)
    notes = "".join([f'\n<strong class="bar__status">{label}</strong>' for label in labels])
    facts = _facts(told.mode, told.is_free, place, language)
    inside = f'{time}{name}{days}{notes}\n<span class="bar__facts">{facts}</span>\n'
    line = SafeString() if told.has_day else _line(told, f"{begin}{title}{end}", place, labels)
    return Entry(f"{classes} bar--void" if is_void else classes, inside, line)


# What few words tell, for most events the same ones: as HTML, in the language, which is the active one.


@lru_cache(maxsize=_FEW)
def _time(time: dt.time, language: str) -> str:
    return f'<span class="bar__time">{dates.clock(time)}</span> '


@lru_cache(maxsize=_FEW)
def _labels(status: str, sold_out: bool, is_sample: bool, language: str) -> tuple[str, ...]:
    told = SimpleNamespace(status=status, sold_out=sold_out, is_sample=is_sample)
    return tuple(escape(label["text"]) for label in status_labels(told))


@lru_cache(maxsize=_FEW)
def _place(mode: str, places: tuple[str, ...], language: str) -> str:
    return escape(place_words(mode, list(places)))


@lru_cache(maxsize=_FEW)
def _facts(mode: str, is_free: bool | None, place: str, language: str) -> str:
    free = escape(_("free")) if is_free else ""
    sign = icon("online") if mode == Mode.ONLINE else ""
    return sign + " · ".join(filter(None, (place, free)))


def _line(told: _Told, link: str, place: str, labels: Sequence[str]) -> SafeString:
    days: str = escape(dates.span(told.starts_on, told.ends_on, told.date_precision))
    is_void = told.status in (Status.POSTPONED, Status.CANCELLED)
    when = f"<s>{days}</s>" if is_void else days
    return item(link, when, place, labels)
