"""The search's index made anew: entries a second, into an empty index and over one that says the same."""

import argparse
import os
import resource
import time

from index.models import Document
from index.rebuilding import rebuild
from tools import bench_events


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench index", description=__doc__)
    parser.add_argument("--events", type=int, default=20_000, help="how many (20000)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (one for each core)")
    options = parser.parse_args(arguments)
    bench_events.fill(options.events)
    print(f"{options.events} events by {options.jobs} processes; load {os.getloadavg()[0]:.1f} before")
    print("                seconds  entries/s  processor (of ours, without the database)", flush=True)
    Document.objects.all().delete()
    for what in ("empty index", "unchanged"):
        start, busy = time.perf_counter(), _busy()
        entries = rebuild(jobs=options.jobs)
        seconds = time.perf_counter() - start
        print(f"{what:<14} {seconds:>8.1f} {entries / seconds:>10.0f} {_busy() - busy:>10.1f}", flush=True)
    return 0


def _busy() -> float:
    """Processor seconds of this process and of those it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
