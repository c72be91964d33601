"""Databases of synthetic catalogues: each one copied from an empty one, or kept for the next time."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

from tools import binaries, environment, postgres, state
from tools.locks import Lock
from tools.terminal import Problem, say, step

# What a kept catalogue is made by: where one of these changes it is made anew. Migrations just run.
_MAKERS = ("tools/speed/crowd.py", "tools/speed/around.py", "tools/speed/writing.py", "data/catalogue.json")


@contextmanager
def copied(events: int) -> Iterator[tuple[str, int]]:
    """(address, number of the database's first process) of a copy of the empty database that Django has."""
    name = f"speed_{events}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        server = postgres.owner_of(Path(cursor.fetchone()[0])) or 0
        source = connection.settings_dict["NAME"]
    connection.close()
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    try:
        yield address, server
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def kept(events: int) -> Iterator[tuple[str, int, bool]]:
    """(address, number of the first process, is it filled) of a server in the state folder.

    Whoever fills it calls `fulfilled` afterwards; else it is made anew the next time.
    """
    home = state.folder() / "speed" / str(events)
    home.mkdir(parents=True, exist_ok=True)
    for folder in (home.parent, home):
        folder.chmod(state.folder().stat().st_mode)
    lock = Lock(home / "lock")
    if not lock.take():
        raise Problem(f"Another bench uses {home}.", "Wait for it.")
    is_filled = _stamp(home) == _fingerprint()
    programs = binaries.find(environment.VENV, state.folder())
    server = postgres.Server(home, programs)
    if not is_filled:
        shutil.rmtree(server.data, ignore_errors=True)
    try:
        with step(f"Starting the database of {events} events"):
            server.start()
        yield postgres.url(home), postgres.owner_of(server.data) or 0, is_filled
    finally:
        server.stop()
        lock.release()


@contextmanager
def found(home: Path) -> Iterator[tuple[str, int]]:
    """(address, number of the first process) of the catalogue in another state folder, served by whomever."""
    programs = binaries.find(environment.VENV, state.folder())
    server = postgres.Server(home, programs)
    if not server.data.exists():
        raise Problem(
            f"There is no database in {home}.", "Name the state folder that `dev.py run` worked with."
        )
    is_ours = not postgres.is_ready(home)
    if is_ours:
        server.start()
    try:
        yield postgres.url(home), postgres.owner_of(server.data) or 0
    finally:
        if is_ours:
            server.stop()


def fulfilled(events: int) -> None:
    home = state.folder() / "speed" / str(events)
    (home / "made.json").write_text(json.dumps(_fingerprint()))
    say(f"  Kept in {home}; remove the folder when it is of no more use.")


def _stamp(home: Path) -> str:
    try:
        told: str = json.loads((home / "made.json").read_text())
    except (OSError, ValueError):
        return ""
    return told


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for name in _MAKERS:
        digest.update((state.CHECKOUT / name).read_bytes())
    return digest.hexdigest()
