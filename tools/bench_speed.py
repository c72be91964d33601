"""How quick each kind of page is at several sizes: a real server, a real load, bare Django beside it."""

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
from pathlib import Path
from typing import Any

from django.utils import timezone

from tools import environment, processes, state
from tools.measuring import load
from tools.speed import keeping
from tools.speed.bars import bars
from tools.speed.comparing import changes
from tools.speed.driving import generator
from tools.speed.running import Run, environment_of
from tools.speed.telling import markdown, text
from tools.terminal import Problem, tell_problem

SIZES = (1_000, 10_000)


def main(arguments: list[str]) -> int:
    """Exit status 1 where a bar does not hold. Results lie in the state folder unless `--into` says where."""
    options = _options(arguments)
    if options.markdown:
        print("\n".join(markdown(json.loads(options.into.read_text()))))
        return 0
    before = json.loads(options.compare.read_text()) if options.compare else None
    told: dict[str, Any] = _about()
    for wanted in options.of or options.events:
        try:
            size = _of(wanted, options) if options.of else _measure(wanted, options)
            told["sizes"][str(size["events"])] = size
        except Problem as problem:
            tell_problem(problem)
            return 1
        options.into.write_text(json.dumps(told, indent=1))
    print("\n".join(text(told)))
    print(f"\nkept in {options.into}")
    if before:
        differs = list(changes(before, told))
        print("\n".join(["", f"since {before['made']}:", *(differs or ["nothing beyond chance"])]))
    return 1 if any(one.holds is False for one in bars(told)) else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench speed", description=__doc__)
    add = parser.add_argument
    add("--events", type=int, nargs="+", default=list(SIZES), help=f"sizes {SIZES}; a million takes an hour")
    add("--seconds", type=int, default=1, help="of each load (1)")
    add("--rounds", type=int, default=1, help="loads of which the best counts (1)")
    add("--connections", type=int, nargs="+", default=[1, 2, 8, 16], help="for the kinds looked at closely")
    add("--thorough", action="store_true", help="all kinds with all numbers of connections")
    add("--pages", nargs="+", metavar="KIND", help="some kinds only: list, detail, month, …")
    add("--keep", action="store_true", help="keep the databases in the state folder for the next time")
    add("--of", type=Path, nargs="+", metavar="FOLDER", help="measure catalogues in state folders instead")
    add("--into", type=Path, default=state.folder() / "speed.json", help="the file for the results")
    add("--compare", type=Path, help="results of another run: tell what has changed beyond chance")
    add("--markdown", action="store_true", help="print the file's results as tables instead of measuring")
    add(
        "--today",
        type=dt.date.fromisoformat,
        default=timezone.localdate(),
        help="the day that events lie around",
    )
    options = parser.parse_args(arguments)
    if 2 not in options.connections:
        options.connections.insert(0, 2)
    return options


def _of(home: Path, options: argparse.Namespace) -> dict[str, Any]:
    with keeping.found(home) as (address, server):
        run = Run(environment_of(address), server, options)
        return run.measure(run.look_inside(None))


def _measure(events: int, options: argparse.Namespace) -> dict[str, Any]:
    if not options.keep:
        with keeping.copied(events) as (address, server):
            run = Run(environment_of(address), server, options)
            return run.measure(run.look_inside(events))
    with keeping.kept(events) as (address, server, is_filled):
        variables = environment_of(address)
        if processes.run_apart(
            [str(environment.PYTHON), "manage.py", "migrate", "--verbosity", "0"], variables
        ):
            raise Problem("The database could not be prepared.", "The lines above say why.")
        run = Run(variables, server, options)
        told = run.look_inside(None if is_filled else events)
        if not is_filled:
            keeping.fulfilled(events)
        return run.measure(told)


def _about() -> dict[str, Any]:
    asked = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return {
        "made": timezone.localtime().strftime("%Y-%m-%d %H:%M"),
        "revision": asked.stdout.strip() or "unknown",
        "generator": generator(),
        "machine": {"cores": os.cpu_count(), "processor": _processor(), "load": load()},
        "sizes": {},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
