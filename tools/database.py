"""Who starts and who stops the checkout's database: one process owns it, others attach."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import binaries, postgres, state
from tools.locks import Lock
from tools.terminal import Problem, say, step

WAIT_SECONDS = 60


@contextmanager
def database(command: str, venv: Path) -> Iterator[str]:
    """The address of the database, for as long as the block lasts.

    DATABASE_URL is used as it is. Otherwise the first command starts PostgreSQL and stops it when it is done;
    commands beside it attach, and the owner waits for them (only `run` does not: whoever stops the site wants
    it stopped).
    """
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    home = state.folder()
    users = Lock(home / "users.lock")
    owner = Lock(home / "owner.lock")
    users.take(shared=True, wait=True)
    try:
        server = own_or_attach(home, owner, command, venv)
        try:
            yield postgres.url(home)
            if server and command != "run":
                wait_for_others(users)
        finally:
            if server:
                server.stop()
    finally:
        owner.release()
        users.release()


def own_or_attach(home: Path, owner: Lock, command: str, venv: Path) -> postgres.Server | None:
    """The server we started, or None where another process's server answers."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not owner.take(note=f"process {os.getpid()} (dev.py {command})"):
        if postgres.is_ready(home):
            return None
        if time.monotonic() > deadline:
            raise Problem(
                f"The database belongs to {owner.note()}, but does not answer.",
                f"End that process, and look into {home / 'postgres.log'}.",
            )
        time.sleep(0.05)
    server = postgres.Server(home, binaries.find(venv, home))
    tell_of_older_data(server)
    if server.data.exists():
        server.start()
    else:
        with step("Creating the database"):
            server.start()
    return server


def tell_of_older_data(server: postgres.Server) -> None:
    others = [folder for folder in server.home.glob("data-*") if folder != server.data]
    if others and not server.data.exists():
        say(
            f"  Note: PostgreSQL is now version {server.programs.major} and starts with an empty database;"
            f" the former one stays in {others[0]}."
        )


def wait_for_others(users: Lock) -> None:
    if not users.take():
        say("Another command still uses the database; it stops with the last one. (Ctrl-C stops it now.)")
        users.take(wait=True)
