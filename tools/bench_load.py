"""A large exchange file loaded into databases that nobody has used, history and all.

By itself, and by the command that operators use, which reads all of it for the search as well.
"""

import argparse
import datetime as dt
import io
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from django.core.management import call_command
from django.db import connection

from events.models import Event
from tools import bench_crowd, measuring
from tools.speed.serving import database_busy

_TODAY = dt.date(2026, 11, 22)
# What it tells is of the load, without the start of Python.
_ALONE = (
    "import sys, time, django; django.setup(); from pathlib import Path; from catalogue import loading; "
    "begun, busy = time.perf_counter(), time.process_time(); loading.load_file(Path(sys.argv[1])); "
    "print(time.perf_counter() - begun, time.process_time() - busy)"
)
_QUIET = 2.6
_PAUSE = 0.1


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench load", description=__doc__)
    parser.add_argument("--events", type=int, default=10_000, help="beside the real ones (10000)")
    parser.add_argument("--alone", action="store_true", help="without the search's reading")
    options = parser.parse_args(arguments)
    # A table that was filled once and emptied keeps what the planner knows of it: it would flatter.
    fresh = [_copy("fresh"), _copy("fresh_for_the_command")]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "catalogue.json"
        events = _write(file, options.events)
        print(f"{events} events, {file.stat().st_size / 1e6:.0f} MB; {os.cpu_count()} cores")
        print("             seconds  events/s   ours  database  busy/s  at 2.6  yardstick  memory  load")
        _load("load alone", [sys.executable, "-c", _ALONE, str(file)], fresh[0], events)
        command = [sys.executable, "manage.py", "load_catalogue", str(file)]
        for what in () if options.alone else ("command", "once more"):
            _load(what, command, fresh[1], events)
    return 0


def _copy(name: str) -> str:
    """The address of a copy of the database, which is empty."""
    with connection.cursor() as cursor:
        own = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {own}")
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _write(file: Path, events: int) -> int:
    """The real catalogue with so many invented events, dumped; returns how many they are together."""
    call_command("load_catalogue", stdout=io.StringIO(), stderr=io.StringIO())
    bench_crowd.fill(events, _TODAY)
    call_command("dump_catalogue", output=file)
    return Event.objects.count()


def _load(what: str, command: list[str], database: str, events: int) -> None:
    server = measuring.postmaster()
    slow, ours, busy = measuring.yardstick(), _busy(), database_busy(server)
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as told:
        child = subprocess.Popen(
            command, env=os.environ | {"DATABASE_URL": database}, stdout=told, stderr=subprocess.DEVNULL
        )
        memory = _watched(child)
        seconds, ours, busy = time.perf_counter() - start, _busy() - ours, database_busy(server) - busy
        told.seek(0)
        if command[1] == "-c":
            seconds, ours = map(float, told.read().split())
    slow = (slow + measuring.yardstick()) / 2
    # What both processors' time was enough for, whoever else used them, and would be on a quiet machine.
    rate = events / (ours + busy)
    print(
        f"{what:<12} {seconds:>7.1f} {events / seconds:>9.0f} {ours:>6.1f} {busy:>9.1f} {rate:>7.0f} "
        f"{rate * slow / _QUIET:>7.0f} {slow:>7.1f} ms {memory:>4.0f} MB {measuring.load():>5.1f}",
        flush=True,
    )


def _busy() -> float:
    """Processor seconds of the commands that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watched(child: subprocess.Popen[bytes]) -> float:
    """Megabytes that the largest of its processes took at most; returns when it has ended."""
    most = 0
    while child.poll() is None:
        time.sleep(_PAUSE)
        most = max([most, *(_most_memory(process) for process in _family(child.pid))])
    if child.returncode:
        raise RuntimeError(f"The load ended with {child.returncode}.")
    return most / 1000


def _family(process: int) -> list[int]:
    try:
        told = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return []
    return [process, *map(int, told.split())]


def _most_memory(process: int) -> int:
    """Kilobytes; what `wait4` says counts the program that started it, too."""
    try:
        told = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s*(\d+)", told)
    return int(found[1]) if found else 0
