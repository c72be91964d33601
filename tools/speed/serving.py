"""Production servers on loopback, and what their processes use."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType
from typing import IO

from tools import environment, processes, serve, state
from tools.ports import free_port
from tools.terminal import Problem

WORKERS = 2
# Seconds: workers wait for a large catalogue, and on a busy machine for each other.
LONGEST_START = 180
_TICKS = os.sysconf("SC_CLK_TCK")


# The same for all of them: what one keeps for another is kept for this site.
SITE = "http://127.0.0.1:8000"


class Serving:
    """One web server, as `dev.py run` starts it but with two workers; for a `with` block."""

    def __init__(
        self,
        variables: dict[str, str],
        door: str = "config.wsgi",
        ask: str = "/healthz",
        *,
        workers: int = WORKERS,
    ) -> None:
        self.variables, self.door, self.ask, self.workers = variables, door, ask, workers
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        # Where its lines go; ours without.
        self.log: IO[bytes] | None = None

    def start(self) -> None:
        """Begins to begin; `with` waits until it answers."""
        command = [str(environment.PYTHON), "-m", "granian", "--interface", "wsgi", "--port", str(self.port)]
        command += ["--workers", str(self.workers), "--blocking-threads", str(serve.THREADS), "--no-ws"]
        command += ["--log-level", "error", "--workers-kill-timeout", "3", f"{self.door}:application"]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stderr=self.log,
            env=self.variables | {"SITE_URL": SITE},
            cwd=state.CHECKOUT,
            start_new_session=True,
            preexec_fn=processes.dies_with_us(signal.SIGTERM),
        )

    def __enter__(self) -> "Serving":
        if self.process is None:
            self.start()
        try:
            self._wait()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process:
            processes.end(self.process, by=signal.SIGTERM, seconds=10)

    def _wait(self) -> None:
        """Until every worker has answered: each one loads Django and reads the catalogue for itself."""
        deadline = time.monotonic() + LONGEST_START
        answered = 0
        while answered < 4 * self.workers:
            if self.process is None or self.process.poll() is not None or time.monotonic() > deadline:
                raise Problem("The web server does not answer.", "The lines above say why.")
            connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                connection.request("GET", self.ask)
                connection.getresponse().read()
                answered += 1
            except (OSError, HTTPException):
                time.sleep(0.05)
            finally:
                connection.close()

    def members(self) -> list[int]:
        """Process numbers of the workers."""
        assert self.process is not None
        told = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(word) for word in told.read_text().split()] if told.exists() else []

    def busy(self) -> list[float]:
        """Processor seconds that each of the workers has used."""
        return [_busy(member) for member in self.members()]

    def memory(self) -> list[float]:
        """Megabytes of each worker: its own and its part of what it shares (PSS); none where it is untold."""
        return sorted(filter(None, map(proportional, self.members())), reverse=True)


def proportional(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def database_busy(postmaster: int) -> float:
    """Processor seconds of the database's processes that run now, and of those that have ended."""
    return _ended(postmaster) + sum(map(_busy, _family(postmaster)))


def _family(postmaster: int) -> Iterator[int]:
    for file in Path("/proc").glob("[0-9]*/stat"):
        if str(postmaster) in _facts(file)[1:2]:
            yield int(file.parent.name)


def _ended(process: int) -> float:
    """Of its children."""
    return sum(map(int, _facts(Path(f"/proc/{process}/stat"))[13:15])) / _TICKS


def _facts(file: Path) -> list[str]:
    """Behind the name: state, parent, …; times in user and system mode, its own, then its children's."""
    try:
        return file.read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _busy(process: int) -> float:
    """Seconds of all its threads: to the nanosecond where the kernel tells so, else to the tick."""
    try:
        told = [file.read_text() for file in Path(f"/proc/{process}/task").glob("*/schedstat")]
    except OSError:
        told = []
    if told:
        return sum(int(line.split()[0]) for line in told) / 1e9
    return sum(map(int, _facts(Path(f"/proc/{process}/stat"))[11:13])) / _TICKS
