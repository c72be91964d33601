"""Two thousand connections on which nobody says anything, beside eight ordinary ones."""

import argparse
from pathlib import Path

from events.models import Event
from tools.faults import names, proxy
from tools.faults.crowd import allow_files, connected, served
from tools.faults.house import House
from tools.faults.telling import Told

IDLE = 2_000
SECONDS = 10.0
# Browsers keep a connection after the first page; others never say anything at all.
WAYS = {
    "silent from the beginning": b"",
    "kept after a page": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
}


def tried(house: House, folder: Path, options: argparse.Namespace) -> Told:
    told = Told()
    for key in names.keys(names.CODE, 20):
        Event.objects.create(**names.facts(key, 0))
    # The web server's own limit is that of the unit in deploy/.
    allow_files(4_096)
    house.site.begin()
    if proxy.program() is None:
        told.say("behind nginx: not tried, it is not installed")
    else:
        allow_files(16_384)
        with proxy.before(house.site.port, folder) as port:
            judge(told, "behind nginx", port, must_hold=True)
    # Without a proxy the web server counts idle connections as busy ones: told, not promised.
    judge(told, "granian alone", house.site.port, must_hold=False)
    return told


def judge(told: Told, name: str, port: int, *, must_hold: bool, number: int = IDLE) -> None:
    alone = served(port, SECONDS / 2)
    told.say(f"{name}, nobody else: {alone}")
    for way, first in WAYS.items():
        with connected(port, number, first) as lines:
            found = served(port, SECONDS)
            line = f"{name}, {len(lines)} idle connections, {way}: {found}"
        told.expect(found.is_well(alone) or not must_hold, line)
