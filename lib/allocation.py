"""What the C library (glibc) does with memory; elsewhere none of this does anything."""

import ctypes
from typing import Any

# mallopt(3)
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_MEGABYTE = 1024 * 1024


def be_frugal() -> None:
    """For a process of many threads, before they begin.

    Each thread would get a heap of its own, where what is large and short-lived (a page, the numbers of a
    list) leaves holes that no other thread fills: a third of what a worker took. Python lets one thread work
    at a time, so that one heap for all makes nobody wait. Blocks beyond a megabyte go back as soon as they
    are free; else the library learns to keep ever larger ones.
    """
    if set_option := _function("mallopt"):
        set_option(_ARENA_MAX, 1)
        set_option(_MMAP_THRESHOLD, _MEGABYTE)
        set_option(_TRIM_THRESHOLD, 2 * _MEGABYTE)


def give_back() -> None:
    """What is free goes back to the system, where it lies between what is not, too. Takes milliseconds."""
    if trim := _function("malloc_trim"):
        trim(0)


def _function(name: str) -> Any:
    return getattr(ctypes.CDLL(None), name, None)
