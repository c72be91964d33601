"""All published events at one state of the catalogue: a large segment, small ones of what changed since."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from typing import Any, NamedTuple

from events.bits.pairs import Condition
from events.bits.segment import Row, Segment, made, microseconds
from journal.kept import drop_oldest
from lib.bits import membership, part_of
from lib.chosen import Chosen
from lib.columns import values_at

# One set for each segment, of places there.
Sets = tuple[int, ...]


class Anchor(NamedTuple):
    """The last note of a change that a snapshot has heeded (see the table `events_touched`)."""

    number: int
    at: dt.datetime


class Named(NamedTuple):
    """A topic or an organisation, as a facet tells it."""

    slug: str
    german: str
    english: str


Names = Mapping[str, Mapping[int, Named]]


@dataclass(frozen=True)
class Snapshot:
    """`state` is the catalogue's; `live` says which places of each segment still hold. The first segment is
    the large one. `names` are those of topics and organisers, by key."""

    state: tuple[int, dt.datetime]
    anchor: Anchor
    segments: tuple[Segment, ...]
    live: Sets
    names: Names
    _counting: "dict[Sets, Counting]" = field(default_factory=dict)

    @property
    def changed(self) -> int:
        """How many events stand in small segments."""
        return sum(segment.size for segment in self.segments[1:])

    # -- what a list can ask ----------------------------------------------------------------------

    def public(self, at: dt.datetime) -> Sets:
        """As `EventQuerySet.published`."""
        moment = microseconds(at)
        return tuple(
            live & ~segment.not_due(moment) for live, segment in zip(self.live, self.segments, strict=True)
        )

    def unfinished(self, at: dt.datetime) -> Sets:
        """As `EventQuerySet.upcoming`; all others are past."""
        moment = microseconds(at)
        return tuple(segment.ends.above(moment) for segment in self.segments)

    def not_before(self, first: dt.date) -> Sets:
        """The last day is this one or a later one."""
        return tuple(segment.last.above(first.toordinal() - 1) for segment in self.segments)

    def after(self, last: dt.date) -> Sets:
        """The first day is a later one."""
        return tuple(segment.first.above(last.toordinal()) for segment in self.segments)

    def having(self, facet: str, values: Collection[Hashable]) -> Sets:
        return tuple(segment.facets[facet].having(values) for segment in self.segments)

    def behind(self, starts_at: dt.datetime, key: int, *, backwards: bool) -> Sets:
        """What stands behind an event in that order, of which nothing else need be known."""
        place = microseconds(starts_at), key
        if backwards:
            return tuple((1 << segment.number_before(place)) - 1 for segment in self.segments)
        return tuple(-1 << segment.number_before((place[0], key + 1)) for segment in self.segments)

    def of_keys(self, keys: Collection[int]) -> Sets:
        return tuple(segment.of_keys(keys) for segment in self.segments)

    @cached_property
    def slugs(self) -> Mapping[str, Mapping[str, int]]:
        """{facet: {slug: key}} of what has names."""
        return {facet: {one.slug: key for key, one in names.items()} for facet, names in self.names.items()}

    @cached_property
    def towns(self) -> Mapping[str, list[tuple[str, str]]]:
        """{slug: the town's values}, of which there are several where names are spelled in several ways."""
        found: dict[str, list[tuple[str, str]]] = {}
        for value in {value for segment in self.segments for value in segment.facets["city"].values}:
            found.setdefault(value[0], []).append(value)
        return found

    # -- what a list shows ------------------------------------------------------------------------

    def page(self, chosen: Sets, first: int, last: int, backwards: bool = False) -> list[int]:
        """Keys from place `first` up to `last` in the order of the beginning, or in the opposite one."""
        if backwards:
            total = sum(bits.bit_count() for bits in chosen)
            return self.page(chosen, max(total - last, 0), max(total - first, 0))[::-1]
        base, held = self.segments[0], chosen[0]
        has = [_never, *map(membership, chosen[1:])]
        others = [one for one in self._changed if has[one.segment](one.place)]
        before = bisect_left(
            range(len(others)), first, key=lambda number: number + _below(held, others[number].base)
        )
        found = [
            (base.starts[place], base.keys[place]) for place in part_of(held, first - before, last - before)
        ]
        found += [(one.starts, one.key) for one in others[before : before + last - first]]
        return [key for _starts, key in sorted(found)[: last - first]]

    def days(self, chosen: Sets) -> tuple[list[int], list[int], list[int]]:
        """Keys, first and last days of the events in order, days as ordinals."""
        keys, firsts, lasts = (values_at(column, chosen[0]) for column in self.segments[0].days)
        has = [_never, *map(membership, chosen[1:])]
        for one in reversed(self._changed):
            if has[one.segment](one.place):
                before = _below(chosen[0], one.base)
                for told, column in zip((keys, firsts, lasts), self.segments[one.segment].days, strict=True):
                    told.insert(before, column[one.place])
        return keys, firsts, lasts

    def among(self, keys: Sequence[int], chosen: Sets) -> list[int]:
        """Those of the keys that are of the chosen events, in the order of the keys."""
        found = [False] * len(keys)
        for segment, bits in zip(self.segments, chosen, strict=True):
            has = membership(bits)
            for number, place in enumerate(segment.place.many(keys)):
                found[number] |= place < segment.size and bool(has(place))
        return list(compress(keys, found))

    @cached_property
    def _changed(self) -> list["_Changed"]:
        """The events of the small segments in their order."""
        return sorted(
            _Changed(row.starts, row.key, number, place, segment.between[place])
            for number, segment in enumerate(self.segments)
            for place, row in enumerate(segment.rows)
            if number and self.live[number] >> place & 1
        )

    def counting(self, chosen: Sets, conditions: Sequence[Condition] = ()) -> "Counting":
        """What is counted among these events, kept for whoever asks the same of this state. All of them meet
        the conditions."""
        kept = self._counting.pop(chosen, None) or Counting(self.segments, chosen, conditions)
        drop_oldest(self._counting, _KEPT - 1)
        # Last again: what is asked for time and again, such as all events, is never the oldest.
        self._counting[chosen] = kept
        return kept

    # -- what has changed -------------------------------------------------------------------------

    def moved_on(
        self,
        state: tuple[int, dt.datetime],
        anchor: Anchor,
        rows: Iterable[Row],
        touched: Collection[int],
        names: Names,
    ) -> "Snapshot":
        """The catalogue at a later state: `touched` are keys of all events that are not as they were, `rows`
        those of them that are still published."""
        live = [
            held & ~segment.of_keys(touched) for held, segment in zip(self.live, self.segments, strict=True)
        ]
        segments, fresh = list(self.segments), list(rows)
        # Like grows on like: each event is written anew a few times, however many changes follow each other.
        while len(segments) > 1 and (not live[-1] or segments[-1].size <= _GROWTH * len(fresh)):
            last, held = segments.pop(), live.pop()
            fresh += [row for place, row in enumerate(last.rows) if held >> place & 1]
        if fresh:
            segments.append(made(fresh, segments[0]))
            live.append(segments[-1].whole)
        return Snapshot(state, anchor, tuple(segments), tuple(live), names)


# Choices whose counts are kept: the list as it opens, and what is being paged through.
_KEPT = 8
# A small segment is put together with the next one when it is not more than so many times larger.
_GROWTH = 4


class Counting:
    """Counts among some events, each worked out when it is asked for."""

    def __init__(self, segments: tuple[Segment, ...], chosen: Sets, conditions: Sequence[Condition]) -> None:
        self._conditions = conditions
        self.total = sum(bits.bit_count() for bits in chosen)
        self._segments = segments
        self._chosen = [Chosen(bits, segment.size) for bits, segment in zip(chosen, segments, strict=True)]
        self._told: dict[tuple[str, int], tuple[dict[Any, int], int]] = {}
        # What others make of the counts, by keys of their own.
        self.kept: dict[Any, Any] = {}

    def most(self, facet: str, top: int) -> tuple[dict[Any, int], int]:
        """{value: number of the events} of at least the `top` most frequent values and those as frequent as
        the last of them, and how many values there are."""
        told = self._told.get((facet, top))
        if told is None:
            others: dict[Any, int] = {}
            for segment, chosen in zip(self._segments[1:], self._chosen[1:], strict=True):
                for value, number in segment.facets[facet].counts(chosen).items():
                    others[value] = others.get(value, 0) + number
            base, among = self._segments[0], self._chosen[0]
            known = base.pairs.known(facet, self._conditions, among.total)
            told = base.facets[facet].most(among, top, others, known)
            self._told[facet, top] = told
        return told

    def of(self, facet: str, value: Hashable) -> int:
        """How many of the events have this value."""
        return sum(
            (chosen.bits & segment.facets[facet].having([value])).bit_count()
            for segment, chosen in zip(self._segments, self._chosen, strict=True)
        )


class _Changed(NamedTuple):
    """An event of a small segment; `base` is the place in the large one before which it stands."""

    starts: int
    key: int
    segment: int
    place: int
    base: int


def _never(place: int) -> int:
    """Whether an event of the large segment is one that has changed."""
    return 0


def both(one: Sets, other: Sets) -> Sets:
    return tuple(left & right for left, right in zip(one, other, strict=True))


def _below(bits: int, place: int) -> int:
    return (bits & ((1 << place) - 1)).bit_count()
