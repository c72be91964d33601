"""What lies around an event: the editions before and after it, and others about the same topics."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language

from events.bits.keeper import keeper
from events.bits.snapshot import Sets, Snapshot, both
from events.models import Event
from events.models.choices import State
from lib import dates
from lib.planned import Planned
from lib.prepared import Prepared

RELATED = 3
_EVENTS = Prepared(lambda: Event.objects.order_by())

# The same rule as `EventQuerySet.published`. The state stands in it as a word: the index of editions has them
# published, and a statement that is planned once for all values would not know.
_PUBLIC = f"state = '{State.PUBLISHED}' AND (publish_from IS NULL OR publish_from <= %(at)s)"


def _neighbours(told: str, more: str = "") -> str:
    """SQL: the number of public editions of the series, what is told of the one before and of the next."""
    series = f"FROM events_event WHERE series_id = %(series)s AND {_PUBLIC}"
    here = "(%(starts_at)s, %(id)s)"
    return f"""
SELECT count(*),
       (SELECT {told} {series} AND (starts_at, id) < {here} ORDER BY starts_at DESC, id DESC LIMIT 1),
       (SELECT {told} {series} AND (starts_at, id) > {here} ORDER BY starts_at, id LIMIT 1){more}
{series}"""


_EDITIONS = _neighbours("id")
# As rows; and which of some events are editions of the series, too.
_AROUND = Planned(
    "event_around",
    _neighbours(
        "json_build_array(slug, title, title_en, starts_on, ends_on, date_precision)",
        ", ARRAY(SELECT id FROM events_event WHERE id = ANY(%(keys)s) AND series_id = %(series)s)",
    ),
    {
        "id": "bigint",
        "starts_at": "timestamptz",
        "series": "bigint",
        "at": "timestamptz",
        "keys": "bigint[]",
    },
)
# The editions of the event's own series are no other events.
_OWN = "SELECT id FROM events_event WHERE id = ANY(%s) AND series_id = %s"


@dataclass(frozen=True, slots=True)
class About:
    """What has to be known of an event to find what lies around it; `topics` are {key: slug} of the first."""

    pk: int
    slug: str
    series_id: int | None
    series_slug: str
    starts_at: dt.datetime
    topics: dict[int, str]
    is_public: bool
    is_sample: bool

    @classmethod
    def of(cls, event: Event, at: dt.datetime) -> "About":
        """Of an event with its series and topics."""
        return cls(
            event.pk,
            event.slug,
            event.series_id,
            event.series.slug if event.series else "",
            event.starts_at,
            {topic.pk: topic.slug for topic in event.topic_list[:RELATED]},
            event.is_public(at),
            event.is_sample,
        )


class Edition(NamedTuple):
    """As its neighbour names it, in the active language; `foreign` is the language of another title."""

    slug: str
    title: str
    foreign: str
    when: str


class Around(NamedTuple):
    """The number of editions that visitors may see, of these the ones next to the event, and the keys of
    related events."""

    number: int
    previous: Edition | None
    next: Edition | None
    related: list[int]


class Editions(NamedTuple):
    """How many editions of the series visitors may see, and of these the ones next to the event."""

    number: int = 0
    previous: Event | None = None
    next: Event | None = None


def editions_around(event: Event, at: dt.datetime | None = None) -> Editions:
    """None beside an event that visitors do not see (at most 2 queries)."""
    if event.series_id is None:
        return Editions()
    about: dict[str, Any] = {
        "id": event.pk,
        "starts_at": event.starts_at,
        "series": event.series_id,
        "at": at or timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_EDITIONS, about)
        number, *keys = cursor.fetchone()
    if not event.is_public(at):
        return Editions(number)
    found = {one.pk: one for one in _EVENTS.fetch([key for key in keys if key])}
    previous, following = (found.get(key) for key in keys)
    return Editions(number, previous, following)


def around(about: About, at: dt.datetime) -> Around:
    """At most one query where sets of bits answer, unless many editions of the series come first."""
    bits = _by_bits(about, at)
    alike = [_Alike(about, at, bits, is_past=is_past) for is_past in (False, True)]
    number, previous, following, own = 0, None, None, {about.pk}
    if about.series_id is not None:
        asked: dict[str, Any] = {
            "id": about.pk,
            "starts_at": about.starts_at,
            "series": about.series_id,
            "at": at,
            "keys": [key for one in alike for key in one.first],
        }
        ((number, previous, following, siblings),) = _AROUND.rows(**asked)
        own |= set(siblings)
    found: list[int] = []
    for one in alike:
        found += islice(one.others(own), RELATED - len(found))
    if not about.is_public:
        previous = following = None
    return Around(number, previous and _edition(*previous), following and _edition(*following), found)


def _edition(slug: str, title: str, title_en: str, first: str, last: str, precision: str) -> Edition:
    is_english = get_language() == "en"
    english = title_en if is_english else ""
    days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return Edition(
        slug, english or title, "de" if is_english and not english else "", dates.span(*days, precision)
    )


def _by_bits(about: About, at: dt.datetime) -> tuple[Snapshot, Sets, Sets] | None:
    """The public events about one of the topics, and all that are not over; None where SQL has to tell."""
    snapshot = keeper.current() if about.topics else None
    if snapshot is None:
        return None
    topics = snapshot.having("topic", list(about.topics))
    return snapshot, both(snapshot.public(at), topics), snapshot.unfinished(at)


class _Alike:
    """All events about one of the topics, upcoming or past, in portions that grow."""

    def __init__(
        self, about: About, at: dt.datetime, bits: tuple[Snapshot, Sets, Sets] | None, *, is_past: bool
    ) -> None:
        self._about, self._at, self._is_past = about, at, is_past
        self._snapshot: Snapshot | None = None
        if bits:
            self._snapshot, found, unfinished = bits
            self._bits = both(found, tuple(~bits for bits in unfinished) if is_past else unfinished)
        self.first = self._portion(0, 2 * RELATED)

    def _portion(self, first: int, last: int) -> list[int]:
        if not self._about.topics:
            return []
        if self._snapshot:
            return self._snapshot.page(self._bits, first, last, self._is_past)
        events = Event.objects.published(self._at).about(list(self._about.topics.values()))
        events = events.past(self._at) if self._is_past else events.upcoming(self._at)
        return list(events.values_list("pk", flat=True)[first:last])

    def others(self, own: Collection[int]) -> Iterator[int]:
        """Without the event itself and other editions of its series; `own` are those among the first."""
        portion, first, number = self.first, 0, 2 * RELATED
        while portion:
            yield from (key for key in portion if key not in own)
            if len(portion) < number:
                return
            first, number = first + number, 4 * number
            portion = self._portion(first, first + number)
            own = self._own(portion)

    def _own(self, keys: list[int]) -> set[int]:
        if self._about.series_id is None or not keys:
            return {self._about.pk}
        with connection.cursor() as cursor:
            cursor.execute(_OWN, [keys, self._about.series_id])
            return {self._about.pk, *(key for (key,) in cursor.fetchall())}
