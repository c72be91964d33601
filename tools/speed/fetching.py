"""Single answers, looked at closely."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection

from tools.speed.serving import proportional
from tools.terminal import Problem


@dataclass
class Answer:
    status: int
    tag: str
    size: int


def fetch(port: int, path: str, headers: dict[str, str]) -> Answer:
    """Raises Problem for anything but 200 and 304: what is measured must be what was meant."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        size = len(answer.read())
    finally:
        connection.close()
    if answer.status not in (200, 304):
        raise Problem(f"{path} answers with {answer.status}.", "Put tools/speed/addresses.py right.")
    return Answer(answer.status, answer.headers.get("ETag", ""), size)


def fetch_long(port: int, path: str, workers: Sequence[int]) -> dict[str, float]:
    """Seconds to the first and to the last byte, megabytes, and by how many the workers grew meanwhile."""
    before, most, done = sum(map(proportional, workers)), [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.03):
            most[0] = max(most[0], sum(map(proportional, workers)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    connection = HTTPConnection("127.0.0.1", port, timeout=600)
    begun = time.perf_counter()
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        size = len(answer.read(1))
        first = time.perf_counter() - begun
        while piece := answer.read(65_536):
            size += len(piece)
    finally:
        done.set()
        watcher.join()
        connection.close()
    whole = time.perf_counter() - begun
    return {"first_s": first, "whole_s": whole, "mb": size / 1e6, "grew_mb": max(0.0, most[0] - before)}
