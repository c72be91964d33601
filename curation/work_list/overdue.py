"""Series of which the next edition should be in the directory by now."""

import datetime as dt
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, Exists, OuterRef
from django.db.models.functions import Cast, TruncMonth
from django.utils import timezone

from events.models import Event, Series
from events.models.choices import Precision, State, Status
from events.rhythm import LOOK_BACK, expected_next, turn

# Editions are announced that long before their month, as a rule.
AHEAD = dt.timedelta(days=90)


def overdue(series: Any, at: dt.datetime | None = None) -> Any:
    """Those whose rhythm lets an edition be due within three months, or in one that has passed.

    An edition that is being entered counts: nothing is overdue that somebody is working on. When a series has
    missed two turns, nothing is expected of it any more (see events.rhythm).
    """
    return series.filter(pk__in=overdue_keys(at))


def overdue_keys(at: dt.datetime | None = None) -> list[int]:
    """Their primary keys: one query."""
    today = timezone.localdate(at)
    living = Event.objects.filter(series=OuterRef("pk")).exclude(state=State.WITHDRAWN).order_by()
    held = living.exclude(status=Status.POSTPONED)
    held = held.filter(date_precision__in=[Precision.DAY, Precision.MONTH])
    months = (
        held.annotate(month=Cast(TruncMonth("starts_on"), DateField()))
        .values("month")
        .distinct()
        .order_by("-month")
    )
    quiet = Series.objects.order_by().filter(~Exists(living.filter(ends_on__gte=today)))
    rows = quiet.annotate(months=ArraySubquery(months[:LOOK_BACK])).values_list("pk", "months")
    return [key for key, latest in rows if _is_due(latest, today)]


def _is_due(months: list[dt.date], today: dt.date) -> bool:
    pace = turn(months)
    if pace is None or expected_next(months, today) is None:
        return False
    index = max(months).year * 12 + max(months).month - 1 + pace
    return dt.date(index // 12, index % 12 + 1, 1) <= today + AHEAD
