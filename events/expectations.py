"""Editions that are expected from a series' rhythm: shown on pages as such, never in an output."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Max
from django.utils import timezone

from events.freshness import seed
from events.models import Event, EventQuerySet, Series
from events.models.choices import Precision, Status
from events.rhythm import Expected, expected_next, turn
from journal.kept import Kept


@dataclass(frozen=True)
class ExpectedEdition:
    """The edition of a series that has not been announced yet."""

    series: Series
    expected: Expected
    last_event: Event


# Of the moments and lengths that were asked for of late: pages ask for few.
_kept: "Kept[list[ExpectedEdition]]" = Kept(most=8)


def expected_editions(at: dt.datetime | None = None, limit: int = 12) -> list[ExpectedEdition]:
    """The nearest expected editions of all series: two queries where something has changed since the last
    time."""
    moment = at or timezone.now()
    return _kept.get((seed(moment), limit), lambda: _worked_out(moment, limit))


def _worked_out(at: dt.datetime, limit: int) -> list[ExpectedEdition]:
    today = timezone.localdate(at)
    order = ("starts_on", "pk")
    # Whose next edition is announced is not even read.
    series = _held(at).values("series").annotate(latest=Max("starts_on")).filter(latest__lte=today)
    told = series.annotate(days=ArrayAgg("starts_on", order_by=order), keys=ArrayAgg("pk", order_by=order))
    due = {}
    for days, keys in told.values_list("days", "keys"):
        expected = expected_next(days, today)
        if expected:
            due[keys[-1]] = expected
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
