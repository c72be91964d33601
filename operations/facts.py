"""What the page of operations tells besides jobs: apps offer facts, each with a verdict."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lib.editing.forms import Text


@dataclass(frozen=True)
class Metric:
    """A gauge for monitoring. `samples` are {job: number}, or one number under an empty name."""

    name: str
    help: str
    samples: dict[str, float]


def metric(name: str, help_text: str, number: float) -> Metric:
    """One number; `name` as Prometheus wants it, with the unit, without the name of the software."""
    return Metric(name, help_text, {"": float(number)})


@dataclass(frozen=True)
class Fact:
    """`remedy` says what to do; a fact with one is a trouble."""

    label: Text
    value: Text
    remedy: Text = ""
    metric: Metric | None = None


Asked = Callable[[dt.datetime], Iterable[Fact]]

_offered: dict[str, Asked] = {}


def offer(name: str, asked: Asked) -> None:
    """`asked(at)` is called when the page is opened; a few quick queries at most."""
    _offered[name] = asked


def all_facts(at: dt.datetime) -> list[Fact]:
    return [fact for asked in _offered.values() for fact in asked(at)]
