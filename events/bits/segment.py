"""Some of the events as sets of bits, and how such a segment is made."""

import datetime as dt
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from events.bits.pairs import Pairs
from lib.bits import bits_of
from lib.columns import Column
from lib.links import Links

# In the order in which they are read. A topic and an organiser are keys, a town is (slug, name as spelled);
# "undated" have those without a valid day, as `EventQuerySet.without_day`, and no list counts it.
FACETS = (
    "topic", "format", "mode", "state", "city", "country", "organiser", "audience", "language", "status",
    "free", "undated",
)  # fmt: skip

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def microseconds(at: dt.datetime) -> int:
    """An instant as PostgreSQL keeps it, counted from 1970."""
    return (at - _EPOCH) // dt.timedelta(microseconds=1)


class Row(NamedTuple):
    """What is known of one event: instants in microseconds, days as ordinals, values by facet.

    `due` is when it becomes public; None if nothing was set.
    """

    key: int
    starts: int
    ends: int
    first: int
    last: int
    due: int | None
    values: Mapping[str, Sequence[Hashable]]


@dataclass(frozen=True)
class Segment:
    """Events by their places in the order of their beginning (`starts_at`, then key).

    `due` are (instant, place) of those for which it was set when they become public, in order; `rows` what a
    small segment was made from, and `between` before which places of the large one they stand.
    """

    keys: "array[int]"
    starts: "array[int]"
    ends: Column
    first: Column
    last: Column
    due: tuple["array[int]", "array[int]"]
    facets: Mapping[str, Links[Any]]
    place: "Places"
    rows: Sequence[Row] = ()
    between: Sequence[int] = ()

    @property
    def size(self) -> int:
        return len(self.keys)

    @property
    def days(self) -> "tuple[array[int], array[int], array[int]]":
        """Keys, first and last days."""
        return self.keys, self.first.values, self.last.values

    @cached_property
    def pairs(self) -> Pairs:
        return Pairs(self.size, self.facets)

    def number_before(self, place: tuple[int, int]) -> int:
        """How many events here come before an event with that beginning and key."""
        return bisect_left(range(self.size), place, key=lambda one: (self.starts[one], self.keys[one]))

    @property
    def whole(self) -> int:
        return (1 << self.size) - 1

    def not_due(self, at: int) -> int:
        """Those that become public later."""
        instants, places = self.due
        return bits_of(places[bisect_right(instants, at) :], self.size)

    def of_keys(self, keys: Collection[int]) -> int:
        """The set of those with these keys; what is not here is left out."""
        return bits_of(self.place.many(keys), self.size)


class Places:
    """The place of each key. Numbers that lie close together take four bytes each."""

    def __init__(self, keys: "array[int]") -> None:
        self._none, size = len(keys), max(keys, default=-1) + 1
        self._table: array[int] | None = None
        self._map: dict[int, int] = {}
        if size <= _SPARSE * len(keys):
            self._table = array("I", [self._none]) * size
            for place, key in enumerate(keys):
                self._table[key] = place
        else:
            self._map = {key: place for place, key in enumerate(keys)}

    def many(self, keys: Collection[int]) -> "array[int]":
        """In the order of the keys; the number of all places stands for what has none."""
        table, none = self._table, self._none
        if table is None:
            return array("I", [self._map.get(key, none) for key in keys])
        if keys and min(keys) >= 0:
            with suppress(IndexError):  # as a rule there is none: looking for it first took longer
                return array("I", map(table.__getitem__, keys))
        return array("I", [table[key] if 0 <= key < len(table) else none for key in keys])


# A table is kept as long as it has no more than so many entries for each key.
_SPARSE = 16


def made(rows: Iterable[Row], base: Segment | None = None) -> Segment:
    """A segment of a few events, small beside that one."""
    ordered = sorted(rows, key=lambda row: (row.starts, row.key))
    lists: dict[str, dict[Hashable, list[int]]] = {name: defaultdict(list) for name in FACETS}
    for place, row in enumerate(ordered):
        for name, values in row.values.items():
            for value in values:
                lists[name][value].append(place)
    due = sorted((row.due, place) for place, row in enumerate(ordered) if row.due is not None)
    keys = array("q", [row.key for row in ordered])
    return Segment(
        keys,
        array("q", [row.starts for row in ordered]),
        Column(array("q", [row.ends for row in ordered])),
        Column(array("i", [row.first for row in ordered])),
        Column(array("i", [row.last for row in ordered])),
        (array("q", [at for at, _place in due]), array("I", [place for _at, place in due])),
        {name: Links(len(ordered), lists[name].items()) for name in FACETS},
        Places(keys),
        ordered,
        [base.number_before((row.starts, row.key)) for row in ordered] if base else (),
    )
