"""Numbers that were chosen, and how many of them another set has, which is kept in parts.

All of it is made once and never changed, so threads share it.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from lib.bits import flags_of, least_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A set is kept in parts of so many numbers. What is chosen mostly lies within one of them, and to look there,
# half of a large set would have to be copied each time.
_PART = 1 << 16
_OF_PART = (1 << _PART) - 1
Parts = Sequence[int]
# Whether a value is there at all, so many numbers mostly tell.
_HEAD = 16_384
# Places take eight bytes each, what is told of every number one.
_FEW = 4


def cut(bits: int, size: int) -> Parts:
    """The parts of a set of numbers below `size`."""
    return [bits >> start & _OF_PART for start in range(0, size, _PART)] if size > _PART else [bits]


def joined(parts: Parts) -> int:
    """The set that has these parts."""
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
        parts = cut(self.bits >> first * _PART, self.high - first * _PART)
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
    def places(self) -> "NDArray[Any]":
        """For NumPy: places counted from the smallest number where there are few of them, else whether each
        number up to the largest is among them."""
        import numpy

        held = (self.bits >> self.low).to_bytes((self.length + 7) // 8, "little")
        told = numpy.unpackbits(numpy.frombuffer(held, "u1"), count=self.length, bitorder="little").view(bool)
        return told.nonzero()[0] if self.total * _FEW < self.length else told

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
