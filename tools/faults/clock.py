"""The clock of the web server jumps, by an hour and by a year, forth and back; the database's goes on.

Needs libfaketime. Waiting times are not measured by that clock, so it is left as it is for them.
"""

import argparse
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone

from events.models import Event
from tools import environment, state
from tools.faults import names
from tools.faults.house import House
from tools.faults.readers import get, older, pages_of
from tools.faults.telling import Told

JUMPS = ("+0", "+1h", "-1h", "+1y", "-1y", "+0")
_PAGES = ("/", "/en/", "/veranstaltungen/", "/veranstaltungen.ics", "/veranstaltungen.atom", "/api/v1/events")
KEYS = names.keys(names.CODE, 3)


def library() -> Path | None:
    return next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)


def tried(house: House, folder: Path, options: argparse.Namespace) -> Told:
    told, found = Told(), library()
    if found is None:
        told.say("not tried: it needs libfaketime (Debian: apt install faketime)")
        return told
    for key in KEYS:
        Event.objects.create(**names.facts(key, 0))
    hands = folder / "hands"
    hands.write_text("+0")
    house.site.variables |= faked(found, hands)
    house.site.begin()
    for mark, jump in enumerate(JUMPS, 1):
        hands.write_text(jump)
        wrong = [*reading(house, mark), *working(house)]
        told.expect(not wrong, f"{jump}: pages, an edit and a job; {'; '.join(wrong) or 'all is well'}")
    return told


def faked(found: Path, hands: Path) -> dict[str, str]:
    return {
        "LD_PRELOAD": str(found),
        "FAKETIME_TIMESTAMP_FILE": str(hands),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }


def reading(house: House, mark: int) -> Iterator[str]:
    """Every process answers, and shows an edit with the next request."""
    for key in KEYS:
        Event.objects.filter(slug=names.slug(key)).update(title=names.title(key, mark))
    floor = dict.fromkeys(KEYS, mark)
    for path in [*_PAGES, *(path for key in KEYS for path in pages_of(key))] * 2:
        answer = get(house.site.port, path)
        if answer.status != 200:
            yield f"{path}: status {answer.status}"
        else:
            yield from older(path, answer.text, floor)


def working(house: House) -> Iterator[str]:
    """The timer does its work, and a second time has nothing to do, whichever moment it is told."""
    for expected in (None, "Nothing is due."):
        words = [str(environment.PYTHON), "manage.py", "run_due_jobs"]
        done = subprocess.run(
            words, cwd=state.CHECKOUT, env=house.variables, capture_output=True, text=True, check=False
        )
        if done.returncode:
            yield f"run_due_jobs at {timezone.now():%H:%M}: {done.stdout.strip()[-200:]}{done.stderr[-300:]}"
        elif expected and expected not in done.stdout:
            yield f"run_due_jobs is not done: {done.stdout.strip()[-200:]}"
