"""The database is away: stopped first, and then frozen, so that it takes connections and says nothing."""

import argparse
import http.client
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from events.models import Event
from tools.faults import names
from tools.faults.house import House
from tools.faults.readers import Answer, get
from tools.faults.telling import Told

# Nobody waits longer for an answer, whatever it is.
LIMIT = 10.0
CONNECTIONS = 8
KEPT = "/veranstaltungen/"
UNKNOWN = "/veranstaltungen/prueftagung-c01/?von={}"
ENGLISH = "/en/events/prueftagung-c01/?from={}"
_TRACES = ("Traceback", "OperationalError", "psycopg2")


@dataclass
class Seen:
    """Answers by what was asked for, and the seconds that the slowest of all took."""

    answers: dict[str, list[Answer]] = field(default_factory=dict)
    slowest: float = 0.0
    lost: int = 0
    lock: Any = field(default_factory=threading.Lock)

    def ask(self, port: int, kind: str, path: str) -> None:
        begun = time.monotonic()
        try:
            answer = get(port, path)
        except (OSError, http.client.HTTPException):
            with self.lock:
                self.lost += 1
            return
        with self.lock:
            self.slowest = max(self.slowest, time.monotonic() - begun)
            self.answers.setdefault(kind, []).append(answer)


def tried(house: House, folder: Path, options: argparse.Namespace) -> Told:
    for key in names.keys(names.CODE, 3):
        Event.objects.create(**names.facts(key, 0))
    house.site.begin()
    told = Told()
    for name, away in (("stopped", stopped), ("frozen", frozen)):
        warm(house)
        with away(house):
            seen = watched(house.site.port, options.seconds)
        judge(told, name, seen)
        told.say(f"{name}: back after {house.site.until_ready():.1f} s, without a restart")
    return told


def warm(house: House) -> None:
    """Each process has made the page that is to be kept."""
    for _turn in range(6 * house.site.workers):
        get(house.site.port, KEPT)


@contextmanager
def stopped(house: House) -> Any:
    house.server.stop()
    try:
        yield
    finally:
        house.look_after_database()


@contextmanager
def frozen(house: House) -> Any:
    numbers = [house.postmaster, *house.backends()]
    for number in numbers:
        os.kill(number, signal.SIGSTOP)
    try:
        yield
    finally:
        for number in numbers:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGCONT)


def watched(port: int, seconds: float) -> Seen:
    """What several connections are told, all the time."""
    seen, until = Seen(), time.monotonic() + seconds

    def read(number: int) -> None:
        turn = 0
        while time.monotonic() < until:
            turn += 1
            mark = f"{number}-{turn}"
            for kind, path in _asked(mark):
                seen.ask(port, kind, path)
            time.sleep(0.2)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def _asked(mark: str) -> list[tuple[str, str]]:
    return [
        ("kept", KEPT),
        ("german", UNKNOWN.format(mark)),
        ("english", ENGLISH.format(mark)),
        ("api", f"/api/v1/events?from=2033-05-01&limit={1 + len(mark)}"),
        ("healthz", "/healthz"),
        ("readyz", "/readyz"),
    ]


def judge(told: Told, name: str, seen: Seen) -> None:
    """Every answer of each kind is as it should be."""
    number = sum(map(len, seen.answers.values()))
    told.say(f"{name}: {number} answers, the slowest after {seen.slowest:.1f} s")
    told.expect(seen.slowest <= LIMIT, f"{name}: nobody waits longer than {LIMIT:.0f} s")
    told.expect(not seen.lost, f"{name}: {seen.lost} connections without an answer")
    for kind, holds in _EXPECTED.items():
        answers = seen.answers.get(kind, [])
        wrong = [answer for answer in answers if not holds(answer)]
        line = f"{name}, {kind}: {len(answers) - len(wrong)} of {len(answers)} as they should be"
        if wrong:
            line += f"; {wrong[0].status} {wrong[0].text[:80]!r}"
        told.expect(bool(answers) and not wrong, line)


def _says(words: str) -> Callable[[Answer], bool]:
    """503 in words, with the time to wait, without a trace of what broke."""

    def holds(answer: Answer) -> bool:
        is_clean = not any(trace in answer.text for trace in _TRACES)
        return answer.status == 503 and words in answer.text and answer.retry_after == "30" and is_clean

    return holds


_EXPECTED: dict[str, Callable[[Answer], bool]] = {
    "kept": lambda answer: answer.status == 200 and answer.is_unasked,
    "german": _says('<html lang="de"'),
    "english": _says('<html lang="en"'),
    "api": _says('"status": 503'),
    "healthz": lambda answer: answer.status == 200,
    "readyz": lambda answer: answer.status == 503,
}
