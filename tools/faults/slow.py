"""Two hundred clients that send or read byte by byte, beside eight ordinary ones."""

import argparse
from pathlib import Path

from events.models import Event
from tools.faults import names, proxy
from tools.faults.crowd import allow_files, connected, dripping, served
from tools.faults.house import House
from tools.faults.telling import Told

CLIENTS = 200
SECONDS = 8.0
_HEAD = b"Host: 127.0.0.1\r\n"
# {what is slow: (what is sent at once, what is sent byte by byte; nothing where reading is slow)}
WAYS = {
    "headers": (b"GET / HTTP/1.1\r\n" + _HEAD, b"X-Long: " + b"a" * 500),
    "bodies": (
        b"POST /barriere-melden/ HTTP/1.1\r\n"
        + _HEAD
        + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\n",
        b"a",
    ),
    "readers": (b"GET /veranstaltungen.ics?when=all HTTP/1.1\r\n" + _HEAD + b"\r\n", b""),
}


def tried(house: House, folder: Path, options: argparse.Namespace) -> Told:
    told = Told()
    for number in range(60):
        Event.objects.create(**names.facts(f"c{number:02}", 0), description="Ein langer Text. " * 400)
    allow_files(4_096)
    house.site.begin()
    # Without a proxy a request that is slow in coming holds a thread: told, not promised.
    judge(told, "granian alone", house.site.port, must_hold=False)
    if proxy.program() is None:
        told.say("behind nginx: not tried, it is not installed")
        return told
    with proxy.before(house.site.port, folder) as port:
        judge(told, "behind nginx", port, must_hold=True)
    return told


def judge(told: Told, name: str, port: int, *, must_hold: bool, seconds: float = SECONDS) -> None:
    alone = served(port, seconds / 2)
    told.say(f"{name}, nobody else: {alone}")
    for way, (first, text) in WAYS.items():
        with connected(port, CLIENTS, first) as lines, dripping(lines, text):
            found = served(port, seconds)
        told.expect(found.is_well(alone) or not must_hold, f"{name}, {CLIENTS} slow {way}: {found}")
