"""What the cards of events tell, in one query for all of them.

Rows and no model instances: an event has 60 columns and three lists, and takes longer to make than its card
takes to draw.
"""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language

from events.models import Event
from events.models.choices import ORGANISING, OrganisationRole, State, VenueUse
from lib.planned import Planned

# Which version of its row an event is in. A change gives it another one, also a change in a name that a card
# tells: triggers touch the event then.
Version = tuple[str, dt.datetime]

_VERSIONS = "SELECT id, xmin::text, modified_at FROM events_event WHERE id = ANY(%s)"
_ROWS = Planned(
    "events_cards",
    """
SELECT event.id, event.xmin::text, event.modified_at, event.slug::text, event.title::text,
       event.title_en::text, event.starts_on, event.ends_on, event.date_precision::text, event.status::text,
       event.sold_out, event.is_sample, event.is_free, event.mode::text, event.languages::text[],
       (SELECT json_agg(
                   json_build_array(link.role, link.name_then, called.short_name, called.name, called.name_en)
                   ORDER BY link.position, link.id)
        FROM events_participation AS link
        JOIN organisations_organisation AS called ON called.id = link.organisation_id
        WHERE link.event_id = event.id AND link.role = ANY(%(organising)s)),
       (SELECT json_agg(coalesce(nullif(called.city, ''), called.name) ORDER BY link.position, link.id)
        FROM events_eventvenue AS link JOIN events_venue AS called ON called.id = link.venue_id
        WHERE link.event_id = event.id AND link.use = %(venue)s),
       (SELECT json_agg(json_build_array(called.slug, called.name_de, called.name_en)
                        ORDER BY link.position, link.id)
        FROM events_eventtopic AS link JOIN events_topic AS called ON called.id = link.topic_id
        WHERE link.event_id = event.id)
FROM events_event AS event
WHERE event.id = ANY(%(keys)s) AND event.state = %(published)s
  AND (event.publish_from IS NULL OR event.publish_from <= %(at)s)
""",
    {"keys": "bigint[]", "at": "timestamptz", "published": "text", "organising": "text[]", "venue": "text"},
    for_any=True,
)
_ORDER = {str(role): place for place, role in enumerate(ORGANISING)}


@dataclass(slots=True)
class Told:
    """What a card tells, in the active language. `foreign` is the language of the title where it is another;
    `organisers` stand by role, `topics` are (slug, name)."""

    slug: str
    title: str
    foreign: str
    starts_on: dt.date
    ends_on: dt.date
    date_precision: str
    status: str
    sold_out: bool
    is_sample: bool
    is_free: bool | None
    mode: str
    languages: list[str]
    organisers: list[str]
    is_only_hosted: bool
    places: list[str]
    topics: list[tuple[str, str]]

    @classmethod
    def of(cls, event: Event) -> "Told":
        """The same of an event with what `for_listing()` fetches."""
        return _make(
            event.slug,
            event.display_title,
            event.title_language if event.title_language != get_language() else "",
            *(getattr(event, name) for name in _COLUMNS),
            organisers=[link.name_then or link.organisation.label for link in event.organisers],
            is_only_hosted=event.is_only_hosted,
            places=[venue.place for venue in event.places],
            topics=[(topic.slug, topic.name) for topic in event.topic_list],
        )


# Columns of a row stand among the arguments.
_make: Callable[..., Told] = Told
_COLUMNS = (
    "starts_on", "ends_on", "date_precision", "status", "sold_out", "is_sample", "is_free", "mode",
    "languages",
)  # fmt: skip


def versions(keys: Collection[int]) -> dict[int, Version]:
    """{primary key: version} of those events that there are (1 query)."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS, [list(keys)])
        return {key: (xmin, modified_at) for key, xmin, modified_at in cursor.fetchall()}


def told(keys: Collection[int], at: dt.datetime | None = None) -> dict[int, tuple[Version, Told]]:
    """{primary key: its version, what its card tells} of those events that visitors may see (1 query)."""
    rows = _ROWS.rows(
        keys=list(keys),
        at=at or timezone.now(),
        published=State.PUBLISHED,
        organising=list(ORGANISING),
        venue=VenueUse.VENUE,
    )
    is_english = get_language() == "en"
    return {row[0]: ((row[1], row[2]), _told(row[3:], is_english)) for row in rows}


def _told(row: tuple[Any, ...], is_english: bool) -> Told:
    slug, title, title_en, *columns, organisers, places, topics = row
    english = title_en if is_english else ""
    links = sorted(organisers or (), key=lambda link: _ORDER[link[0]])
    return _make(
        slug,
        english or title,
        "de" if is_english and not english else "",
        *columns,
        organisers=[
            then or short or (is_english and name_en) or name for _role, then, short, name, name_en in links
        ],
        is_only_hosted={link[0] for link in links} == {OrganisationRole.HOST},
        places=places or [],
        topics=[(slug, (is_english and name_en) or name_de) for slug, name_de, name_en in topics or ()],
    )
