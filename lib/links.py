"""Which values numbers have, and how many of some chosen numbers have each of them.

What holds of many numbers is a set of bits (`lib.bits`), what few of them have is a list. All of it is made
once and never changed, so threads share it.
"""

from array import array
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence, Set
from functools import reduce
from itertools import compress
from operator import or_
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from lib.bits import bits_of, numbers_of
from lib.chosen import Chosen, Parts, cut, joined

if TYPE_CHECKING:
    from lib.codes import Codes

V = TypeVar("V", bound=Hashable)


class Known(NamedTuple, Generic[V]):
    """{value: how many of the chosen numbers have it at most}, the most first; or just so many."""

    numbers: Mapping[V, int]
    are_counts: bool


# A value that fewer than one of so many numbers have is told as a list at first, which takes less room than a
# set; the longest lists become sets all the same, since a set is counted faster down to the second part.
_RARE, _RARER, _MOST_SETS = 32, 1024, 256
# Rare values are laid out by number as well when one in so many numbers has some.
_WORTH = 32
# Rare values of one number that stand in columns; few numbers have more, and stand in a table.
_LAYERS = 2
# Of so many numbers, and so many values, all values are laid out in columns that NumPy counts. Elsewhere
# nobody has to bear its 20 MB.
LARGE, _WORTH_CODES = 1 << 16, 3


class Links(Generic[V]):
    """Which of many values each of `size` numbers has, of any number of them.

    `lists` are (value, numbers), each number below `size`, or just `size` for none; one may come twice.
    """

    def __init__(self, size: int, lists: Iterable[tuple[V, Collection[int]]]) -> None:
        self._size = size
        self._sets: dict[V, Parts] = {}
        found: list[tuple[V, array[int]]] = []
        for value, numbers in lists:
            if len(numbers) * _RARE < size:
                if few := array("I", sorted({*numbers} - {size})):
                    found.append((value, few))
            elif bits := bits_of(numbers, size):
                self._sets[value] = cut(bits, size)
        found.sort(key=lambda one: -len(one[1]))
        for value, numbers in found[: max(_MOST_SETS - len(self._sets), 0)]:
            if len(numbers) * _RARER > size:
                self._sets[value] = cut(bits_of(numbers, size), size)
        # The most frequent first: see `_weigh_sets`.
        self._lists = {value: numbers for value, numbers in found if value not in self._sets}
        sizes = [(sum(part.bit_count() for part in parts), value) for value, parts in self._sets.items()]
        self._sizes = {value: number for number, value in sorted(sizes, key=lambda one: -one[0])}
        self._values = list(self._lists)
        self._all = [*self._sets, *self._values]
        self._codes: Codes | None = None
        self._layers: list[array[int]] = []
        self._more: dict[int, list[int]] = {}
        if size >= LARGE and len(self._all) >= _WORTH_CODES:
            self._codes = self._coded()
        elif sum(map(len, self._lists.values())) * _WORTH > size:
            self._lay()
        self._with_more = bits_of(self._more, size)

    def _coded(self) -> "Codes":
        from lib.codes import Codes

        sets = (numbers_of(joined(parts)) for parts in self._sets.values())
        return Codes(self._size, [*sets, *self._lists.values()])

    def _lay(self) -> None:
        """The rare values by number, as places in `_values` counted from 1."""
        kind = "H" if len(self._values) < 1 << 16 else "I"
        self._layers = [array(kind, [0]) * self._size for _layer in range(_LAYERS)]
        for code, value in enumerate(self._values, 1):
            for number in self._lists[value]:
                for layer in self._layers:
                    if not layer[number]:
                        layer[number] = code
                        break
                else:
                    self._more.setdefault(number, []).append(code)

    @property
    def values(self) -> Sequence[V]:
        return self._all

    def having(self, values: Iterable[V]) -> int:
        """The set of the numbers that have one of these values."""
        asked = list(values)
        few = [number for value in asked for number in self._lists.get(value, ())]
        sets = [self._sets[value] for value in asked if value in self._sets]
        bits = bits_of(few, self._size)
        return bits | joined([reduce(or_, parts) for parts in zip(*sets, strict=True)]) if sets else bits

    @property
    def frequent(self) -> Set[V]:
        """The values that are kept as sets."""
        return self._sets.keys()

    def frequent_counts(self, chosen: Chosen) -> dict[V, int]:
        """{frequent value: how many of the chosen numbers have it}, zeros too."""
        return {value: chosen.number_of(parts) if chosen.total else 0 for value, parts in self._sets.items()}

    def counts(self, chosen: Chosen) -> dict[V, int]:
        """{value: how many of the chosen numbers have it}, without zeros."""
        return self.most(chosen, len(self._all), {})[0]

    def most(
        self, chosen: Chosen, top: int, others: Mapping[V, int], known: Known[V] | None = None
    ) -> tuple[dict[V, int], int]:
        """{value: how many of the chosen numbers have it} and how many values any of them has.

        Told are at least the `top` most frequent values and all that are as frequent as the last of these,
        and all of `others`, {value: how often it was found elsewhere}, which are added to the counts.
        """
        weighing = _Weighing(top, others)
        limits = known or Known(self._sizes, False)
        if chosen.total and self._codes and self._codes.cost(chosen) < self._cost(chosen, limits):
            # Others may come to be among the most frequent by what was found elsewhere.
            most, seen = self._codes.most(chosen, len(self._all) if others else top)
            weighing.told = {self._all[place]: number for place, number in most.items()}
            weighing.seen = seen - len(most)
        elif chosen.total:
            self._weigh_sets(chosen, weighing, limits)
            if self._layers and self._is_walk_shorter(chosen):
                weighing.told |= self._walked(chosen)
            else:
                self._weigh_lists(chosen, weighing)
        told = weighing.told
        for value, number in others.items():
            told[value] = told.get(value, 0) + number
        return told, len(told) + weighing.seen

    def _cost(self, chosen: Chosen, known: Known[V]) -> float:
        """About how many microseconds it takes to count what sets and lists have; what is known is not."""
        sets = 0 if known.are_counts else len(known.numbers)
        looks = chosen.length / chosen.total
        return sets * (10 + chosen.length * 7e-5) + len(self._lists) * (1 + looks / 10)

    def _is_walk_shorter(self, chosen: Chosen) -> bool:
        """Whether to go through the numbers or the values. A value is found after as many looks as there are
        numbers to one that is chosen; the weights are measured."""
        looks = chosen.length / chosen.total
        return chosen.total * 9 < len(self._values) * (20 + 4 * looks)

    def _walked(self, chosen: Chosen) -> dict[V, int]:
        """Of few numbers: one by one."""
        codes: Counter[int] = Counter()
        is_dense = chosen.total * 4 > chosen.length
        numbers = () if is_dense else numbers_of(chosen.bits)
        for layer in self._layers:
            if is_dense:
                codes.update(compress(layer[chosen.low : chosen.high], chosen.flags))
            else:
                codes.update(map(layer.__getitem__, numbers))
        for number in numbers_of(chosen.bits & self._with_more):
            codes.update(self._more[number])
        codes.pop(0, None)
        return {self._values[code - 1]: number for code, number in codes.items()}

    def _weigh_sets(self, chosen: Chosen, weighing: "_Weighing[V]", known: Known[V]) -> None:
        number_of, meets, are_counts = chosen.number_of, chosen.meets, known.are_counts
        for value, most in known.numbers.items():
            if weighing.matters(value, most):
                weighing.note(value, most if are_counts else number_of(self._sets[value]))
            elif are_counts or meets(self._sets[value]):
                weighing.seen += 1

    def _weigh_lists(self, chosen: Chosen, weighing: "_Weighing[V]") -> None:
        if chosen.is_narrow:
            self._weigh_near(chosen, weighing)
        elif self._lists:
            has, low = chosen.asked, chosen.low
            for value, numbers in self._lists.items():
                if weighing.matters(value, len(numbers)):
                    weighing.note(value, sum(map(has, numbers[bisect_left(numbers, low) :])))
                # From the end, since what is asked for mostly lies there: what is yet to come.
                elif numbers[-1] >= low and any(map(has, reversed(numbers))):
                    weighing.seen += 1

    def _weigh_near(self, chosen: Chosen, weighing: "_Weighing[V]") -> None:
        has, low, high = chosen.flags.__getitem__, chosen.low, chosen.high

        def inside() -> Iterable[int]:
            return map(has, map((-low).__add__, numbers[bisect_left(numbers, low) : end]))

        for value, numbers in self._lists.items():
            end = bisect_left(numbers, high)
            if end and (last := numbers[end - 1]) >= low:
                if weighing.matters(value, end):
                    weighing.note(value, sum(inside()))
                elif has(last - low) or any(inside()):
                    weighing.seen += 1


class _Weighing(Generic[V]):
    """Values are counted as long as one may be among the most frequent. Of the others nobody wants to know
    more than whether they are there: `seen` is how many are."""

    def __init__(self, top: int, others: Mapping[V, int]) -> None:
        self.told: dict[V, int] = {}
        self.seen = 0
        self._top, self._others = top, others
        self._best: list[int] = []

    def matters(self, value: V, size: int) -> bool:
        return len(self._best) < self._top or size >= self._best[0] or value in self._others

    def note(self, value: V, number: int) -> None:
        if number:
            self.told[value] = number
            insort(self._best, number + self._others.get(value, 0))
            del self._best[: -self._top]
