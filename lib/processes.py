"""Work shared among processes, each with Django and a connection to the same database of its own."""

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TypeVar

import django
from django.db import connection

T = TypeVar("T")
R = TypeVar("R")


def shared(work: Callable[[T], R], items: Iterable[T], jobs: int) -> Iterator[R]:
    """Results in the order in which they come; the first error ends all. `work` is a function of a module."""
    context = multiprocessing.get_context("spawn")
    database = connection.settings_dict["NAME"]
    with ProcessPoolExecutor(jobs, context, _begin, (database,)) as processes:
        try:
            for done in as_completed([processes.submit(work, item) for item in items]):
                yield done.result()
        finally:
            processes.shutdown(cancel_futures=True)


def _begin(database: str) -> None:
    """Tests work on a database that the settings do not know."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    django.setup()
    # What is loaded stays; looking through it and through rows again and again took half the time of reading.
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    connection.settings_dict["NAME"] = database


def _end_with_parent() -> None:
    """Whoever waits for work would wait for ever if nobody is left to give any."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
