"""Bars of equal width side by side, one for each week: where each stands and how high it is."""

from collections.abc import Sequence
from dataclasses import dataclass

# Units of the drawing; the page stretches it to its width.
STEP, GAP, HEIGHT = 10, 2, 60
# A week with anything at all stays visible.
LOWEST = 2


@dataclass(frozen=True)
class Bar:
    x: int
    y: float
    width: int
    height: float


def bars(loads: Sequence[float]) -> list[Bar]:
    """A bar for each load, the highest as high as the drawing."""
    highest = max(loads, default=0) or 1
    return [_bar(number, load / highest) for number, load in enumerate(loads)]


def _bar(number: int, share: float) -> Bar:
    height = max(LOWEST, round(share * HEIGHT, 1)) if share else 0
    return Bar(number * STEP + GAP // 2, HEIGHT - height, STEP - GAP, height)


def width(loads: Sequence[float]) -> int:
    return len(loads) * STEP
