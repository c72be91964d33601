"""No page asks more of the database for four times the events: what of `dev.py bench speed` never varies.

The synthetic catalogue is committed at both sizes: within a transaction that has changed something, pages are
made from plain SQL.
"""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from events.models import Event
from journal.kept import forget_everything
from tools.speed import crowd, inside
from tools.speed.addresses import API, addresses

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
FEW, MANY = 400, 1_600
# The search has counts of its own (tests/search), and its index would take longer than all the rest.
LEFT_OUT = {"search", "list, searched"}
# {kind: (queries, most that the rows touched may grow by from FEW to MANY)}: flat, or with what it tells.
PAGES = {
    "list": (2, 2),
    "list, upcoming": (1, 2),
    "filtered": (2, 2),
    "many facets": (2, 3),
    "deep page": (2, 2),
    "detail": (3, 2),
    "detail, first ask": (6, 2),
    "month": (2, 3),
    "calendar": (5, 2),
    "calendar of one": (6, 2),
    "JSON": (6, 2),
    "API": (6, 3),
    # All events of the year, of which there are four times as many, and of the map.
    "year": (4, 4.5),
    "map": (3, 4.5),
    "organisation": (9, 4.5),
    "person": (5, 4.5),
    "topic": (6, 4.5),
    "front page": (2, 4.5),
}


@pytest.fixture(scope="module")
def counted(django_db_setup, django_db_blocker):
    """{number of events: {kind: what `inside.count` tells}}"""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False):
        return {events: _counted(events) for events in (FEW, MANY)}


def _counted(events):
    crowd.fill(events, NOW.date())
    forget_everything()
    try:
        paths = addresses(NOW.date())
        # Tables of few rows are rather read from end to end; large ones are what this is about.
        _set("enable_seqscan", "off")
        rich = _richest()
        paths |= {
            "detail": rich,
            "detail, first ask": rich,
            "API": [f"{API}?when=all", f"{API}?when=all&sort=-date"],
        }
        # Two lists without an event in common: what is drawn for the first serves no other.
        paths["list"].reverse()
        return {kind: _asked(kind, paths[kind]) for kind in sorted(paths.keys() - LEFT_OUT)}
    finally:
        _set("enable_seqscan", "on")
        crowd.clear()
        forget_everything()


def _asked(kind, paths):
    """With nothing kept but what the first of the pages has left. Busy nouns differ in what they tell."""
    forget_everything()
    return inside.count(paths[: 4 if "/organisationen/" in paths[0] else 2], kind)


def _richest():
    """Pages of events that have some of everything, so that no question is spared for want of rows."""
    rich = Event.objects.filter(
        series__isnull=False, appearances__isnull=False, sessions__isnull=False, mode="onsite"
    )
    slugs = rich.distinct().order_by("pk").values_list("slug", flat=True)[:4]
    return [reverse("events:detail", args=[slug]) for slug in slugs]


def _set(name, value):
    with connection.cursor() as cursor:
        cursor.execute(f"SET {name} = {value}")


def test_every_kind_of_page_is_counted(counted):
    assert counted[FEW].keys() == counted[MANY].keys() == PAGES.keys()


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_asks_as_many_questions_at_any_size(counted, kind):
    queries, _growth = PAGES[kind]
    asked = [counted[events][kind]["queries"] for events in (FEW, MANY)]
    assert asked == [queries, queries]


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_touches_hardly_more_rows_of_a_larger_catalogue(counted, kind):
    _queries, growth = PAGES[kind]
    few, many = (counted[events][kind]["rows"] for events in (FEW, MANY))
    assert many <= growth * few, (few, many)
