"""The events of a noun as its page shows them: the next and the latest, and how many there are of all.

Told from sets of bits, so that the page of a topic with a hundred thousand events costs no more than that of
one with thirty; where these cannot tell, plain SQL does. All of the events are in the list, which is linked.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any, Protocol

from django.db import connection
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from events.bits.keeper import keeper
from events.bits.reading import numbers
from events.bits.snapshot import Sets, Snapshot, both
from events.bits.years import begun_in
from events.cards import Shown, draw, shown
from events.filters import When
from events.models import Event, EventQuerySet
from lib.prepared import Prepared

NEXT, LATEST = 24, 10
_EVENTS = Prepared(lambda: Event.objects.order_by())

# {kind of link: {year: events that begin in it}}
ByYear = Mapping[str, Mapping[int, int]]


@dataclass(frozen=True)
class Portion:
    """The first of some events in their order; `total` is the number of all, which are at `url`."""

    events: list[Shown]
    total: int
    url: str

    @property
    def is_all(self) -> bool:
        return len(self.events) >= self.total


class Links(Protocol):
    """How events are known to belong to a noun."""

    def events(self) -> EventQuerySet:
        """All of them, each once, whoever may see them."""

    def sets(self, snapshot: Snapshot) -> Mapping[str, Sets]:
        """The same by the kind of the link; one event may have several kinds."""

    def counted(self, published: EventQuerySet) -> ByYear:
        """How many of these events begin in which year."""


class Portions:
    """What a noun's page tells of its events. `parameter` and `slug` name them in the list's address."""

    def __init__(self, parameter: str, slug: str, links: Links, at: dt.datetime | None = None) -> None:
        self._query, self._links = {parameter: slug}, links
        self.at = at or timezone.now()
        self._snapshot = keeper.current()

    @cached_property
    def upcoming(self) -> Portion:
        """The next ones, the nearest first."""
        return self._portion(When.UPCOMING, NEXT)

    @cached_property
    def past(self) -> Portion:
        """The latest ones, the last first."""
        return self._portion(When.PAST, LATEST)

    @cached_property
    def told(self) -> list[Event]:
        """The shown coming ones with their own columns (1 query)."""
        keys = [one.pk for one in self.upcoming.events]
        found = {event.pk: event for event in _EVENTS.fetch(keys)}
        return [found[key] for key in keys if key in found]

    @cached_property
    def by_year(self) -> ByYear:
        """{kind of link: {year: number}}, without zeros."""
        if self._snapshot is None:
            return self._links.counted(self._published)
        return {kind: begun_in(self._snapshot, sets, self.at.year) for kind, sets in self._sets.items()}

    @property
    def _published(self) -> EventQuerySet:
        return self._links.events().published(self.at)

    @cached_property
    def _sets(self) -> dict[str, Sets]:
        snapshot: Any = self._snapshot
        public = snapshot.public(self.at)
        return {kind: both(public, sets) for kind, sets in self._links.sets(snapshot).items()}

    def _portion(self, when: str, most: int) -> Portion:
        keys = self.keys(when)
        events = shown(keys[:most])
        draw(events)
        return Portion(events, keys.count(), self.url(when))

    def url(self, when: str) -> str:
        """The list of all that are coming or past."""
        query = QueryDict(mutable=True)
        query.update(({} if when == When.UPCOMING else {"when": when}) | self._query)
        return f"{reverse('events:list')}?{query.urlencode()}"

    def keys(self, when: str) -> "_Keys":
        """Those of the coming events, the nearest first, or of the past ones, the latest first."""
        if self._snapshot is None:
            found = self._published
            return _InSql(found.upcoming(self.at) if when == When.UPCOMING else found.past(self.at))
        unfinished = self._snapshot.unfinished(self.at)
        told = unfinished if when == When.UPCOMING else tuple(~bits for bits in unfinished)
        return _InBits(self._snapshot, both(self._all, told), when == When.PAST)

    @cached_property
    def _all(self) -> Sets:
        sets = list(self._sets.values())
        return reduce(_either, sets[1:], sets[0])


@dataclass(frozen=True)
class _InBits:
    """Keys of events, counted, and cut into pages without going through them."""

    snapshot: Snapshot
    sets: Sets
    backwards: bool

    def count(self) -> int:
        return _number(self.sets)

    def __getitem__(self, part: slice) -> list[int]:
        return self.snapshot.page(self.sets, part.start or 0, part.stop, self.backwards)


@dataclass(frozen=True)
class _InSql:
    events: EventQuerySet

    def count(self) -> int:
        return self.events.count()

    def __getitem__(self, part: slice) -> list[int]:
        return list(self.events.values_list("pk", flat=True)[part])


_Keys = _InBits | _InSql


# -- how events belong to a noun -----------------------------------------------------------------------


@dataclass(frozen=True)
class OfTopic:
    """The sets of bits know topics."""

    pk: int

    def events(self) -> EventQuerySet:
        return Event.objects.filter(topic_links__topic=self.pk)

    def sets(self, snapshot: Snapshot) -> dict[str, Sets]:
        return {"": snapshot.having("topic", [self.pk])}

    def counted(self, published: EventQuerySet) -> ByYear:
        years = published.order_by().values_list("starts_on__year").annotate(number=Count("pk"))
        return {"": dict(years)}


@dataclass(frozen=True)
class OfLinks:
    """`links` are rows with a foreign key `event`, no event twice for the same `kind`, which is a column of
    theirs, if there are several."""

    links: QuerySet[Any]
    kind: str = ""

    def events(self) -> EventQuerySet:
        return Event.objects.filter(pk__in=self.links.order_by().values("event"))

    def sets(self, snapshot: Snapshot) -> dict[str, Sets]:
        return {kind: snapshot.of_keys(keys) for kind, keys in self._keys().items()} or {
            "": tuple(0 for _segment in snapshot.segments)
        }

    def _keys(self) -> dict[str, Collection[int]]:
        """{kind: keys of events} (1 query, of an index alone where there is one for it)."""
        columns = [self.kind, "event"] if self.kind else ["event"]
        sql, parameters = self.links.order_by().values_list(*columns).query.sql_with_params()
        kind = "kind" if self.kind else "''"
        named = ", ".join(["kind", "key"][-len(columns) :])
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {kind}, string_agg(int8send(key), '') FROM ({sql}) AS told ({named}) GROUP BY 1",  # noqa: S608
                parameters,
            )
            return {kind: numbers(told) for kind, told in cursor.fetchall()}

    def counted(self, published: EventQuerySet) -> ByYear:
        links = self.links.filter(event__in=published.order_by().values("pk")).order_by()
        found: dict[str, Counter[int]] = {}
        columns = ("event__starts_on__year", *([self.kind] if self.kind else []))
        for year, *kind in links.values_list(*columns):
            found.setdefault(kind[0] if kind else "", Counter())[year] += 1
        return found


# -- sets ----------------------------------------------------------------------------------------------


def _number(sets: Sets) -> int:
    return sum(bits.bit_count() for bits in sets)


def _either(one: Sets, other: Sets) -> Sets:
    return tuple(left | right for left, right in zip(one, other, strict=True))
