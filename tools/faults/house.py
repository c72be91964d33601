"""A site as it runs in production, whose parts may be killed and come back."""

import os
import random
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

import psycopg2

from tools import binaries, environment, postgres, processes, state
from tools.faults.readers import get
from tools.speed.serving import Serving
from tools.terminal import Problem

# On a busy machine a process takes long to begin.
SECONDS_TO_RETURN = 180
# As an operator's server: what has been committed is on the disk. More sessions than the site needs.
OPTIONS = ("max_connections=100", "shared_buffers=64MB", "log_min_messages=fatal")


class Site(Serving):
    """The web server on one port, however often it is started."""

    def begin(self) -> None:
        """Returns when every worker answers."""
        self.start()
        self.until_ready()

    def kill(self) -> bool:
        """All of its processes at once, as when a machine's memory runs out; False where it has ended."""
        assert self.process is not None
        if self.process.poll() is not None:
            return False
        _kill(*self.members(), self.process.pid)
        self.process.wait()
        return True

    def kill_worker(self, draw: random.Random) -> bool:
        """The others end with it, and whoever looks after them starts them again; False without any."""
        members = self.members()
        return bool(members) and _kill(draw.choice(members)) > 0

    def look_after(self) -> None:
        """As a process manager does: starts it where it has ended, or is ending."""
        if self.process is not None and self.process.poll() is None and len(self.members()) < self.workers:
            processes.end(self.process, by=signal.SIGTERM, seconds=10)
        if self.process is None or self.process.poll() is not None:
            self.begin()

    def until_ready(self, seconds: float = SECONDS_TO_RETURN) -> float:
        """Seconds until every worker says that it reads the database."""
        begun = time.monotonic()
        in_a_row = 0
        while in_a_row < 4 * self.workers:
            in_a_row = in_a_row + 1 if self._is_ready() else 0
            if time.monotonic() - begun > seconds or self.process is None or self.process.poll() is not None:
                raise Problem("The site does not come back.", "Its last lines stand above.")
            if not in_a_row:
                time.sleep(0.05)
        return time.monotonic() - begun

    def _is_ready(self) -> bool:
        try:
            return get(self.port, "/readyz").status == 200
        except (OSError, HTTPException):
            return False

    def end(self) -> None:
        if self.process:
            processes.end(self.process, by=signal.SIGTERM, seconds=10)
            self.process = None


class House:
    """`server` is the database, `site` the web server; neither runs before it is begun."""

    def __init__(
        self, home: Path, variables: Mapping[str, str], *, workers: int = 2, options: tuple[str, ...] = ()
    ) -> None:
        """`home` is an empty folder that belongs to the database's account."""
        programs = binaries.find(environment.VENV, state.folder())
        self.server = postgres.Server(home, programs, options=OPTIONS + options)
        self.url = postgres.url(home)
        self.site = Site(dict(variables) | {"DATABASE_URL": self.url}, workers=workers)
        self.site.log = (home.parent / "site.log").open("ab")

    @property
    def variables(self) -> dict[str, str]:
        return self.site.variables

    @property
    def postmaster(self) -> int:
        assert self.server.process is not None
        return self.server.process.pid

    def backends(self) -> list[int]:
        """Process numbers of all that the database's first process has begun."""
        told = Path(f"/proc/{self.postmaster}/task/{self.postmaster}/children")
        return [int(word) for word in told.read_text().split()]

    def sessions(self) -> list[int]:
        """Those that serve somebody."""
        return [one for one in self.backends() if _title(one).startswith(f"postgres: {postgres.USER} ")]

    def kill_postmaster(self) -> bool:
        assert self.server.process is not None
        if self.server.process.poll() is not None:
            return False
        _kill(self.postmaster)
        self.server.process.wait()
        return True

    def kill_session(self, draw: random.Random) -> bool:
        """The server takes that for damaged memory: it ends all sessions and recovers. False without any."""
        sessions = self.sessions()
        if not sessions:
            return False
        victim = draw.choice(sessions)
        killed = _kill(victim) > 0
        # Until the server has noticed, it takes new ones as if nothing had happened.
        while Path(f"/proc/{victim}").exists():
            time.sleep(0.01)
        return killed

    def look_after_database(self) -> None:
        """Starts it where it has ended; that takes until the last process of the former one is gone."""
        deadline = time.monotonic() + SECONDS_TO_RETURN
        while self.server.process is None or self.server.process.poll() is not None:
            try:
                self.server.start()
            except Problem:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        self.server.wait_until_ready()
        # One that recovers by itself says that it is there, and takes nobody in.
        while not self.takes_sessions():
            if time.monotonic() > deadline:
                raise Problem("The database takes no sessions.", "Its last lines stand above.")
            time.sleep(0.05)

    def takes_sessions(self) -> bool:
        try:
            psycopg2.connect(self.url, connect_timeout=5).close()
        except psycopg2.OperationalError:
            return False
        return True

    def end(self) -> None:
        self.site.end()
        self.server.stop()
        if self.site.log:
            self.site.log.close()


def _kill(*numbers: int) -> int:
    """How many of them there still were."""
    killed = 0
    for number in numbers:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
            killed += 1
    return killed


def _title(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")[0].decode(errors="replace")
    except OSError:
        return ""
