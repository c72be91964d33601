"""Visitors who read all the time, and hold each answer to what had been acknowledged before the question."""

import http.client
import random
import threading
import time
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from tools.edits.watching import marks
from tools.faults import names
from tools.faults.ledger import Ledger

_LIST = "organiser=&when=all&from=2033-05-01&to=2033-05-31"
LISTS = (
    "/veranstaltungen/kalender/2033/05/",
    f"/veranstaltungen.json?{_LIST}",
    f"/veranstaltungen.ics?{_LIST}",
    f"/en/events/?{_LIST}",
    "/api/v1/events?from=2033-05-01&to=2033-05-31&when=all&limit=100",
)


def pages_of(key: str) -> list[str]:
    stem = f"/veranstaltungen/{names.slug(key)}"
    return [f"{stem}/", f"{stem}.ics", f"{stem}.json", f"/en/events/{names.slug(key)}/"]


class Visitor(threading.Thread):
    """Reads until it is told to stop. Answers that say that the site is away are counted, not blamed."""

    def __init__(self, port: int, keys: list[str], ledger: Ledger, seed: int) -> None:
        super().__init__(daemon=True)
        self.port, self.ledger = port, ledger
        self.paths = [path for key in keys for path in pages_of(key)] + list(LISTS) * len(keys)
        self.draw = random.Random(seed)
        self.stopped = threading.Event()
        self.statuses: Counter[int] = Counter()
        self.unasked = 0
        self.wrong: list[str] = []

    def run(self) -> None:
        while not self.stopped.is_set():
            path, floor = self.draw.choice(self.paths), self.ledger.floor()
            try:
                answer = get(self.port, path)
            except (OSError, http.client.HTTPException):
                self.statuses[0] += 1
                time.sleep(0.05)
                continue
            self.statuses[answer.status] += 1
            if answer.is_unasked:
                self.unasked += 1
            elif answer.status == 200:
                self.wrong += older(path, answer.text, floor)
            elif answer.status != 503:
                self.wrong.append(f"{path}: status {answer.status}")


class Answer(NamedTuple):
    """`is_unasked`: from the shelf, while the database is away, and it says so."""

    status: int
    text: str
    is_unasked: bool
    retry_after: str


def get(port: int, path: str, **headers: str) -> Answer:
    """By a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        head = response.headers
        is_unasked = "database-away" in head.get("Cache-Status", "")
        return Answer(response.status, response.read().decode(), is_unasked, head.get("Retry-After", ""))
    finally:
        connection.close()


def older(path: str, text: str, floor: Mapping[str, int]) -> list[str]:
    """Sentences on what the answer shows as it was before."""
    return [
        f"{path}: shows {key} as of {sorted(seen)}, but {_known(key, floor)} had been acknowledged"
        for key, seen in marks(text).items()
        if min(seen) < _known(key, floor)
    ]


def _known(key: str, floor: Mapping[str, int]) -> int:
    """What imports bring has one key for all of it."""
    return floor.get(key) or (floor.get(names.IMPORT, 0) if key[0] in (names.IMPORT, "h") else 0)
