"""Sets of small whole numbers as the bits of one integer: united, cut and counted at the speed of memory.

What values numbers have is told in `lib.links`, what is compared stands in columns (`lib.columns`). All of it
is made once and never changed, so threads share it.
"""

import re
from collections.abc import Callable, Collection
from itertools import compress

_DIGITS = bytes([48, 49]) + bytes(254)
_TRUTH = bytes(49) + b"\x01" + bytes(206)
_SOME = re.compile(rb"[^\0]")
_IN_BYTE = [[place for place in range(8) if byte >> place & 1] for byte in range(256)]


def bits_of(numbers: Collection[int], size: int) -> int:
    """The set of these numbers, each below `size`; what is just `size` means none."""
    if not numbers:
        return 0
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
