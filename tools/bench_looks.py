"""What the looks at a thousand events of one month cost: list, month, year, map and the check of a date."""

import argparse
import cProfile
import datetime as dt
import os
import pstats
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from statistics import median
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.template import engines
from django.test import Client
from django.urls import reverse

from index.refresh import refresh_all
from tools import bench_crowd
from tools.bench_questions import database_clock

EVENTS = 1_000
YEAR, MONTH = 2031, 5
TIMES = 15
# The bars that each look is held to. Kilobytes of 1,000 bytes, compressed as they are sent.
QUERIES, MILLISECONDS, KILOBYTES = 12, 120, 60
# From this load on times say more of the neighbours than of us, and are shown alone.
QUIET = 2.0


@dataclass
class Cost:
    """Of one answer: milliseconds by the clock, of our processor and of the database; statements; size."""

    wall: float = 0.0
    own: float = 0.0
    sql: float = 0.0
    queries: int = 0
    kilobytes: float = 0.0

    @property
    def busy(self) -> float:
        """What the application takes on a machine of its own: it works, or waits for the database."""
        return self.own + self.sql


def main(arguments: list[str]) -> int:
    """Exit status 1 where a bar does not hold; times count only on a quiet machine."""
    parser = argparse.ArgumentParser(prog="dev.py bench looks", description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS, help=f"how many ({EVENTS})")
    parser.add_argument("--profile", metavar="LOOK", help="tell what one look spends its time on instead")
    options = parser.parse_args(arguments)
    call_command("load_catalogue", verbosity=0)
    refresh_all()
    bench_crowd.fill_month(options.events, dt.date(YEAR, MONTH, 1))
    if options.profile:
        return _profile(addresses()[options.profile])
    return _tell(options.events)


def addresses() -> dict[str, str]:
    """{look: address}; list and map are told the month's first day, so that they show these events alone."""
    since = f"?from={YEAR}-{MONTH:02}-01"
    check = f"?from={YEAR}-{MONTH:02}-13&to={YEAR}-{MONTH:02}-14&topic=ki&topic=digitale-souveraenitaet"
    return {
        "list": reverse("events:list") + since,
        "month": reverse("events:month", kwargs={"year": YEAR, "month": MONTH}),
        "year": reverse("events:year", kwargs={"year": YEAR}),
        "map": reverse("events:map") + since,
        "clash": reverse("events:clash") + f"{check}&near=Berlin&audience=municipal",
    }


def _tell(events: int) -> int:
    client, clock, broken = Client(headers={"accept-encoding": "gzip"}), database_clock(), []
    import_module("config.wsgi")  # as the web server sets itself up
    client.get("/healthz")  # the first request loads the middleware
    load = os.getloadavg()[0]
    print(f"{events} events in one month; ms of the first answer, and of {TIMES} later ones median and least")
    titles = ("", "queries", "own", "SQL", "sum", "least", "clock", "first", "kB")
    print("".join(f"{title:>9}" for title in titles))
    for name, path in addresses().items():
        first, *costs = (_cost(client, path, clock) for _time in range(TIMES + 1))
        own, sql, busy, wall = (_middle(costs, part) for part in ("own", "sql", "busy", "wall"))
        least = min(one.busy for one in costs)
        told = "".join(f"{figure:>9.0f}" for figure in (own, sql, busy, least, wall, first.busy))
        print(f"{name:>9}{costs[-1].queries:>9}{told}{costs[-1].kilobytes:>9.1f}", flush=True)
        broken += [f"{name}: {what}" for what in _broken(costs, load < QUIET)]
    print(f"{'at most':>9}{QUERIES:>9}{MILLISECONDS:>27}{KILOBYTES:>36}")
    compared = "times are compared" if load < QUIET else "too busy to compare times"
    print(f"yardstick: {_yardstick():.1f} ms for a template of 1,000 lines")
    print(f"load {load:.1f} at the beginning, {os.getloadavg()[0]:.1f} at the end: {compared}")
    print("\n".join(f"not held: {one}" for one in broken) or "all bars hold")
    return 1 if broken else 0


def _yardstick() -> float:
    """Milliseconds of our processor for the same work on every machine, the least of ten times."""
    template = engines["django"].from_string("{% for one in ones %}<li>{{ one.name }}</li>{% endfor %}")
    ones = [{"name": f"Tagung <{number}>"} for number in range(1_000)]
    times = []
    for _time in range(10):
        begun = time.process_time()
        template.render({"ones": ones})
        times.append(1000 * (time.process_time() - begun))
    return min(times)


def _middle(costs: Sequence[Cost], part: str) -> float:
    return median(getattr(one, part) for one in costs)


def _broken(costs: Sequence[Cost], is_quiet: bool) -> list[str]:
    told = [
        (costs[-1].queries, QUERIES, "queries"),
        (costs[-1].kilobytes, KILOBYTES, "kB"),
        (_middle(costs, "busy") if is_quiet else 0, MILLISECONDS, "ms"),
    ]
    return [f"{figure:.0f} {unit} of {most}" for figure, most, unit in told if figure > most]


def _cost(client: Client, path: str, clock: Callable[[], float]) -> Cost:
    cost = Cost()

    def asked(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        begun, busy = clock(), time.process_time()
        try:
            return execute(sql, params, many, context)
        finally:
            cost.sql += 1000 * (clock() - begun)
            # What waiting costs us counts as the database's.
            cost.own -= 1000 * (time.process_time() - busy)
            cost.queries += 1

    with connection.execute_wrapper(asked):
        begun, busy = time.perf_counter(), time.process_time()
        response = client.get(path)
        cost.own += 1000 * (time.process_time() - busy)
        cost.wall = 1000 * (time.perf_counter() - begun)
    if response.status_code != 200 or response.headers.get("Content-Encoding") != "gzip":
        raise RuntimeError(f"{path} answers with {response.status_code}, {response.headers}.")
    cost.kilobytes = len(response.content) / 1000
    return cost


def _profile(path: str) -> int:
    client = Client()
    client.get(path)
    profile = cProfile.Profile()
    with profile:
        for _time in range(5):
            client.get(path)
    for order in ("cumulative", "tottime"):
        pstats.Stats(profile).strip_dirs().sort_stats(order).print_stats(70)
    return 0
