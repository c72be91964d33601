"""What is done inside Django beside one synthetic catalogue: fill it, name addresses, count queries.

For a process of its own, since Django knows one database.
"""

import argparse
import datetime as dt
import gzip
import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client, RequestFactory

from events.bits.keeper import keeper
from events.models import Event
from index.rebuilding import rebuild
from tools.measuring import Clock, cost_of, cost_of_call, database_clock, yardstick
from tools.speed import crowd
from tools.speed.addresses import addresses

# Addresses of a kind that are counted, and times that the application's part is measured.
COUNTED, TIMES = 3, 7
# Of these the database keeps what was drawn of single events.
KEPT = ("detail", "API")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="inside")
    parser.add_argument("--make", type=int, help="fill the empty database with so many events first")
    parser.add_argument("--today", type=dt.date.fromisoformat, required=True)
    parser.add_argument("--only", nargs="*", help="kinds of pages")
    parser.add_argument("--into", type=Path, required=True, help="the file that is told what was found")
    options = parser.parse_args(arguments)
    told: dict[str, Any] = make(options.make, options.today) if options.make else {}
    kinds = addresses(options.today)
    chosen = {kind: kinds[kind] for kind in options.only or kinds}
    told |= {
        "events": Event.objects.count(),
        "database_mb": _size(),
        "paths": chosen,
        "calendar": _calendar(),
    }
    # Of a large catalogue that takes seconds, in which plain SQL would answer.
    keeper.begin()
    keeper.settle()
    told["counted"] = {kind: count(paths, kind) for kind, paths in chosen.items()}
    told["application_ms"] = application()
    told["yardstick_ms"] = yardstick()
    options.into.write_text(json.dumps(told))
    return 0


def make(events: int, today: dt.date) -> dict[str, float]:
    """Seconds for the rows and for the search's index."""
    begun = time.perf_counter()
    crowd.fill(events, today)
    filled = time.perf_counter()
    rebuild(jobs=os.cpu_count() or 1)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    return {"fill_s": filled - begun, "index_s": time.perf_counter() - filled}


def count(paths: Sequence[str], kind: str = "") -> dict[str, float]:
    """Queries (the most), rows that the database touched, kilobytes plain and compressed (means).

    In a process that has answered such a page before, with nothing kept of the pages themselves; what others
    have drawn of events ("detail", "API") they find.
    """
    client, clock = Client(), database_clock()
    first, *rest = paths[: COUNTED + 1]
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE events_pagepiece, events_recordpiece")
    _ask(client, first, clock)
    for _time in range(2 if kind in KEPT else 1):
        told = [_ask(client, path, clock) for path in rest or [first]]
    means = {name: sum(one[name] for one in told) / len(told) for name in told[0]}
    return means | {"queries": max(one["queries"] for one in told)}


def _ask(client: Client, path: str, clock: Clock) -> dict[str, float]:
    before = rows_touched()
    cost = cost_of(client, path, clock)
    rows = rows_touched() - before
    packed = len(gzip.compress(cost.body, 6)) / 1000
    return {
        "queries": cost.queries, "rows": rows, "own_ms": cost.own, "sql_ms": cost.sql,
        "kb": cost.kilobytes, "kb_packed": packed,
    }  # fmt: skip


def rows_touched() -> int:
    """Rows of tables that were read one after the other, and entries of indexes, since the beginning."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT (SELECT coalesce(sum(seq_tup_read), 0) FROM pg_stat_user_tables) "
            "+ (SELECT coalesce(sum(idx_tup_read), 0) FROM pg_stat_user_indexes)"
        )
        return int(cursor.fetchone()[0])


def application() -> dict[str, float]:
    """Milliseconds, processor and database, for facets, total and first page, before anything is drawn."""
    from events.views.frame import listed, select

    clock = database_clock()

    def ask(query: dict[str, Any]) -> Callable[[], object]:
        def answer() -> object:
            context = listed(select(RequestFactory().get("/", query)), "list", None)
            return [list(context["page"]), context["page"].paginator.count]

        return answer

    queries = {"all": {"when": "all"}, "filtered": {"when": "all", "mode": "onsite", "format": "congress"}}
    return {
        name: median(cost_of_call(ask(query), clock).busy for _time in range(TIMES))
        for name, query in queries.items()
    }


def _calendar() -> str:
    from django.urls import reverse

    return reverse("events:list-ics") + "?when=all"


def _size() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()) / 1e6")
        return float(cursor.fetchone()[0])
