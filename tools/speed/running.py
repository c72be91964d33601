"""One size measured: servers without and with the page cache, and the yardsticks beside them."""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import psycopg2

from tools import environment, processes
from tools.measuring import load
from tools.speed import fetching
from tools.speed.bars import FIRST
from tools.speed.driving import Load, drive
from tools.speed.serving import Serving, database_busy
from tools.terminal import Problem, step

# Ratios and tables are of so many connections; the kinds that are asked at other numbers, too.
USUAL = 2
THOROUGH = ("list", "filtered", "detail")
WARM_PATHS = 20
# So many pages are asked for before those that count, where three are not enough: what is kept of events is
# to be there, whichever process has drawn them; what a connection plans once it plans a few times at first.
BEFORE = {"detail": 150, "API": 150, FIRST: 100}
# Whoever takes more events than these into a calendar at once waits for minutes; nobody does.
MOST_IN_A_CALENDAR = 100_000
# Seconds that servers may take until they answer quickly, and what is quick.
LONGEST_REST, QUICK = 300, 2.0
# Fewer answers than that are worth so many seconds more.
FEW, LONGER = 40, 4
# The system deals connections out to the workers as it likes: of two, both may come to the same one, and the
# other does nothing. Where one has done less than so much of the work, all is asked again, so often at most.
FAIR, AGAIN = 0.25, 5
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}
# Pages of tools/speed/bare.py.
YARDSTICKS = {
    "empty": "/empty/",
    "rows": "/rows/",
    "empty, all middleware": "/full/empty/",
    "rows, all middleware": "/full/rows/",
}
Told = dict[str, Any]


class Once(NamedTuple):
    """One load: what it told, processor seconds of the workers and of the database, whether all worked."""

    load: Load
    ours: float
    database: float
    is_fair: bool

    @property
    def worth(self) -> tuple[bool, bool, float]:
        return self.load.requests >= FEW, self.is_fair, self.load.rate


class Run:
    """Everything about one database. `variables` are those of its processes."""

    def __init__(self, variables: dict[str, str], postmaster: int, options: argparse.Namespace) -> None:
        self.variables = variables | {"API_REQUESTS_PER_MINUTE": "0", "LOG_LEVEL": "ERROR"}
        self.postmaster, self.options = postmaster, options

    def look_inside(self, make: int | None) -> Told:
        """What `tools.speed.inside` tells, after filling the database where `make` says how many events."""
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            words = ["--today", self.options.today.isoformat(), "--into", file.name]
            words += ["--make", str(make)] if make else []
            words += ["--only", *self.options.pages] if self.options.pages else []
            call = "import sys, django; django.setup(); from tools.speed import inside; "
            call += "sys.exit(inside.main(sys.argv[1:]))"
            variables = self.variables | {"PAGE_CACHE_MEGABYTES": "0"}
            with step(f"{make or ''} events, rows, index and queries".strip()):
                failed = processes.run_apart([str(environment.PYTHON), "-c", call, *words], variables)
            if failed:
                raise Problem("The synthetic catalogue could not be made.", "The lines above say why.")
            told: Told = json.loads(Path(file.name).read_text())
        return told

    def measure(self, told: Told) -> Told:
        """`told` with the loads of a site without and of one with the page cache, without the addresses."""
        paths, calendar = told.pop("paths"), told.pop("calendar")
        without = self.variables | {"PAGE_CACHE_MEGABYTES": "0"}
        has_calendar = told["events"] <= MOST_IN_A_CALENDAR
        with Serving(self.variables | {"SPEED_DOOR": "yes"}, "tools.speed.bare", "/empty/") as bare:
            # One site after the other: each worker reads the whole catalogue before it answers.
            for name, variables in (("cold", without), ("warm", self.variables)):
                with step(f"{told['events']} events, {name}"), Serving(variables) as site:
                    self._rest(site, next(iter(paths.values()))[0])
                    told[name] = self._phase(name, site, bare, paths)
                    if has_calendar and name == "cold":
                        first = fetching.fetch_long(site.port, calendar, site.members())
        if has_calendar:
            with step(f"{told['events']} events, the calendar of all"):
                told["calendar_of_all"] = {"never": first, **self._calendar(without, calendar)}
        return told

    def _rest(self, site: Serving, path: str) -> None:
        """Until the workers have read what they read beside their first answers.

        Of a large catalogue that takes seconds, in which such a page is made by slow means, or not at all.
        """
        until, quick = time.monotonic() + LONGEST_REST, 0
        while quick < 4 * site.workers and time.monotonic() < until:
            begun = time.monotonic()
            try:
                fetching.fetch(site.port, path, BROWSER)
            except Problem:
                begun = 0.0
            quick = quick + 1 if time.monotonic() - begun < QUICK else 0

    def _phase(self, name: str, site: Serving, bare: Serving, paths: dict[str, list[str]]) -> Told:
        told: Told = {"pages": {}, "load": load()}
        before = self._yardsticks(bare)
        for kind, asked in paths.items():
            if (name, kind) != ("warm", FIRST):
                told["pages"][kind] = self._page(site, name, kind, asked)
        if name == "warm":
            for kind in ("list", "detail"):
                told["pages"][f"{kind}, 304"] = self._unchanged(site, paths.get(kind, []))
        after = self._yardsticks(bare)
        told["memory_mb"] = site.memory()
        told["yardsticks"] = {
            key: {part: (one[part] + after[key][part]) / 2 for part in one} for key, one in before.items()
        }
        told["noise"] = max(
            abs(one["cpu_ms"] - after[key]["cpu_ms"]) / max(one["cpu_ms"], 0.01)
            for key, one in before.items()
        )
        return told

    def _yardsticks(self, bare: Serving) -> dict[str, Told]:
        return {name: self._drive(bare, [path], USUAL, BROWSER) for name, path in YARDSTICKS.items()}

    def _page(self, site: Serving, phase: str, kind: str, paths: Sequence[str]) -> Told:
        """{connections: figures}"""
        asked = paths[:WARM_PATHS] if phase == "warm" else paths
        for path in asked if phase == "warm" else asked[: BEFORE.get(kind, 3)]:
            fetching.fetch(site.port, path, BROWSER)
        counts = self.options.connections if kind in THOROUGH or self.options.thorough else [USUAL]
        return {
            str(count): self._drive(site, asked, count, BROWSER, is_first=kind == FIRST) for count in counts
        }

    def _forget_pieces(self) -> None:
        with closing(psycopg2.connect(self.variables["DATABASE_URL"])) as session, session.cursor() as cursor:
            cursor.execute("TRUNCATE events_pagepiece")
            session.commit()

    def _unchanged(self, site: Serving, paths: Sequence[str]) -> Told:
        """The answers of a browser that holds the page already: all of them must be 304."""
        if not paths:
            return {}
        tag = fetching.fetch(site.port, paths[0], BROWSER).tag
        headers = BROWSER | {"If-None-Match": tag}
        statuses = {fetching.fetch(site.port, paths[0], headers).status for _time in range(6)}
        figures = self._drive(site, paths[:1], USUAL, headers)
        return {str(USUAL): figures | {"errors": figures["errors"] + (statuses != {304})}}

    def _drive(
        self,
        site: Serving,
        paths: Sequence[str],
        connections: int,
        headers: dict[str, str],
        *,
        is_first: bool = False,
    ) -> Told:
        """The best of some loads, since other work on the machine only takes; errors are those of all."""
        told: list[Once] = []
        for round_ in range(self.options.rounds):
            seconds = self.options.seconds
            for _time in range(AGAIN):
                if is_first:
                    self._forget_pieces()
                told.append(self._once(site, paths, connections, headers, seconds, round_))
                is_short = told[-1].load.requests < FEW and seconds < LONGER
                if is_short:
                    seconds = LONGER
                elif told[-1].is_fair or told[-1].load.requests < FEW:
                    break
        best = max(told, key=lambda one: one.worth)
        load, many = best.load, max(best.load.requests, 1)
        return asdict(load) | {
            "rate": load.rate, "errors": sum(one.load.errors for one in told) + (not load.requests),
            "own_ms": 1000 * best.ours / many, "database_ms": 1000 * best.database / many,
            "cpu_ms": 1000 * (best.ours + best.database) / many, "kb": load.bytes / many / 1000,
        }  # fmt: skip

    def _once(
        self,
        site: Serving,
        paths: Sequence[str],
        connections: int,
        headers: dict[str, str],
        seconds: int,
        round_: int,
    ) -> Once:
        before, database = site.busy(), database_busy(self.postmaster)
        one = drive(site.port, paths, connections, seconds, headers, start=round_ * 37)
        database = database_busy(self.postmaster) - database
        each = [after - was for after, was in zip(site.busy(), before, strict=False)]
        is_fair = connections < site.workers or min(each, default=0.0) >= FAIR * sum(each)
        return Once(one, sum(each), database, is_fair)

    def _calendar(self, variables: dict[str, str], path: str) -> Told:
        """The first answer of a server that has just begun; another one has given that answer before."""
        with Serving(variables, workers=1) as site:
            time.sleep(1)  # what a worker reads beside its first answers
            ours, database = sum(site.busy()), database_busy(self.postmaster)
            told = fetching.fetch_long(site.port, path, site.members())
            busy = sum(site.busy()) - ours + database_busy(self.postmaster) - database
            again = fetching.fetch_long(site.port, path, site.members())
        return {"cold": told | {"cpu_s": busy}, "again": again}


def environment_of(url: str) -> dict[str, str]:
    return dict(os.environ) | {"DATABASE_URL": url}
