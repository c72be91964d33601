"""Values by number, as columns of small codes that NumPy counts: for very many numbers.

Made once and never changed, so threads share it.
"""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.chosen import Chosen

Column = NDArray[np.integer[Any]]
# A column is worth its room where one in so many numbers has a further value; the rest are pairs.
_WORTH = 16


class Codes:
    """`lists` are the numbers, each below `size`, that have the first value, the second …"""

    def __init__(self, size: int, lists: Sequence[Collection[int]]) -> None:
        self._kinds = len(lists)
        numbers = np.concatenate([np.asarray(one, np.uint32) for one in lists])
        every: Column = np.arange(1, self._kinds + 1, dtype=np.min_scalar_type(self._kinds))
        codes = np.repeat(every, [len(one) for one in lists])
        order = np.argsort(numbers, kind="stable")
        numbers, codes = numbers[order], codes[order]
        # Which of its number's values each one is: the first, the second …
        is_first = np.ones(len(numbers), bool)
        is_first[1:] = numbers[1:] != numbers[:-1]
        firsts = np.flatnonzero(is_first)
        rank = np.arange(len(numbers)) - np.repeat(firsts, np.diff(firsts, append=len(numbers)))
        self._columns: list[Column] = []
        for place in range(int(rank.max(initial=0)) + 1):
            has = rank == place
            if place and np.count_nonzero(has) * _WORTH < size:
                break
            column = np.zeros(size, codes.dtype)
            column[numbers[has]] = codes[has]
            self._columns.append(column)
        rest = rank >= len(self._columns)
        self._rest, self._rest_codes = numbers[rest], codes[rest]

    def cost(self, chosen: Chosen) -> float:
        """About how many microseconds counting takes, where others count the same numbers, too."""
        return 50 + chosen.total * len(self._columns) * 5e-3

    def most(self, chosen: Chosen, top: int) -> tuple[dict[int, int], int]:
        """{place of a value: how many of the chosen numbers have it} of the `top` most frequent values and
        all as frequent as the last of these, and how many values any of them has."""
        low, high, places = chosen.low, chosen.high, chosen.places
        found = np.zeros(self._kinds + 1, np.intp)
        for column in self._columns:
            found += np.bincount(column[low:high][places], minlength=self._kinds + 1)
        if len(self._rest):
            found += np.bincount(self._rest_of(chosen), minlength=self._kinds + 1)
        found = found[1:]
        least = np.partition(found, -top)[-top] if top < self._kinds else 0
        some = np.flatnonzero(found >= max(least, 1))
        return dict(zip(some.tolist(), found[some].tolist(), strict=True)), int(np.count_nonzero(found))

    def _rest_of(self, chosen: Chosen) -> Column:
        first, last = np.searchsorted(self._rest, (chosen.low, chosen.high))
        is_there = chosen.places
        if is_there.dtype != bool:
            is_there = np.zeros(chosen.length, bool)
            is_there[chosen.places] = True
        return self._rest_codes[first:last][is_there[self._rest[first:last] - chosen.low]]
