"""Sets of small whole numbers as the bits of one integer: united, cut and counted at the speed of memory.

What holds of many numbers is one such set; what few of them have is a list of numbers (see `Links`); what
is compared stands in columns (`lib.columns`). All of it is made once and never changed, so threads share it.
"""

import re
from array import array
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Set
from functools import cached_property, reduce
from itertools import compress
from operator import or_
from typing import Generic, NamedTuple, TypeVar

V = TypeVar("V", bound=Hashable)

_DIGITS = bytes([48, 49]) + bytes(254)
_TRUTH = bytes(49) + b"\x01" + bytes(206)
_SOME = re.compile(rb"[^\0]")
_IN_BYTE = [[place for place in range(8) if byte >> place & 1] for byte in range(256)]


def bits_of(numbers: Collection[int], size: int) -> int:
    """The set of these numbers, each below `size`; what is just `size` means none."""
    if len(numbers) * 16 < size:
        told = bytearray(size // 8 + 1)
        for number in numbers:
            told[number >> 3] |= 1 << (number & 7)
        return int.from_bytes(told, "little") & ((1 << size) - 1)
    flags = bytearray(size + 1)
    for number in numbers:
        flags[number] = 1
    return int(flags[size - 1 :: -1].translate(_DIGITS), 2) if size else 0


def flags_of(bits: int) -> bytes:
    """A byte for each number up to the largest: 1 if it is in the set, else 0."""
    return f"{bits:b}"[::-1].encode().translate(_TRUTH)


def numbers_of(bits: int) -> list[int]:
    """In order."""
    low = least_of(bits)
    held = bits >> low
    if held.bit_count() * 8 > held.bit_length():
        return list(compress(range(low, bits.bit_length()), flags_of(held)))
    told = _bytes(held)
    return [
        low + 8 * found.start() + place
        for found in _SOME.finditer(told)
        for place in _IN_BYTE[told[found.start()]]
    ]


def part_of(bits: int, first: int, last: int) -> list[int]:
    """The numbers from place `first` up to, but not with, place `last` of the set in order."""
    told, seen, found = _bytes(bits), 0, []
    for start in range(0, len(told), _PIECE):
        piece = int.from_bytes(told[start : start + _PIECE], "little")
        held = piece.bit_count()
        if seen + held > first:
            inside = numbers_of(piece)[max(first - seen, 0) : last - seen]
            found += [8 * start + number for number in inside]
        seen += held
        if seen >= last:
            break
    return found


def membership(bits: int) -> Callable[[int], int]:
    """Tells whether a number is in the set, as 1 or 0."""
    told = _bytes(bits)
    size = 8 * len(told)
    return lambda number: told[number >> 3] >> (number & 7) & 1 if number < size else 0


def least_of(bits: int) -> int:
    """The smallest number of the set; 0 of none."""
    return max((bits & -bits).bit_length() - 1, 0)


def _bytes(bits: int) -> bytes:
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


# Bytes that are counted at a time while a place is looked for.
_PIECE = 512
_HEAD = (1 << 16_384) - 1


class Chosen:
    """A set of numbers below `size`, and what is worked out of it once for all that count in it."""

    def __init__(self, bits: int, size: int) -> None:
        self.bits, self._size = bits, size

    @cached_property
    def total(self) -> int:
        return self.bits.bit_count()

    @cached_property
    def low(self) -> int:
        """The smallest number in the set."""
        return least_of(self.bits)

    @cached_property
    def length(self) -> int:
        """From the smallest number to the largest, both included."""
        return self.bits.bit_length() - self.low

    @cached_property
    def shared(self) -> Callable[[int], int]:
        """Cuts another set with this one, and tells as many numbers as both have, whichever these are.

        What lies around this set need not be gone through; but to leave out what is below costs a copy of all
        above. The weight is measured.
        """
        bits, low = self.bits, self.low
        if low < self.length:
            return bits.__and__
        if low + 3 * self.length < 3 * (self._size - low):
            return lambda other: (other & bits) >> low
        trimmed = bits >> low
        return lambda other: other >> low & trimmed

    @cached_property
    def head(self) -> int:
        """The beginning of the set, which mostly tells whether a value is there at all."""
        return self.bits & _HEAD << self.low

    @cached_property
    def asked(self) -> Callable[[int], int]:
        """Tells whether a number is in the set, as 1 or 0."""
        return flags_of(self.bits).ljust(self._size, b"\0").__getitem__

    @cached_property
    def numbers(self) -> list[int]:
        return numbers_of(self.bits)


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
        self._sets: dict[V, int] = {}
        found: list[tuple[V, array[int]]] = []
        for value, numbers in lists:
            if len(numbers) * _RARE < size:
                if few := array("I", sorted({*numbers} - {size})):
                    found.append((value, few))
            elif bits := bits_of(numbers, size):
                self._sets[value] = bits
        found.sort(key=lambda one: -len(one[1]))
        for value, numbers in found[: max(_MOST_SETS - len(self._sets), 0)]:
            if len(numbers) * _RARER > size:
                self._sets[value] = bits_of(numbers, size)
        # The most frequent first: see `_weighed`.
        self._lists = {value: numbers for value, numbers in found if value not in self._sets}
        sizes = [(bits.bit_count(), value) for value, bits in self._sets.items()]
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
        return reduce(or_, sets, bits_of(few, self._size) if few else 0)

    @property
    def frequent(self) -> Set[V]:
        """The values that are kept as sets."""
        return self._sets.keys()

    def frequent_counts(self, chosen: Chosen) -> dict[V, int]:
        """{frequent value: how many of the chosen numbers have it}, zeros too."""
        return {value: chosen.shared(held).bit_count() for value, held in self._sets.items()}

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
        for layer in self._layers:
            codes.update(map(layer.__getitem__, chosen.numbers))
        for number in numbers_of(chosen.bits & self._with_more):
            codes.update(self._more[number])
        codes.pop(0, None)
        return {self._values[code - 1]: number for code, number in codes.items()}

    def _weigh_sets(self, chosen: Chosen, weighing: "_Weighing[V]", known: Known[V]) -> None:
        shared, head, are_counts = chosen.shared, chosen.head, known.are_counts
        for value, most in known.numbers.items():
            if weighing.matters(value, most):
                weighing.note(value, most if are_counts else shared(self._sets[value]).bit_count())
            elif are_counts or (held := self._sets[value]) & head or shared(held):
                weighing.seen += 1

    def _weigh_lists(self, chosen: Chosen, weighing: "_Weighing[V]") -> None:
        if not self._lists:
            return
        has, low = chosen.asked, chosen.low
        for value, numbers in self._lists.items():
            if weighing.matters(value, len(numbers)):
                weighing.note(value, sum(map(has, numbers[bisect_left(numbers, low) :])))
            # From the end, since what is asked for mostly lies there: what is yet to come.
            elif numbers[-1] >= low and any(map(has, reversed(numbers))):
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
