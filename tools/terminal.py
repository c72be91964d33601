"""How dev.py speaks: one line per step with its time, and problems that say what to do."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Problem(Exception):
    """Something a person must put right: what is wrong, and what to do about it."""

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(f"{wrong}\n{remedy}")
        self.wrong = wrong
        self.remedy = remedy


def say(text: str = "") -> None:
    # stderr, so that `dev.py manage dumpdata > file` keeps its output clean
    print(text, file=sys.stderr, flush=True)


def tell_problem(problem: Problem) -> None:
    say(f"\nThis did not work: {problem.wrong}")
    say(f"What to do: {problem.remedy}")


@contextmanager
def step(title: str) -> Iterator[None]:
    """Announces a step that may take a while, and says afterwards how long it took."""
    print(f"  {title} …", end="", file=sys.stderr, flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        say(" failed")
        raise
    say(f" {time.monotonic() - started:.1f} s")
