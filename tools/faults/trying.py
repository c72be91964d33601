"""One fault after the other, each in a house of its own; runs with Django's settings."""

import argparse
import importlib
import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from tools import binaries
from tools.faults import FAULTS
from tools.faults.house import House
from tools.faults.telling import Told
from tools.terminal import Problem, say, step, tell_problem


def main(place: str, arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.add_argument("faults", nargs="*", help=f"which of {', '.join(FAULTS)} (all)")
    parser.add_argument("--kills", type=int, default=100, help="how many (100)")
    parser.add_argument("--seed", type=int, default=7, help="of the random moments (7)")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long the database is away (60)")
    options = parser.parse_args(arguments)
    is_wrong = False
    for name in options.faults or FAULTS:
        told = one(name, Path(place), options)
        told.print(name)
        is_wrong = is_wrong or bool(told.wrong)
    return 1 if is_wrong else 0


def one(name: str, place: Path, options: argparse.Namespace) -> Told:
    """Tries it in a fresh database; nothing is left of it."""
    fault = importlib.import_module(f"tools.faults.{name}")
    home, folder = place / "database", place / name
    folder.mkdir()
    house = House(home, os.environ)
    # Where the fault says so, the database lies on a disk of its own.
    around: Callable[[Path], AbstractContextManager[Any]] = getattr(fault, "around", nullcontext)
    try:
        with around(home):
            return _done(name, fault, house, folder, options)
    finally:
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        binaries.give_away(home)
        say()


def _done(name: str, fault: Any, house: House, folder: Path, options: argparse.Namespace) -> Told:
    try:
        with step(f"Preparing for {name}"):
            prepare(house, house.server.home.parent / "migrated")
        told: Told = fault.tried(house, folder, options)
        return told
    except Problem as problem:
        # The files lie in a folder that is deleted in the end.
        for log in (house.server.log, house.server.home.parent / "site.log", folder / "error.log"):
            if log.exists():
                say(f"{log.name}:\n{log.read_text(errors='replace')[-3000:]}")
        tell_problem(problem)
        return Told(wrong=[problem.wrong])
    finally:
        connection.close()
        house.end()


def prepare(house: House, kept: Path) -> None:
    """The database runs, with our tables and nothing in them; they are made once and then copied."""
    if kept.exists():
        _copy(kept, house.server.data)
        house.look_after_database()
        return
    house.look_after_database()
    call_command("migrate", verbosity=0)
    connection.close()
    house.server.stop()
    _copy(house.server.data, kept)
    house.look_after_database()


def _copy(source: Path, target: Path) -> None:
    """With its owner and rights."""
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)
