"""Editions that are expected from a series' rhythm: shown on pages as such, never in an output."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from events.models import Event, EventQuerySet, Series
from events.models.choices import Precision, Status
from events.rhythm import Expected, expected_next, turn


@dataclass(frozen=True)
class ExpectedEdition:
    """The edition of a series that has not been announced yet."""

    series: Series
    expected: Expected
    last_event: Event


def expected_editions(at: dt.datetime | None = None, limit: int = 12) -> list[ExpectedEdition]:
    """The nearest expected editions of all series: two queries."""
    today = timezone.localdate(at) if at else timezone.localdate()
    histories: dict[int, list[tuple[dt.date, int]]] = defaultdict(list)
    for series, starts_on, key in _held(at).values_list("series", "starts_on", "pk"):
        histories[series].append((starts_on, key))
    due = {}
    for history in histories.values():
        expected = expected_next((day for day, _key in history), today)
        if expected:
            due[max(history)[1]] = expected
    nearest = sorted(due.items(), key=lambda item: (item[1].first_day, item[0]))[:limit]
    events = Event.objects.select_related("series").in_bulk([key for key, _expected in nearest])
    return [ExpectedEdition(events[key].series, expected, events[key]) for key, expected in nearest]


def expected_edition(series: Series, at: dt.datetime | None = None) -> Expected | None:
    """When the series' next edition may be expected; None without a rhythm."""
    today = timezone.localdate(at) if at else timezone.localdate()
    return expected_next(_held(at).filter(series=series).values_list("starts_on", flat=True), today)


def pace(series: Series, at: dt.datetime | None = None) -> int | None:
    """The months from one edition to the next, where they come at a steady pace."""
    return turn(_held(at).filter(series=series).values_list("starts_on", flat=True))


def _held(at: dt.datetime | None) -> EventQuerySet:
    """Editions that make a rhythm: known to the month at least, and not put off."""
    events = Event.objects.published(at).exclude(status=Status.POSTPONED).filter(series__isnull=False)
    return events.filter(date_precision__in=[Precision.DAY, Precision.MONTH]).order_by()
