"""Events as a year tells them: thousands at a time, and of each no more than a line of text.

The events are no model instances but rows of the columns that a line tells; where they take place and what
sorts them into lanes comes in one statement each, all of it as two lists. The rules of an event are those of
`Event`.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from types import SimpleNamespace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.drawing.year import Name
from events.looks import Lanes
from events.models.choices import ORGANISING, Mode, Precision, State, Status, VenueUse
from events.templatetags.event_tags import place_words, status_labels
from lib import dates
from lib.places import country_name, home_country, is_abroad, state_name
from lib.planned import Planned

# What most events have in common is no value: thousands of rows are read in half the time.
_EVENTS = Planned(
    "year_events",
    """
SELECT event.id, event.slug::text,
       CASE WHEN %(english)s AND event.title_en <> '' THEN event.title_en ELSE event.title END::text,
       CASE WHEN %(english)s AND event.title_en = '' THEN 'de' END,
       event.starts_on, nullif(event.ends_on, event.starts_on), event.mode::text,
       CASE WHEN event.date_precision <> %(day)s OR event.status <> %(scheduled)s
                 OR event.sold_out OR event.is_sample
            THEN json_build_array(event.date_precision, event.status, event.sold_out, event.is_sample) END
FROM events_event AS event
WHERE event.id = ANY(%(keys)s::bigint[]) AND event.state = %(published)s
  AND (event.publish_from IS NULL OR event.publish_from <= %(at)s)
""",
    {
        "keys": "bigint[]", "english": "boolean", "day": "text", "scheduled": "text", "published": "text",
        "at": "timestamptz",
    },
)  # fmt: skip
# Each row twice where an event has two: the keys of events, and what belongs to them, in the same order.
_TOWNS = Planned(
    "year_towns",
    """
SELECT json_agg(link.event_id ORDER BY link.position, link.id),
       json_agg(coalesce(nullif(called.city, ''), called.name) ORDER BY link.position, link.id)
FROM events_eventvenue AS link JOIN events_venue AS called ON called.id = link.venue_id
WHERE link.event_id = ANY(%(keys)s::bigint[]) AND link.use = %(venue)s
""",
    {"keys": "bigint[]", "venue": "text"},
)
# Of each event one: its first topic, its first organiser, its first place that is abroad or in a state.
_FIRST = {
    Lanes.TOPIC: Planned(
        "year_topics",
        """
SELECT json_agg(event_id), json_agg(CASE WHEN %(english)s AND name_en <> '' THEN name_en ELSE name_de END)
FROM (SELECT DISTINCT ON (event_id) event_id, name_de, name_en
      FROM events_eventtopic AS link JOIN events_topic AS called ON called.id = link.topic_id
      WHERE event_id = ANY(%(keys)s::bigint[]) ORDER BY event_id, position, link.id) AS first
""",
        {"keys": "bigint[]", "english": "boolean"},
    ),
    Lanes.ORGANISER: Planned(
        "year_organisers",
        """
SELECT json_agg(event_id), json_agg(CASE WHEN short_name <> '' THEN short_name
                                         WHEN %(english)s AND name_en <> '' THEN name_en ELSE name END)
FROM (SELECT DISTINCT ON (event_id) event_id, short_name, name, name_en
      FROM events_participation AS link JOIN organisations_organisation AS called
        ON called.id = link.organisation_id
      WHERE event_id = ANY(%(keys)s::bigint[]) AND role = ANY(%(roles)s::text[])
      ORDER BY event_id, array_position(%(roles)s::text[], role::text), position, link.id) AS first
""",
        {"keys": "bigint[]", "english": "boolean", "roles": "text[]"},
    ),
    Lanes.STATE: Planned(
        "year_states",
        """
SELECT json_agg(event_id), json_agg(json_build_array(country, state))
FROM (SELECT DISTINCT ON (event_id) event_id, country, state
      FROM events_eventvenue AS link JOIN events_venue AS called ON called.id = link.venue_id
      WHERE event_id = ANY(%(keys)s::bigint[]) AND use = %(venue)s AND (country <> %(home)s OR state <> '')
      ORDER BY event_id, position, link.id) AS first
""",
        {"keys": "bigint[]", "venue": "text", "home": "text"},
    ),
}
# Lanes by name come first, then those of many events without one.
NAMED, APART = 0, 2


class Entry:
    """An event as far as a line and a bar tell it. For the latter see `events.drawing.year.Drawn`.

    `where` is HTML; `foreign` the language of the title where it is not the page's; `notes` what must be said
    of it beside its title, the gravest first.
    """

    # As most of them have it, so that it is said once and not by each of thousands.
    number = 0
    lane: Name = (NAMED, "")
    precision: str = Precision.DAY.value
    notes: Sequence[str] = ()
    note = sign = ""
    counts = has_month = True

    def __init__(self, row: tuple[Any, ...], where: str) -> None:
        self.pk, self.slug, self.words, self.foreign, self.first, last, self.mode, _odd = row
        self.last: dt.date = last or self.first
        self.where = where

    def note_odd(self, odd: Sequence[Any], today: dt.date) -> None:
        """How it differs from one that takes place on known days."""
        self.precision, status, sold_out, is_sample = odd
        facts = SimpleNamespace(status=status, sold_out=sold_out, is_sample=is_sample)
        told = [label["text"] for label in status_labels(facts)]
        is_vague, is_void = self.precision != Precision.DAY, status in (Status.CANCELLED, Status.POSTPONED)
        if is_vague:
            told.append(_("day not known") if self.last < today else _("day not set yet"))
        self.has_month = self.precision in (Precision.DAY, Precision.MONTH)
        self.notes, self.note = told, ", ".join(told)
        self.sign = "void" if is_void else "vague" if is_vague else ""
        self.counts = not (is_vague or is_void)

    @property
    def when(self) -> str:
        return span(self.first, self.last, self.precision, get_language())


def read(keys: Sequence[int], at: dt.datetime, today: dt.date) -> list[Entry]:
    """Those of the events that visitors may see, in the order of the keys, each without a lane (two
    queries, none without keys)."""
    if not keys:
        return []
    array, language = _array(keys), get_language()
    asked = {
        "keys": array, "english": language == "en", "day": Precision.DAY, "scheduled": Status.SCHEDULED,
        "published": State.PUBLISHED, "at": at,
    }  # fmt: skip
    rows = {row[0]: row for row in _EVENTS.rows(**asked)}
    # Hardly any has more than one, so that few lists are made.
    first: dict[int, str] = {}
    more: dict[int, list[str]] = defaultdict(list)
    for key, town in _pairs(_TOWNS.rows(keys=array, venue=VenueUse.VENUE)):
        if key in first:
            more[key].append(town)
        else:
            first[key] = town
    entries = []
    for key in keys:
        # What is no more needed is let go of at once: Python would look through it again and again.
        row = rows.pop(key, None)
        if row:
            towns = (first[key], *more.get(key, ())) if key in first else ()
            entry = Entry(row, _where(row[6], towns, language))
            if row[7]:
                entry.note_odd(row[7], today)
            entries.append(entry)
    return entries


@lru_cache(maxsize=4096)
def _where(mode: str, towns: tuple[str, ...], language: str | None) -> str:
    """As HTML; kept, since events take place in few towns, and in the same few pairs of them."""
    return escape(place_words(mode, list(towns)))


def lanes_of(modes: Mapping[int, str], choice: str) -> dict[int, Name]:
    """{primary key: its one lane} of events with their modes: by first topic, organiser or state (one query,
    none without lanes)."""
    if choice == Lanes.NONE or not modes:
        return dict.fromkeys(modes, (NAMED, ""))
    asked: dict[str, dict[str, Any]] = {
        Lanes.TOPIC: {"english": get_language() == "en"},
        Lanes.ORGANISER: {"english": get_language() == "en", "roles": _array(ORGANISING)},
        Lanes.STATE: {"venue": VenueUse.VENUE, "home": home_country()},
    }
    found = dict(_pairs(_FIRST[choice].rows(keys=_array(modes), **asked[choice])))
    if choice == Lanes.STATE:
        names = {key: (NAMED, _of_place(*place)) for key, place in found.items()}
        online, nowhere = (APART, _("Online")), (APART, _("Without a state"))
        return {
            key: online if mode == Mode.ONLINE else names.get(key, nowhere) for key, mode in modes.items()
        }
    unnamed = APART, _("Without a topic") if choice == Lanes.TOPIC else _("Without an organiser")
    return {key: (NAMED, found[key]) if key in found else unnamed for key in modes}


def _of_place(country: str, state: str) -> str:
    """The state of a place at home, the country of one abroad."""
    return country_name(country) if is_abroad(country) else state_name(state)


def _array(values: Collection[Any]) -> str:
    """As PostgreSQL writes arrays: read by it in half the time of one whose elements are told one by one."""
    return f"{{{','.join(map(str, values))}}}"


def _pairs(rows: Sequence[tuple[Any, ...]]) -> Iterable[tuple[int, Any]]:
    ((keys, told),) = rows
    return zip(keys or (), told or (), strict=True)


@lru_cache(maxsize=4096)
def span(first: dt.date, last: dt.date, precision: str, language: str | None) -> str:
    """Kept, since a year names the same days again and again, in the same language."""
    return dates.span(first, last, precision)
