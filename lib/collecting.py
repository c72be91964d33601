"""Python's search for what only refers to itself, while much is made that does not."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (100_000, 20, 100)


@contextmanager
def seldom() -> Iterator[None]:
    """For commands that make millions of values: looking through them again takes a fifth of their time.

    Memory is freed as ever, but for what refers to itself.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
