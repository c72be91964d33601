"""How often two values come together among the events of a large segment.

That is how many events a choice of one of them can have of the other at most, and mostly how many it has. So
of a million events only few sets are gone through. It is worked out once, and every edit leaves it as it is.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any

from journal.kept import drop_oldest
from lib.chosen import Chosen
from lib.links import Known, Links

# Counting among fewer events takes no longer than asking here.
LEAST = 50_000
# Facets whose few values most choices are made of.
_USUAL = ("topic", "format", "mode", "state", "audience", "language", "organiser")
# Values of all facets that are kept, some ten kilobytes each.
_MOST = 512

# (facet, values) of which each event of a choice has one.
Condition = tuple[str, Collection[Hashable]]
_Table = Mapping[str, Mapping[Any, int]]


class Pairs:
    def __init__(self, size: int, facets: Mapping[str, Links[Any]]) -> None:
        self._size, self._facets = size, facets
        self._tables: dict[tuple[str, Hashable], _Table] = {}

    def prepare(self) -> None:
        """Works out what will be asked for: some seconds of a million events."""
        if self._size >= LEAST:
            for facet in _USUAL:
                for value in self._facets[facet].frequent:
                    self._table(facet, value)

    def known(self, facet: str, conditions: Sequence[Condition], total: int) -> Known[Any] | None:
        """What is known of `total` events that meet the conditions; none of a small segment."""
        if self._size < LEAST:
            return None
        usable = [(name, values) for name, values in conditions if self._are_frequent(name, values)]
        if not usable:
            return None
        limits = [_sum(self._table(name, value)[facet] for value in values) for name, values in usable]
        if len(limits) == 1:
            return Known(limits[0], self._is_all(usable[0], total))
        least = {value: min(one.get(value, 0) for one in limits) for value in min(limits, key=len)}
        return Known(_most_first(least), False)

    def _are_frequent(self, facet: str, values: Collection[Hashable]) -> bool:
        return bool(values) and self._facets[facet].frequent >= set(values)

    def _is_all(self, condition: Condition, total: int) -> bool:
        """Whether so many are all that meet the condition."""
        facet, (value, *others) = condition
        return not others and self._table(facet, value)[facet][value] == total

    def _table(self, facet: str, value: Hashable) -> _Table:
        """{facet: {frequent value: how many events have both}}, the most first."""
        found = self._tables.get((facet, value))
        if found is None:
            chosen = Chosen(self._facets[facet].having([value]), self._size)
            found = {name: _most_first(links.frequent_counts(chosen)) for name, links in self._facets.items()}
            self._tables[facet, value] = found
            drop_oldest(self._tables, _MOST)
        return found


def _sum(counts: Iterable[Mapping[Any, int]]) -> Mapping[Any, int]:
    first, *others = counts
    if not others:
        return first
    whole = Counter(first)
    for one in others:
        whole.update(one)
    return _most_first(whole)


def _most_first(counts: Mapping[Any, int]) -> dict[Any, int]:
    """Without zeros."""
    return {value: number for value, number in sorted(counts.items(), key=lambda one: -one[1]) if number}
