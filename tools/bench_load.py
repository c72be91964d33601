"""A large exchange file loaded into an empty database, history and all, by the command that operators use."""

import argparse
import datetime as dt
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.core.management import call_command

from events.models import Event
from tools import bench_crowd, measuring
from tools.speed.serving import database_busy

_TODAY = dt.date(2026, 11, 22)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench load", description=__doc__)
    parser.add_argument("--events", type=int, default=10_000, help="beside the real ones (10000)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "catalogue.json"
        _write(file, options.events)
        size, slow = file.stat().st_size / 1e6, measuring.yardstick()
        print(f"{size:.0f} MB; yardstick {slow:.1f} ms, 2.6 on a quiet machine; {os.cpu_count()} cores")
        print("            events  seconds  events/s  ours  database  events/busy s  memory  load")
        for what in ("new", "once more"):
            _load(what, file)
    return 0


def _write(file: Path, events: int) -> None:
    """The real catalogue with so many invented events, dumped; the database is empty again afterwards."""
    call_command("load_catalogue", verbosity=0)
    bench_crowd.fill(events, _TODAY)
    call_command("dump_catalogue", output=file)
    call_command("flush", interactive=False, verbosity=0)


def _load(what: str, file: Path) -> None:
    server = measuring.postmaster()
    start, before, database = time.perf_counter(), _busy(), database_busy(server)
    subprocess.run(
        [sys.executable, "manage.py", "load_catalogue", str(file)], check=True, capture_output=True
    )
    seconds, database = time.perf_counter() - start, database_busy(server) - database
    ours, events = _busy() - before, Event.objects.count()
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    print(
        f"{what:<11} {events:>7} {seconds:>8.1f} {events / seconds:>9.0f} {ours:>5.1f} {database:>9.1f} "
        f"{events / (ours + database):>14.0f} {memory:>4.0f} MB {measuring.load():>5.1f}",
        flush=True,
    )


def _busy() -> float:
    """Processor seconds of the commands that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
