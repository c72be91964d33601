"""Work shared among processes, each with Django and a connection to the same database of its own."""

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any, TypeVar

import django
from django.db import connection, connections

T = TypeVar("T")
R = TypeVar("R")

# What has been loaded is there at once; elsewhere than on Linux system libraries do not bear it.
_WAY = "fork" if sys.platform == "linux" else "spawn"
_inherited: list[Any] = []


def shared(work: Callable[[T], R], items: Iterable[T], jobs: int) -> Iterator[R]:
    """Results in the order in which they come; the first error ends all.

    `work` is a function of a module. For commands, not for a server: the process must have no other threads.
    """
    # What is loaded stays; looking through it and through rows again and again took half the time of reading.
    gc.freeze()
    with beside(jobs) as processes:
        try:
            for done in as_completed([processes.submit(work, item) for item in items]):
                yield done.result()
        finally:
            processes.shutdown(cancel_futures=True)


def beside(jobs: int) -> ProcessPoolExecutor:
    """So many processes, begun when they are first given work, which end with this one. As above."""
    database = connection.settings_dict["NAME"]
    return ProcessPoolExecutor(jobs, multiprocessing.get_context(_WAY), _begin, (database,))


def _begin(database: str) -> None:
    """Tests work on a database that the settings do not know."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if _WAY == "spawn":
        django.setup()
        gc.freeze()
    for alias in list(connections):
        # The parent's own: closing it here, or dropping it, would end the session over there.
        _inherited.append(connections[alias])
        del connections[alias]
    gc.set_threshold(100_000, 20, 100)
    connection.settings_dict["NAME"] = database


def _end_with_parent() -> None:
    """Whoever waits for work would wait for ever if nobody is left to give any."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
