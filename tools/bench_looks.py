"""What the looks at a thousand events of one month cost: list, month, year, map and the check of a date."""

import argparse
import cProfile
import datetime as dt
import pstats
from collections.abc import Sequence
from importlib import import_module

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from index.refresh import refresh_all
from tools import bench_crowd
from tools.measuring import QUIET, Cost, cost_of, database_clock, load, middle, yardstick

EVENTS = 1_000
YEAR, MONTH = 2031, 5
TIMES = 15
# The bars that each look is held to. Kilobytes of 1,000 bytes, compressed as they are sent.
QUERIES, MILLISECONDS, KILOBYTES = 12, 120, 60


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
    begun = load()
    print(f"{events} events in one month; ms of the first answer, and of {TIMES} later ones median and least")
    titles = ("", "queries", "own", "SQL", "sum", "least", "clock", "first", "kB")
    print("".join(f"{title:>9}" for title in titles))
    for name, path in addresses().items():
        first, *costs = (cost_of(client, path, clock) for _time in range(TIMES + 1))
        own, sql, busy, wall = (middle(costs, part) for part in ("own", "sql", "busy", "wall"))
        least = min(one.busy for one in costs)
        told = "".join(f"{figure:>9.0f}" for figure in (own, sql, busy, least, wall, first.busy))
        print(f"{name:>9}{costs[-1].queries:>9}{told}{costs[-1].kilobytes:>9.1f}", flush=True)
        broken += [f"{name}: {what}" for what in _broken(costs, begun < QUIET)]
    print(f"{'at most':>9}{QUERIES:>9}{MILLISECONDS:>27}{KILOBYTES:>36}")
    compared = "times are compared" if begun < QUIET else "too busy to compare times"
    print(f"yardstick: {yardstick():.1f} ms for a template of 1,000 lines")
    print(f"load {begun:.1f} at the beginning, {load():.1f} at the end: {compared}")
    print("\n".join(f"not held: {one}" for one in broken) or "all bars hold")
    return 1 if broken else 0


def _broken(costs: Sequence[Cost], is_quiet: bool) -> list[str]:
    told = [
        (costs[-1].queries, QUERIES, "queries"),
        (costs[-1].kilobytes, KILOBYTES, "kB"),
        (middle(costs, "busy") if is_quiet else 0, MILLISECONDS, "ms"),
    ]
    return [f"{figure:.0f} {unit} of {most}" for figure, most, unit in told if figure > most]


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
