"""Clients that hold connections and ask for little, and ordinary ones beside them."""

import http.client
import resource
import socket
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from tools.faults.readers import get

ORDINARY = 8
PATHS = ("/veranstaltungen/", "/en/events/", "/", "/veranstaltungen.ics", "/api/v1/events")
# Beside a crowd nobody waits longer than that, or than so many times as long as the slowest without it.
LIMIT, TIMES = 5.0, 3.0


@dataclass
class Served:
    """What ordinary clients were given; `seconds` of each answer."""

    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    lock: Any = field(default_factory=threading.Lock)

    def is_well(self, alone: "Served") -> bool:
        """Nothing failed, and nobody waited much longer than where nobody else was there."""
        longest = max(LIMIT, TIMES * max(alone.seconds, default=0.0))
        return not self.failed and max(self.seconds, default=longest) < longest

    def __str__(self) -> str:
        if not self.seconds:
            return f"no answers, {len(self.failed)} failed"
        middle, slowest = statistics.median(self.seconds), max(self.seconds)
        told = f"{len(self.seconds)} answers, half within {middle * 1000:.0f} ms, all within {slowest:.1f} s"
        return f"{told}; {len(self.failed)} failed {self.failed[:1] or ''}".rstrip()


def served(port: int, seconds: float) -> Served:
    """Eight ordinary clients, for so long."""
    told, until = Served(), time.monotonic() + seconds

    def read() -> None:
        turn = 0
        while time.monotonic() < until:
            turn += 1
            begun = time.monotonic()
            try:
                answer = get(port, PATHS[turn % len(PATHS)])
                wrong = "" if answer.status == 200 else f"status {answer.status}"
            except (OSError, http.client.HTTPException) as error:
                wrong = repr(error)
            with told.lock:
                told.seconds.append(time.monotonic() - begun)
                told.failed += [wrong] if wrong else []

    threads = [threading.Thread(target=read) for _number in range(ORDINARY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def allow_files(number: int) -> None:
    """This process, and those that it starts from now on, may hold so many connections."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < number:
        most = number if hard == resource.RLIM_INFINITY else min(number, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


@contextmanager
def connected(port: int, number: int, first: bytes = b"") -> Iterator[list[socket.socket]]:
    """So many connections; each has sent these bytes."""
    lines: list[socket.socket] = []
    try:
        for _number in range(number):
            line = socket.create_connection(("127.0.0.1", port), timeout=10)
            if first:
                line.sendall(first)
            lines.append(line)
        yield lines
    finally:
        for line in lines:
            line.close()


@contextmanager
def dripping(lines: list[socket.socket], text: bytes, seconds: float = 0.5) -> Iterator[None]:
    """Each connection sends one byte every so often; those that read take one byte as often."""
    stopped = threading.Event()

    def drip() -> None:
        position = 0
        while not stopped.wait(seconds):
            for line in lines:
                with suppress(OSError):
                    if text:
                        line.send(text[position % len(text) :][:1])
                    else:
                        line.setblocking(False)
                        line.recv(1)
            position += 1

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()
