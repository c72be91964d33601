"""Which values numbers have, and how many of some chosen numbers have each of them.

What holds of many numbers is a set of bits (`lib.bits`), what few of them have is a list. All of it is made
once and never changed, so threads share it.
"""

from array import array
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence, Set
from functools import cached_property, reduce
from itertools import compress, zip_longest
from operator import or_
from typing import Generic, NamedTuple, TypeVar

from lib.bits import bits_of, flags_of, least_of, numbers_of

V = TypeVar("V", bound=Hashable)

# A set is kept in parts of so many numbers. What is chosen mostly lies within one of them, and to look there,
# half of a large set would have to be copied each time.
_PART = 1 << 16
_OF_PART = (1 << _PART) - 1
Parts = Sequence[int]
# Whether a value is there at all, so many numbers mostly tell.
_HEAD = 16_384


def _cut(bits: int, size: int) -> Parts:
    return [bits >> start & _OF_PART for start in range(0, size, _PART)] if size > _PART else [bits]


def _joined(parts: Parts) -> int:
    size = _PART
    while len(parts) > 1:
        pairs = zip_longest(parts[::2], parts[1::2], fillvalue=0)
        parts, size = [low | high << size for low, high in pairs], 2 * size
    return parts[0]


class Chosen:
    """A set of numbers below `size`, and what all that count in it need of it."""

    def __init__(self, bits: int, size: int) -> None:
        self.bits, self.size = bits, size

    @cached_property
    def total(self) -> int:
        return self.bits.bit_count()

    @cached_property
    def low(self) -> int:
        """The smallest number in the set."""
        return least_of(self.bits)

    @cached_property
    def high(self) -> int:
        """The one behind the largest."""
        return self.bits.bit_length()

    @cached_property
    def length(self) -> int:
        return self.high - self.low

    @cached_property
    def _parts(self) -> list[tuple[int, int]]:
        """(place, numbers) of the parts in which there are some."""
        first = self.low // _PART
        parts = _cut(self.bits >> first * _PART, self.high - first * _PART)
        return [(place, part) for place, part in enumerate(parts, first) if part]

    @cached_property
    def number_of(self) -> Callable[[Parts], int]:
        """Tells how many of these numbers another set has, which is given in parts."""
        cuts = [(place, _shared(part, min(self.size, _PART))) for place, part in self._parts]
        if len(cuts) > 1:
            return lambda parts: sum([shared(parts[place]).bit_count() for place, shared in cuts])
        ((place, shared),) = cuts
        return lambda parts: shared(parts[place]).bit_count()

    @cached_property
    def meets(self) -> Callable[[Parts], int]:
        """Tells whether another set, given in parts, has any of these numbers; its beginning mostly tells."""
        number_of, (place, part) = self.number_of, self._parts[0]
        if self.length <= _HEAD:
            return number_of
        head = part & (1 << _HEAD) - 1 << least_of(part)
        return lambda parts: parts[place] & head or number_of(parts)

    @property
    def is_narrow(self) -> bool:
        """Whether much is saved by looking at nothing but what lies around these numbers."""
        return self.length * 4 < self.size

    @cached_property
    def asked(self) -> Callable[[int], int]:
        """Tells whether a number is in the set, as 1 or 0."""
        return flags_of(self.bits).ljust(self.size, b"\0").__getitem__

    @cached_property
    def flags(self) -> bytes:
        """The same for each number from the smallest to the largest."""
        return flags_of(self.bits >> self.low)


def _shared(bits: int, size: int) -> Callable[[int], int]:
    """Cuts another set below `size` with this one: as many numbers as both have, whichever these are.

    What lies around this set need not be gone through; but to leave out what is below costs a copy of all
    above. The weight is measured.
    """
    low = least_of(bits)
    length = bits.bit_length() - low
    if low < length:
        return bits.__and__
    if low + 3 * length < 3 * (size - low):
        return lambda other: (other & bits) >> low
    trimmed = bits >> low
    return lambda other: other >> low & trimmed


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
                self._sets[value] = _cut(bits, size)
        found.sort(key=lambda one: -len(one[1]))
        for value, numbers in found[: max(_MOST_SETS - len(self._sets), 0)]:
            if len(numbers) * _RARER > size:
                self._sets[value] = _cut(bits_of(numbers, size), size)
        # The most frequent first: see `_weighed`.
        self._lists = {value: numbers for value, numbers in found if value not in self._sets}
        sizes = [(sum(part.bit_count() for part in parts), value) for value, parts in self._sets.items()]
        self._sizes = {value: number for number, value in sorted(sizes, key=lambda one: -one[0])}
        self._values = list(self._lists)
        self._layers: list[array[int]] = []
        self._more: dict[int, list[int]] = {}
        if sum(map(len, self._lists.values())) * _WORTH > size:
            self._lay()
        self._with_more = bits_of(self._more, size)

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
    def values(self) -> Iterable[V]:
        return [*self._sets, *self._lists]

    def having(self, values: Iterable[V]) -> int:
        """The set of the numbers that have one of these values."""
        asked = list(values)
        few = [number for value in asked for number in self._lists.get(value, ())]
        sets = [self._sets[value] for value in asked if value in self._sets]
        bits = bits_of(few, self._size)
        return bits | _joined([reduce(or_, parts) for parts in zip(*sets, strict=True)]) if sets else bits

    @property
    def frequent(self) -> Set[V]:
        """The values that are kept as sets."""
        return self._sets.keys()

    def frequent_counts(self, chosen: Chosen) -> dict[V, int]:
        """{frequent value: how many of the chosen numbers have it}, zeros too."""
        return {value: chosen.number_of(parts) if chosen.total else 0 for value, parts in self._sets.items()}

    def counts(self, chosen: Chosen) -> dict[V, int]:
        """{value: how many of the chosen numbers have it}, without zeros."""
        return self.most(chosen, len(self._values) + len(self._sets), {})[0]

    def most(
        self, chosen: Chosen, top: int, others: Mapping[V, int], known: Known[V] | None = None
    ) -> tuple[dict[V, int], int]:
        """{value: how many of the chosen numbers have it} and how many values any of them has.

        Told are at least the `top` most frequent values and all that are as frequent as the last of these,
        and all of `others`, {value: how often it was found elsewhere}, which are added to the counts.
        """
        weighing = _Weighing(top, others)
        if chosen.total:
            self._weigh_sets(chosen, weighing, known or Known(self._sizes, False))
            if self._layers and self._is_walk_shorter(chosen):
                weighing.told |= self._walked(chosen)
            else:
                self._weigh_lists(chosen, weighing)
        told = weighing.told
        for value, number in others.items():
            told[value] = told.get(value, 0) + number
        return told, len(told) + weighing.seen

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
