"""Connections that read in random order and hold every answer against what was true meanwhile."""

import gzip
import http.client
import json
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from tools.edits.editing import EVENTS, ORGANISER, slug
from tools.edits.witness import Witness

# What a page shows of things that were edited: their key and the number of the edit.
_MARK = re.compile(r"Prüf(?:tagung|verband) (\w+) Stand (\d+)")
_TAG = re.compile(r"</?mark[^>]*>|<wbr>|\u00ad|&shy;")
_ITEM = re.compile(r"BEGIN:VEVENT.*?END:VEVENT", re.S)
_DAY = re.compile(r"^DTSTART;VALUE=DATE:(\d{8})", re.M)
GONE = (404, 410)


@dataclass
class Told:
    """What the connections have seen together. `wrong` are sentences, the first ones only."""

    answers: int = 0
    unchanged: int = 0
    marks: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, status: int, *, unchanged: bool, marks: int, wrong: list[str]) -> None:
        with self.lock:
            self.answers += 1
            self.unchanged += unchanged
            self.marks += marks
            self.statuses[status] += 1
            self.wrong += wrong


def paths(year: int, month: int) -> list[str]:
    """All kinds of pages and outputs on which the events stand; those of single events once each."""
    some = f"organiser={ORGANISER}&when=all"
    lists = [
        f"/veranstaltungen/?{some}",
        f"/en/events/?{some}&sort=-date",
        f"/veranstaltungen/kalender/{year}/{month:02}/",
        f"/veranstaltungen/jahr/{year}/?organiser={ORGANISER}",
        f"/organisationen/{ORGANISER}/",
        f"/suche/?q={quote('Prüftagung')}",
        f"/veranstaltungen.ics?{some}",
        f"/veranstaltungen.json?{some}",
        f"/veranstaltungen.atom?{some}",
        f"/api/v1/events?{some}&limit=100",
    ]
    single = [f"{start}{slug(f'{place:02}')}{end}" for place in range(EVENTS) for start, end in _OF_ONE]
    # As often as all single pages together.
    return lists * 6 + single


_OF_ONE = (("/veranstaltungen/", "/"), ("/veranstaltungen/", ".ics"), ("/en/events/", "/"))
# Where each event stands as long as it can be seen.
_COMPLETE = ("/veranstaltungen/?", "/veranstaltungen.ics?", "/api/v1/events?", "/veranstaltungen.json?")


class Reader(threading.Thread):
    """Asks until it is told to stop."""

    def __init__(self, port: int, asked: list[str], witness: Witness, told: Told, seed: int) -> None:
        super().__init__(daemon=True)
        self.port, self.asked, self.witness, self.told = port, asked, witness, told
        self.draw = random.Random(seed)
        self.stopped = threading.Event()
        self.held: dict[str, tuple[str, str]] = {}

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while not self.stopped.is_set():
            path, floor = self.draw.choice(self.asked), self.witness.floor()
            try:
                status, text, unchanged = self._get(connection, path)
            except (OSError, http.client.HTTPException) as error:
                self.told.add(0, unchanged=False, marks=0, wrong=[f"{path}: {error!r}"])
                connection.close()
                time.sleep(0.05)
                continue
            seen = marks(text) if status == 200 else {}
            wrong = list(faults(path, status, text, seen, self.witness, floor))
            self.told.add(status, unchanged=unchanged, marks=sum(map(len, seen.values())), wrong=wrong)
        connection.close()

    def _get(self, connection: http.client.HTTPConnection, path: str) -> tuple[int, str, bool]:
        """Status and text, the latter from an earlier answer where the server says that it still holds."""
        headers = {"Accept-Encoding": "gzip"} if self.draw.random() < 0.5 else {}
        held = self.held.get(path) if self.draw.random() < 0.5 else None
        if held:
            headers["If-None-Match"] = held[0]
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        body = response.read()
        if response.status == 304 and held:
            return 200, held[1], True
        if response.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        text = body.decode()
        if response.status == 200 and (tag := response.headers.get("ETag")):
            self.held[path] = tag, text
        return response.status, text, False


def marks(text: str) -> dict[str, set[int]]:
    """{key: the first number that the page shows of it, and the highest}.

    Others stand in what it tells of changes: "was called … before".
    """
    if text.startswith("BEGIN:VCALENDAR"):
        text = text.replace("\r\n ", "")
    elif text.startswith(("{", "[")):
        text = json.dumps(json.loads(text), ensure_ascii=False)
    seen: dict[str, list[int]] = {}
    for key, number in _MARK.findall(_TAG.sub("", text)):
        seen.setdefault(key, []).append(int(number))
    return {key: {numbers[0], max(numbers)} for key, numbers in seen.items()}


def faults(
    path: str,
    status: int,
    text: str,
    seen: Mapping[str, set[int]],
    witness: Witness,
    floor: Mapping[str, int],
) -> Iterator[str]:
    """Sentences on everything that was true at no moment between request and answer."""
    if status not in (200, *GONE):
        yield f"{path}: status {status}"
        return
    # A calendar tells of what was withdrawn that it is called off.
    is_calendar = text.startswith("BEGIN:VCALENDAR")
    for key, numbers in seen.items():
        may = {said.mark for said in witness.since(key, floor) if said.is_visible or is_calendar}
        if not numbers <= may:
            yield f"{path}: shows {key} as of {sorted(numbers)}, but may show {sorted(may)}"
    if is_calendar:
        yield from _wrong_days(path, text, witness, floor)
    for key in _owed(path, status):
        if key not in seen and all(said.is_visible for said in witness.since(key, floor)):
            yield f"{path}: {key} is missing (status {status}), told {witness.since(key, floor)}"


def _owed(path: str, status: int) -> Iterator[str]:
    """Keys of the events that must stand in the answer if they could be seen all the time."""
    if path.startswith(_COMPLETE):
        yield from (f"{place:02}" for place in range(EVENTS))
    elif found := re.search(r"prueftagung-(\d\d)", path):
        yield found.group(1)


def _wrong_days(path: str, text: str, witness: Witness, floor: Mapping[str, int]) -> Iterator[str]:
    for item in _ITEM.findall(text.replace("\r\n ", "")):
        title, day = _MARK.search(item), _DAY.search(item)
        if title is None or day is None:
            continue
        may = {(one.mark, f"{one.day:%Y%m%d}") for one in witness.since(title.group(1), floor)}
        if (int(title.group(2)), day.group(1)) not in may:
            yield f"{path}: shows {title.group(1)} on {day.group(1)}, but may show {sorted(may)}"
