"""What one answer of the site costs, told apart by who did the work."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection
from django.template import engines
from django.test import Client

from tools.postgres import owner_of

# From this load on times say more of the neighbours than of us.
QUIET = 2.0
Clock = Callable[[], float]


@dataclass
class Cost:
    """Of one answer: milliseconds of the clock, of our processor and of the database; statements; size."""

    wall: float = 0.0
    own: float = 0.0
    sql: float = 0.0
    body: bytes = b""
    statements: list[str] = field(default_factory=list)

    @property
    def busy(self) -> float:
        """What the application takes on a machine of its own: it works, or waits for the database."""
        return self.own + self.sql

    @property
    def queries(self) -> int:
        return len(self.statements)

    @property
    def kilobytes(self) -> float:
        return len(self.body) / 1000


def cost_of(client: Client, path: str, clock: Clock, query: dict[str, str] | None = None) -> Cost:
    """Fetches the page, all pieces of it; an error where it does not answer with 200."""
    cost = Cost()
    with _noted(cost, clock):
        response: Any = client.get(path, query)
        if response.streaming:
            cost.body = b"".join(response.streaming_content)
    if response.status_code != 200:
        raise RuntimeError(f"{path} {query or ''} answers with {response.status_code}.")
    cost.body = cost.body or response.content
    return cost


def cost_of_call(act: Callable[[], object], clock: Clock) -> Cost:
    """The same of whatever asks the database."""
    cost = Cost()
    with _noted(cost, clock):
        act()
    return cost


@contextmanager
def _noted(cost: Cost, clock: Clock) -> Iterator[None]:
    def asked(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        begun, busy = clock(), time.process_time()
        try:
            return execute(sql, params, many, context)
        finally:
            cost.sql += 1000 * (clock() - begun)
            # Sending, waiting and receiving counts as the database's.
            cost.own -= 1000 * (time.process_time() - busy)
            cost.statements.append(sql)

    # What else would ask by the driver's own cursor then comes by Django's, and is counted.
    connection.force_debug_cursor, before = True, connection.force_debug_cursor
    with connection.execute_wrapper(asked):
        begun, busy = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            connection.force_debug_cursor = before
        cost.own += 1000 * (time.process_time() - busy)
        cost.wall = 1000 * (time.perf_counter() - begun)


def postmaster() -> int:
    """The number of the database's first process; an error where it does not run on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        found = owner_of(Path(cursor.fetchone()[0]))
    assert found is not None, "The database's process is not to be seen."
    return found


def database_clock() -> Clock:
    """Seconds: the processor time of the database's process where it can be read, else that of the wall."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        told = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    if not told.exists():
        return time.perf_counter
    return lambda: int(told.read_text().split()[0]) / 1e9


def middle(costs: Sequence[Cost], part: str) -> float:
    return median(getattr(one, part) for one in costs)


def load() -> float:
    """How many processes want the processors just now."""
    return os.getloadavg()[0]


def yardstick() -> float:
    """Milliseconds of our processor for the same work on every machine, the least of ten times."""
    template = engines["django"].from_string("{% for one in ones %}<li>{{ one.name }}</li>{% endfor %}")
    ones = [{"name": f"Tagung <{number}>"} for number in range(1_000)]
    times = []
    for _time in range(10):
        begun = time.process_time()
        template.render({"ones": ones})
        times.append(1000 * (time.process_time() - begun))
    return min(times)
