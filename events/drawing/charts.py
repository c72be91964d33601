"""Charts of columns: numbers in, places and sizes out.

A number that is not known is None and no column at all; zero is a number and stands on the base line. Lengths
are units of a drawing that grows with its columns, so that words never run into each other.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 200  # from the base line to the highest tick
TOP = 24  # for the number above the highest column
FOOT = 28  # for the labels below the base line
LETTER = 8  # a digit or small letter of 14 units of height, with room to spare
GAP = 10
NARROWEST_STEP = 32
MOST_TICKS = 5


@dataclass(frozen=True)
class Stack:
    """What stands above one label: a number per kind, from the base line up; None where it is not known."""

    label: str
    values: tuple[int | None, ...]

    @property
    def total(self) -> int | None:
        known = [value for value in self.values if value is not None]
        return sum(known) if known else None


@dataclass(frozen=True)
class Part:
    kind: int
    value: int
    y: int
    height: int


@dataclass(frozen=True)
class Column:
    label: str
    total: int | None
    x: int
    width: int
    top: int
    parts: list[Part]

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def number_y(self) -> int:
        """Where the number stands, above the column."""
        return self.top - 6


@dataclass(frozen=True)
class Tick:
    value: int
    y: int


@dataclass(frozen=True)
class Chart:
    width: int
    left: int  # where the columns begin, right of the words at the ticks
    columns: list[Column]
    ticks: list[Tick]

    height = TOP + HEIGHT + FOOT
    base = TOP + HEIGHT
    label_y = TOP + HEIGHT + 20

    @property
    def rem(self) -> str:
        """The width in the measure that grows with the text."""
        return f"{self.width / 16:g}"

    @property
    def has_gaps(self) -> bool:
        return any(column.total is None for column in self.columns)


def columns(stacks: Sequence[Stack], longest: int = 0) -> Chart | None:
    """A column for each stack; nothing where fewer than two numbers are known.

    `longest` is the number of letters of the longest number as it will be written.
    """
    totals = [stack.total for stack in stacks if stack.total is not None]
    if len(totals) < 2:
        return None
    ticks = nice_ticks(max(totals))
    letters = max(longest, *(len(stack.label) for stack in stacks))
    step = max(NARROWEST_STEP, letters * LETTER + GAP)
    left = max(longest, len(str(ticks[-1]))) * LETTER + GAP
    return Chart(
        width=left + step * len(stacks) + GAP,
        left=left,
        columns=[_column(stack, left + step * place, step, ticks[-1]) for place, stack in enumerate(stacks)],
        ticks=[Tick(value, TOP + HEIGHT - round(value / ticks[-1] * HEIGHT)) for value in ticks],
    )


def _column(stack: Stack, x: int, step: int, highest: int) -> Column:
    """Its parts add up to the height of the whole: each is measured between two sums."""
    width = min(step - GAP, 44)
    parts, below = [], 0
    for kind, value in enumerate(stack.values):
        if value:
            low, high = (round(part / highest * HEIGHT) for part in (below, below + value))
            parts.append(Part(kind, value, TOP + HEIGHT - high, high - low))
            below += value
    top = TOP + HEIGHT - round(below / highest * HEIGHT)
    return Column(stack.label, stack.total, x + (step - width) // 2, width, top, parts)


def nice_ticks(highest: int) -> list[int]:
    """Even numbers from 0 to at least the highest, at steps of 1, 2 or 5 times a power of ten."""
    rough = max(highest, 1) / (MOST_TICKS - 1)
    power = 10 ** max(0, math.floor(math.log10(rough)))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    return list(range(0, math.ceil(max(highest, 1) / step) * step + 1, step))
