"""Values of numbers that are compared with a limit, and found as sets (see `lib.bits`)."""

from array import array
from bisect import bisect_right
from itertools import accumulate, compress

from lib.bits import bits_of, flags_of, least_of, numbers_of


def values_at(column: "array[int]", bits: int) -> list[int]:
    """Those at the numbers of the set, in order."""
    low = least_of(bits)
    held = bits >> low
    length = held.bit_length()
    if held.bit_count() * 8 > length:
        return list(compress(column[low : low + length], flags_of(held)))
    return [column[number] for number in numbers_of(bits)]


class Column:
    """A value for each number, such as an instant. Values that roughly rise are compared block by block."""

    def __init__(self, values: "array[int]") -> None:
        self.values = values
        blocks = [values[start : start + _BLOCK] for start in range(0, len(values), _BLOCK)]
        self._least, self._most = [min(block) for block in blocks], [max(block) for block in blocks]
        # The most of a block and all before it, the least of a block and all behind it: both rise.
        self._most_yet = [*accumulate(self._most, max)]
        self._least_left = [*accumulate(reversed(self._least), min)][::-1]

    def above(self, limit: int) -> int:
        """The set of the numbers whose value is greater."""
        first, last = bisect_right(self._most_yet, limit), bisect_right(self._least_left, limit)
        found = []
        for place in range(first, last):
            if self._most[place] <= limit:
                found.append(_NONE)
            elif self._least[place] > limit:
                found.append(_ALL)
            else:
                found.append(self._some(place * _BLOCK, limit))
        # The last block may be shorter than a whole one.
        size = len(self.values)
        behind = (1 << size) - (1 << min(last * _BLOCK, size))
        return int.from_bytes(b"".join(found), "little") << first * _BLOCK | behind

    def _some(self, start: int, limit: int) -> bytes:
        block = self.values[start : start + _BLOCK]
        bits = bits_of([place for place, value in enumerate(block) if value > limit], len(block))
        return bits.to_bytes(_BLOCK // 8, "little")


_BLOCK = 1024
_NONE, _ALL = bytes(_BLOCK // 8), b"\xff" * (_BLOCK // 8)
