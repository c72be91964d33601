"""What editors' lists and autocompletes cost among 100,000 events."""

import argparse
import os
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.crypto import get_random_string

from events.models import Event, Series
from index.rebuilding import rebuild
from organisations.models import Organisation
from speakers.models import Speaker
from tools import bench_events
from tools.measuring import QUIET, Cost, cost_of, database_clock, load, yardstick

EVENTS = 100_000
SERIES, BODIES, PEOPLE = 5_000, 5_000, 20_000
TIMES = 5
# As many events as a page of their list holds.
PER_PAGE = 50
# The bars: a list and an autocomplete. Milliseconds of our processor and the database's.
QUERIES, LIST, AUTOCOMPLETE = 10, 150, 50
Page = tuple[str, str, dict[str, str], int]

FILTERS: dict[str, dict[str, str]] = {
    "first page": {},
    "by title": {"o": "1"},
    "by state": {"o": "2"},
    "by last check": {"o": "6"},
    "by last change": {"o": "7"},
    "published": {"state__exact": "published"},
    "upcoming": {"when": "upcoming"},
    "past": {"when": "past"},
    "cancelled": {"status__exact": "cancelled"},
    "hybrid": {"mode__exact": "hybrid"},
    "without organiser": {"missing": "organiser"},
    "without topic": {"missing": "topic"},
    "without source": {"missing": "source"},
    "without summary": {"missing": "summary"},
    "never checked": {"checked": "never"},
    "of one month": {"date_precision__exact": "month"},
    "of a series": {"series": "reihe-7"},
    "of a year": {"starts_on__year": "2031"},
    "without samples": {"samples": "without"},
}
SEARCHES = {f"search “{words}”": {"q": words} for words in ("kongress", "verwaltung 77", "nichtsdavon")}
NOUNS = ("events_series", "events_topic", "events_venue", "organisations_organisation", "speakers_speaker")
REFERENCES = {
    "series": ("events", "event", "series"),
    "event": ("events", "event", "parent"),
    "topic": ("events", "eventtopic", "topic"),
    "venue": ("events", "eventvenue", "venue"),
    "organisation": ("events", "participation", "organisation"),
    "person": ("events", "appearance", "speaker"),
}


def main(arguments: list[str]) -> int:
    """Exit status 1 where a bar does not hold; times count only on a quiet machine."""
    parser = argparse.ArgumentParser(prog="dev.py bench admin", description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS, help=f"how many ({EVENTS})")
    parser.add_argument("--search", action="store_true", help="searches too, which takes minutes more")
    options = parser.parse_args(arguments)
    begun = load()
    bench_events.fill(options.events)
    fill_around()
    if options.search:
        # Triggers were off: nobody has told the index of anything.
        rebuild(jobs=os.cpu_count() or 1)
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("bench", password=get_random_string(20)))
    broken = list(_tell(client, list(pages(options.events, options.search)), begun < QUIET))
    print(f"yardstick: {yardstick():.1f} ms for a template of 1,000 lines; load {begun:.1f} to {load():.1f}")
    print("\n".join(f"not held: {one}" for one in broken) or "all bars hold")
    return 1 if broken else 0


def fill_around() -> None:
    """Series, organisations and people in the numbers that come with so many events."""
    rows = (
        [Series(pk=n, slug=f"reihe-{n}", name=f"Tage der Verwaltung {n}") for n in range(1, SERIES + 1)],
        [
            Organisation(
                pk=n, slug=f"stadt-{n}", name=f"Stadt Musterhausen {n}", kind="authority", level="state"
            )
            for n in range(bench_events.BODIES + 1, BODIES + 1)
        ],
        [
            Speaker(pk=n, slug=f"person-{n}", given_name="Erika", family_name=f"Mustermann-{n}")
            for n in range(1, PEOPLE + 1)
        ],
    )
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for things in rows:
            found: Any = type(things[0])
            found._default_manager.bulk_create(things, batch_size=1000)
        cursor.execute(f"UPDATE {Event._meta.db_table} SET series_id = 1 + id % {SERIES}")  # noqa: S608
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM (ANALYZE)")


def pages(events: int, searched: bool) -> Iterator[Page]:
    """(what, address, query, bar in milliseconds)"""
    address, last = reverse("admin:events_event_changelist"), max(1, events // PER_PAGE)
    deep = {"in the middle": {"p": str(max(1, last // 2))}, "last page": {"p": str(last)}}
    for what, query in (FILTERS | deep | (SEARCHES if searched else {})).items():
        yield f"events, {what}", address, query, LIST
    for noun in NOUNS:
        yield noun, reverse(f"admin:{noun}_changelist"), {}, LIST
        yield f"{noun}, search", reverse(f"admin:{noun}_changelist"), {"q": "77"}, LIST
    names = ("app_label", "model_name", "field_name")
    for what, field in REFERENCES.items():
        for term in ("", "stadt" if what == "organisation" else "muster", "77"):
            query = {**dict(zip(names, field, strict=True)), "term": term}
            yield f"autocomplete {what} “{term}”", reverse("admin:autocomplete"), query, AUTOCOMPLETE


def _tell(client: Client, asked: list[Page], is_quiet: bool) -> Iterator[str]:
    """Prints a table and gives what is not held."""
    clock = database_clock()
    bare = _least(client, reverse("admin:password_change"), {}, clock)
    titles = ("queries", "own", "SQL", "sum", "× bare", "wall")
    print(f"{'ms, least of ' + str(TIMES):<44}" + "".join(f"{title:>9}" for title in titles))
    for what, address, query, bar in [("bare page", reverse("admin:password_change"), {}, LIST), *asked]:
        cost = _least(client, address, query, clock)
        figures = (cost.own, cost.sql, cost.busy)
        told = "".join(f"{figure:>9.0f}" for figure in figures)
        print(f"{what:<44}{cost.queries:>9}{told}{cost.busy / bare.busy:>9.1f}{cost.wall:>9.0f}", flush=True)
        if cost.queries > QUERIES:
            yield f"{what}: {cost.queries} queries of {QUERIES}"
        if is_quiet and cost.busy > bar:
            yield f"{what}: {cost.busy:.0f} ms of {bar}"


def _least(client: Client, address: str, query: dict[str, str], clock: Callable[[], float]) -> Cost:
    costs = [cost_of(client, address, clock, query) for _time in range(TIMES)]
    return min(costs, key=lambda cost: cost.busy)
