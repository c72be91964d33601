"""`dev.py bench edits`: a site that is read by many while it is edited never shows what is over.

Some connections read lists, pages, months, search, calendars and the API in random order. Meanwhile one edit
after the other is committed, by editors' actions, querysets, bulk updates and SQL. Each answer is held
against what was true between its request and its arrival. `--standby` reads from a server that follows.
"""

import argparse
import datetime as dt
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from index.rebuilding import rebuild
from tools.edits.editing import Editor
from tools.edits.watching import Reader, Told, paths
from tools.edits.witness import Witness
from tools.measuring import load, yardstick
from tools.postgres import DATABASE, socket_folder
from tools.speed.serving import Serving
from tools.standby import Pair
from tools.terminal import say

CONNECTIONS, EDITS = 8, 1_000
# Months ahead: nothing else happens there, and no event ends meanwhile.
AHEAD = 200
SHOWN = 20


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench edits", description=__doc__)
    parser.add_argument("--edits", type=int, default=EDITS)
    parser.add_argument("--connections", type=int, default=CONNECTIONS)
    parser.add_argument("--pause", type=float, default=0.0, help="seconds between two edits")
    parser.add_argument("--standby", action="store_true", help="read from a server that follows")
    options = parser.parse_args(arguments)
    call_command("load_catalogue", verbosity=0)
    rebuild()
    with followed() if options.standby else alone() as addresses:
        variables = dict(os.environ) | {"API_REQUESTS_PER_MINUTE": "0"} | addresses
        seconds, told = edited(variables, options.edits, options.connections, options.pause)
    report(options.edits, seconds, told)
    return 1 if told.wrong else 0


@contextmanager
def alone() -> Iterator[dict[str, str]]:
    yield {}


@contextmanager
def followed() -> Iterator[dict[str, str]]:
    """Moves what the default connection leads to into a server that another one follows; leads there.

    Gives the addresses of both as the site's settings have them.
    """
    pair = Pair()
    try:
        pair.primary.start()
        pair.fill_from(connection.settings_dict)
        connection.close()
        connection.settings_dict |= {"NAME": DATABASE, "HOST": str(socket_folder(pair.primary.home))}
        connection.settings_dict["OPTIONS"].pop("host", None)
        pair.follow()
        yield {"DATABASE_URL": pair.url, "DATABASE_REPLICA_URLS": pair.standby_url}
        connection.close()
    finally:
        pair.stop()


def report(edits: int, seconds: float, told: Told) -> None:
    codes = ", ".join(f"{number} × {code}" for code, number in sorted(told.statuses.items()))
    say(f"edits          {edits} in {seconds:.1f} s, {edits / seconds:.0f} a second")
    say(f"answers        {told.answers}, {told.answers / seconds:.0f} a second: {codes}")
    say(f"               {told.unchanged} of them 304; {told.marks} names held against the edits")
    say(f"machine        yardstick {yardstick():.1f} ms, load {load():.1f}")
    say(f"wrong          {len(told.wrong)}")
    for sentence in told.wrong[:SHOWN]:
        say(f"  {sentence}")


def edited(variables: dict[str, str], edits: int, connections: int, pause: float = 0.0) -> tuple[float, Told]:
    """Seconds that the edits took, and what the connections saw; the default connection is the editor's."""
    month = (timezone.localdate() + dt.timedelta(days=AHEAD)).replace(day=1)
    witness, told = Witness(), Told()
    editor = Editor(witness, month)
    editor.fill()
    with Serving(variables) as server:
        asked = paths(month.year, month.month)
        readers = [Reader(server.port, asked, witness, told, seed) for seed in range(connections)]
        for reader in readers:
            reader.start()
        begun = time.perf_counter()
        for _number in range(edits):
            editor.edit()
            time.sleep(pause)
        seconds = time.perf_counter() - begun
        for reader in readers:
            reader.stopped.set()
        for reader in readers:
            reader.join()
    return seconds, told
