"""How quickly the search answers the judged questions, on its page and as suggestions, among many events."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

# Each question is asked so often; what took least counts, since other work on the machine only adds.
TIMES = 3
# Letters after which suggestions are looked for.
TYPED = (1, 2, 3, 5, 8)


@dataclass
class Cost:
    """Of one answer: milliseconds of our processor and of the database, and statements."""

    own: float = 0.0
    sql: float = 0.0
    statements: int = 0

    @property
    def all(self) -> float:
        return self.own + self.sql


def measure(questions: Sequence[str]) -> Iterator[str]:
    """Lines of a table. The first answer to a question knows nothing, later ones what was kept since."""
    client, clock = Client(), database_clock()
    search, suggestions = reverse("search:search"), reverse("search:suggestions")
    pages = {q: [_cost(client, search, q, clock) for _time in range(TIMES)] for q in questions}
    starts = sorted({q[:letters] for q in questions for letters in TYPED})
    typed = [min((_cost(client, suggestions, q, clock) for _time in range(TIMES)), key=_all) for q in starts]
    yield f"load {os.getloadavg()[0]:.1f}; milliseconds of processor time"
    yield f"{'':<26}{'median':>8}{'95 %':>8}{'SQL':>8}{'95 %':>8}{'statements':>12}"
    yield _row("search page", [min(some, key=_all) for some in pages.values()])
    yield _row("search page, first time", [some[0] for some in pages.values()])
    yield _row("suggestions", typed)
    slowest = sorted(pages, key=lambda q: -min(map(_all, pages[q])))[:5]
    told = (f"{q} {min(map(_all, pages[q])):.0f}" for q in slowest)
    yield f"slowest: {', '.join(told)}"


def _all(cost: Cost) -> float:
    return cost.all


def _row(name: str, costs: Sequence[Cost]) -> str:
    told = [_part(costs, lambda cost: cost.all), _part(costs, lambda cost: cost.sql)]
    figures = "".join(f"{figure:>8.1f}" for both in told for figure in both)
    return f"{name:<26}{figures}{max(cost.statements for cost in costs):>12}"


def _part(costs: Sequence[Cost], part: Callable[[Cost], float]) -> tuple[float, float]:
    figures = sorted(map(part, costs))
    return median(figures), figures[min(len(figures) - 1, int(0.95 * len(figures)))]


def _cost(client: Client, path: str, q: str, clock: Callable[[], float]) -> Cost:
    cost = Cost()

    def asked(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        begun, busy = clock(), time.process_time()
        try:
            return execute(sql, params, many, context)
        finally:
            cost.sql += 1000 * (clock() - begun)
            # Waiting is no work, sending and receiving is little, and counts as the database's.
            cost.own -= 1000 * (time.process_time() - busy)
            cost.statements += 1

    with connection.execute_wrapper(asked):
        begun = time.process_time()
        response = client.get(path, {"q": q})
        cost.own += 1000 * (time.process_time() - begun)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers “{q}” with {response.status_code}.")
    return cost


def database_clock() -> Callable[[], float]:
    """Seconds: the processor time of the database's process where it can be read, else that of the wall."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        told = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    if not told.exists():
        return time.perf_counter
    return lambda: int(told.read_text().split()[0]) / 1e9
