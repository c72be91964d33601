"""The search's index made anew: entries a second, of the clock and of the processors' time."""

import argparse
import datetime as dt
import os
import resource
import time

from django.core.management import call_command

from index.rebuilding import rebuild
from tools import bench_crowd, bench_events, measuring
from tools.speed.serving import database_busy

_TODAY = dt.date(2026, 11, 22)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench index", description=__doc__)
    parser.add_argument("--events", type=int, default=20_000, help="how many (20000)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (one for each core)")
    parser.add_argument(
        "--crowd", action="store_true", help="longer ones with more links, made of the real catalogue's"
    )
    options = parser.parse_args(arguments)
    if options.crowd:
        call_command("load_catalogue", verbosity=0)
        bench_crowd.fill(options.events, _TODAY)
    else:
        bench_events.fill(options.events)
    print(f"{options.events} events by {options.jobs} processes, {os.cpu_count()} cores")
    print("             seconds  entries/s  busy: ours  database  entries/busy s  load", flush=True)
    server = measuring.postmaster()
    for what in ("first time", "again"):
        start, busy, database = time.perf_counter(), _busy(), database_busy(server)
        entries = rebuild(jobs=options.jobs)
        seconds, busy, database = (
            time.perf_counter() - start,
            _busy() - busy,
            database_busy(server) - database,
        )
        print(
            f"{what:<12} {seconds:>7.1f} {entries / seconds:>10.0f} {busy:>11.1f} {database:>9.1f} "
            f"{entries / (busy + database):>15.0f} {os.getloadavg()[0]:>5.1f}",
            flush=True,
        )
    return 0


def _busy() -> float:
    """Processor seconds of this process and of those it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
