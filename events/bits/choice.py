"""What a list asks, answered by a snapshot: which events, how many, their order, counts for facets."""

import datetime as dt
from collections.abc import Collection, Hashable, Iterable
from functools import cached_property, reduce
from heapq import nlargest
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from events.bits import years
from events.bits.keeper import keeper
from events.bits.pairs import Condition
from events.bits.reading import numbers
from events.bits.segment import FACETS
from events.bits.snapshot import Counting, Sets, Snapshot, both
from events.models import Event

if TYPE_CHECKING:
    from events.filters import EventFilter

Span = tuple[dt.date, dt.date]
# (value, label, number of events) of some values, and how many there are in all.
Tally = tuple[list[tuple[str, str, int]], int]


def chosen_of(filterset: "EventFilter", span: Span | None = None) -> "Choice | None":
    """The published events that a filter means, only those of some days if there is a span; none where
    plain SQL has to answer."""
    snapshot = keeper.current()
    return Choice(snapshot, filterset, span) if snapshot else None


class Choice:
    def __init__(self, snapshot: Snapshot, filterset: "EventFilter", span: Span | None = None) -> None:
        self._snapshot, self._filterset, self._span = snapshot, filterset, span
        self._at = filterset.at or timezone.now()
        self._values = filterset.chosen

    # -- which ------------------------------------------------------------------------------------

    @cached_property
    def all(self) -> Sets:
        return self._cut(self._conditions.values())

    @cached_property
    def total(self) -> int:
        return sum(bits.bit_count() for bits in self.all)

    def without(self, name: str) -> Sets:
        """Those of all parameters but this one."""
        if name not in self._conditions:
            return self.all
        return self._cut(told for other, told in self._conditions.items() if other != name)

    def _cut(self, conditions: Iterable[Sets]) -> Sets:
        return reduce(both, conditions, self._public)

    @cached_property
    def _public(self) -> Sets:
        public = self._snapshot.public(self._at)
        return reduce(both, self._days(*self._span), public) if self._span else public

    @cached_property
    def _conditions(self) -> dict[str, Sets]:
        """What each parameter leaves; none of those that leave all."""
        found = {name: self._condition(name, value) for name, value in self._values.items() if value}
        return {name: told for name, told in found.items() if told is not None}

    def _condition(self, name: str, value: Any) -> Sets | None:
        if name in FACETS:
            return self._snapshot.having(name, self._meant(name, value))
        if name == "when":
            return self._when(value)
        if name in ("from", "to"):
            return self._days(value, None)[0] if name == "from" else self._days(None, value)[0]
        if name in ("sort", "radius"):
            return None
        return self._looked_up(name, value)

    def _meant(self, facet: str, value: Any) -> Collection[Hashable]:
        """The facet's values as a snapshot knows them."""
        if facet in self._snapshot.names:
            slugs = self._snapshot.slugs[facet]
            return [slugs[slug] for slug in value if slug in slugs]
        if facet == "city":
            return [town for slug in value for town in self._snapshot.towns.get(slug, ())]
        return [value] if isinstance(value, str) else value

    def _when(self, value: str) -> Sets | None:
        if value not in ("upcoming", "past"):
            return None
        unfinished = self._snapshot.unfinished(self._at)
        return unfinished if value == "upcoming" else tuple(~bits for bits in unfinished)

    def _days(self, first: dt.date | None, last: dt.date | None) -> list[Sets]:
        found = [self._snapshot.not_before(first)] if first else []
        return found + ([tuple(~bits for bits in self._snapshot.after(last))] if last else [])

    def _looked_up(self, name: str, value: Any) -> Sets:
        """What the snapshot does not know: the database finds it by an index, whoever may see it."""
        if name == "q":
            found = self._filterset.answers(value).keys
            keys = _keys(found) if isinstance(found, QuerySet) else found
        else:
            events = self._filterset.filters[name].filter(Event.objects.order_by(), value)
            keys = _keys(events.values("pk"))
        return self._snapshot.of_keys(keys)

    # -- in which order ---------------------------------------------------------------------------

    def keys(self, order: str, first: int, last: int) -> list[int] | None:
        """From place `first` up to `last`; none for an order that a snapshot does not know."""
        if order == "relevance" and self._values.get("q"):
            return self._best_first(first, last)
        if order not in _BACKWARDS:
            return None
        return self._snapshot.page(self.all, first, last, _BACKWARDS[order])

    def behind(self, order: str, place: tuple[dt.datetime, int], most: int) -> list[int] | None:
        """The next ones behind an event that has, or had, this beginning and key; none as above."""
        if order not in _BACKWARDS or (order == "relevance" and self._values.get("q")):
            return None
        behind = self._snapshot.behind(*place, backwards=_BACKWARDS[order])
        return self._snapshot.page(both(self.all, behind), 0, most, _BACKWARDS[order])

    def _best_first(self, first: int, last: int) -> list[int]:
        """What the search has put in order, then the latest."""
        best = self._filterset.answers(self._values["q"]).best
        held = self._snapshot.among(best, self.all)
        page, rest = held[first:last], self._snapshot.of_keys(held)
        others = both(self.all, tuple(~bits for bits in rest))
        start = max(first - len(held), 0)
        return page + self._snapshot.page(others, start, start + last - first - len(page), backwards=True)

    def days(self) -> tuple[list[int], list[int], list[int]]:
        """Keys, first and last days of those with valid days, in order; days as ordinals."""
        return self._snapshot.days(both(self.all, tuple(~bits for bits in self._undated)))

    def undated(self, most: int) -> tuple[list[int], int]:
        """The keys of the first ones without a valid day, and how many there are."""
        found = both(self.all, self._undated)
        return self._snapshot.page(found, 0, most), sum(bits.bit_count() for bits in found)

    @property
    def _undated(self) -> Sets:
        return self._snapshot.having("undated", ["1"])

    def having(self, facet: str, value: str) -> int:
        """How many of all have this value."""
        return sum(bits.bit_count() for bits in both(self.all, self._snapshot.having(facet, [value])))

    def by_year(self) -> dict[int, int]:
        """{year: how many of all have a day in it}, without zeros."""
        return years.held_in(self._snapshot, self.all, self._at.year)

    def beside(self, inside: Span, outside: Span) -> tuple[int, int]:
        """Of the same choice within the outer days: how many begin before the inner ones, how many end after
        them."""
        choice = Choice(self._snapshot, self._filterset, outside)
        choice._conditions = self._conditions
        found = choice.all
        later = self._snapshot.after(inside[0] - dt.timedelta(days=1))
        before = both(found, tuple(~bits for bits in later))
        after = both(found, self._snapshot.not_before(inside[1] + dt.timedelta(days=1)))
        return sum(bits.bit_count() for bits in before), sum(bits.bit_count() for bits in after)

    def name_of(self, parameter: str, slug: str) -> str:
        """What the topic or organisation is called that a parameter means; empty for all that the database
        alone knows by a slug."""
        facet = _NAMED.get(parameter, "")
        key = self._snapshot.slugs.get(facet, {}).get(slug)
        return "" if key is None else self._told(facet, key)[1]

    # -- how many of which ------------------------------------------------------------------------

    def tally(self, facet: str, top: int) -> Tally:
        """Of the values that the events have, the `top` most frequent and all as frequent as the last of
        them; chosen ones too. Counted under all parameters but the facet's own."""
        chosen = self._values.get(facet)
        counting = self._counting_without(facet) if chosen else self._counting
        told, number = counting.most(facet, top)
        least = min(nlargest(top, told.values()), default=0)
        found = {value: count for value, count in told.items() if count >= least}
        for value in self._meant(facet, chosen or ()):
            if value not in found and (count := counting.of(facet, value)):
                found[value] = count
        return [(*self._told(facet, value), count) for value, count in found.items()], number

    @property
    def kept(self) -> dict[Any, Any]:
        """For what is made of the counts of these events, as long as these are kept."""
        return self._counting.kept

    @cached_property
    def _counting(self) -> Counting:
        return self._snapshot.counting(self.all, self._met())

    def _counting_without(self, facet: str) -> Counting:
        return self._snapshot.counting(self.without(facet), self._met(without=facet))

    def _met(self, without: str = "") -> list[Condition]:
        """What facets ask for, but for one of them."""
        return [
            (name, self._meant(name, value))
            for name, value in self._values.items()
            if value and name in FACETS and name != without
        ]

    def _told(self, facet: str, value: Any) -> tuple[str, str]:
        if facet in self._snapshot.names:
            named = self._snapshot.names[facet][value]
            return named.slug, named.english if get_language() == "en" else named.german
        return value if facet == "city" else (value, "")


# {parameter: the facet that has its names}
_NAMED = {"topic": "topic", "organiser": "organiser", "organisation": "organiser"}
# The orders that a snapshot knows, and whether they go from the last event to the first.
_BACKWARDS = {"date": False, "-date": True, "relevance": True}


def _keys(rows: QuerySet[Any]) -> Collection[int]:
    """The only column of some rows, which may be a hundred thousand."""
    sql, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT string_agg(int8send(key), '') FROM ({sql}) AS told (key)", parameters)  # noqa: S608
        return numbers(cursor.fetchone()[0])
