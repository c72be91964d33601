"""What the start page tells of events: what comes, what is due, what is new, what has changed."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.history import Change, changes_of_many
from events.models import Event, EventQuerySet, PublishedVersion
from events.models.choices import Status
from events.outputs.deadlines import KINDS

SHOWN_UPCOMING, SHOWN_NEWEST, SHOWN_LATEST, SHOWN_DEADLINES, SHOWN_CHANGES = 6, 5, 3, 6, 5
# With fewer coming events than this the page also shows the latest past ones.
FEW = 3
# How long a change is news, and how many of the latest versions are looked through for it.
NEWS = dt.timedelta(days=60)
LOOKED_THROUGH = 2000
# What makes people change their plans, by the words of events.wording.
SUBSTANTIAL = {
    "available", "cancelled", "date-known", "free", "mode", "moved-online", "postponed",
    "registration-deadline", "registration-opened", "reinstated", "rescheduled", "sold-out", "time",
    "venue", "venue-added", "venue-removed",
}  # fmt: skip
VOID = (Status.CANCELLED, Status.POSTPONED)


@dataclass(frozen=True)
class Deadline:
    """A day by which something has to be done; `text` names it and the event."""

    event: Event
    day: dt.date
    text: str
    left: str


@dataclass(frozen=True)
class ChangedEvent:
    event: Event
    change: Change
    day: dt.date


def front_page(at: dt.datetime | None = None) -> dict[str, Any]:
    """The events of the page's parts, each part empty where there is nothing to tell (at most 12 queries)."""
    at = at or timezone.now()
    published = Event.objects.published(at)
    picked = _picked(published, at)
    due = _due(published, at)
    changed = _changed(published, at)
    keys = {*picked["upcoming"], *picked["newest"], *picked["latest"], *changed}
    events = Event.objects.for_listing().in_bulk(keys | {key for key, _day, _kind in due})
    upcoming = sorted((events[key] for key in picked["upcoming"]), key=lambda one: (one.starts_at, one.pk))
    latest = sorted((events[key] for key in picked["latest"]), key=lambda one: (one.starts_at, one.pk))
    shown_latest = latest[::-1] if len(upcoming) < FEW else []
    return {
        "upcoming": upcoming,
        "latest": shown_latest,
        "newest": _newest([*upcoming, *shown_latest], picked["newest"], events),
        "deadlines": [_deadline(events[key], day, kind, timezone.localdate(at)) for key, day, kind in due],
        "changes": _told([events[key] for key in changed], at),
        "years": list(_years(published)),
    }


def _picked(published: EventQuerySet, at: dt.datetime) -> dict[str, list[int]]:
    """{part of the page: primary keys, in no order that could be relied on} (one query)."""
    parts = {
        "upcoming": published.upcoming(at)[:SHOWN_UPCOMING],
        # Some of them stand above already.
        "newest": published.order_by("-published_at", "-pk")[: SHOWN_NEWEST + SHOWN_UPCOMING + SHOWN_LATEST],
        "latest": published.past(at)[:SHOWN_LATEST],
    }
    rows = [part.values_list("pk", Value(name)) for name, part in parts.items()]
    found: dict[str, list[int]] = {name: [] for name in parts}
    for key, name in rows[0].union(*rows[1:], all=True):
        found[name].append(key)
    return found


def _newest(above: Sequence[Event], keys: Sequence[int], events: Mapping[int, Event]) -> list[Event]:
    fresh = [events[key] for key in keys if events[key] not in above]
    fresh.sort(key=lambda event: (event.published_at or event.created_at, event.pk), reverse=True)
    return fresh[:SHOWN_NEWEST]


def _years(published: EventQuerySet) -> QuerySet[Event, tuple[int, int]]:
    """[(year, number of events that begin in it)], the latest first (one query)."""
    years = published.order_by().values_list("starts_on__year").annotate(number=Count("pk"))
    return years.order_by("-starts_on__year")


# -- deadlines ------------------------------------------------------------------------------------


def _due(published: EventQuerySet, at: dt.datetime) -> list[tuple[int, dt.date, str]]:
    """[(primary key, day, kind)] of the nearest deadlines of events that are to take place (one query)."""
    coming = published.upcoming(at).exclude(status__in=VOID)
    rows = [
        coming.filter(**{f"{kind}__gte": timezone.localdate(at)})
        .order_by(kind, "pk")
        .values_list("pk", F(kind), Value(kind))[:SHOWN_DEADLINES]
        for kind in KINDS
    ]
    found = rows[0].union(*rows[1:], all=True)
    return sorted(found, key=lambda row: (row[1], row[0], row[2]))[:SHOWN_DEADLINES]


def _deadline(event: Event, day: dt.date, kind: str, today: dt.date) -> Deadline:
    label, _url = KINDS[kind]
    return Deadline(event, day, str(label) % {"title": event.display_title}, days_left((day - today).days))


def days_left(number: int) -> str:
    """today / tomorrow / in 5 days."""
    if number < 2:
        return _("tomorrow") if number else _("today")
    return ngettext("in %(number)d day", "in %(number)d days", number) % {"number": number}


# -- changes --------------------------------------------------------------------------------------


def _changed(published: EventQuerySet, at: dt.datetime) -> list[int]:
    """The coming events of which another version became public of late, the latest first (one query)."""
    versions = PublishedVersion.objects.order_by("-pk")
    earlier = PublishedVersion.objects.filter(event=OuterRef("event"), pk__lt=OuterRef("pk"))
    recent = versions.filter(
        Exists(earlier),
        pk__in=versions.values("pk")[:LOOKED_THROUGH],
        event__in=published.upcoming(at).order_by().values("pk"),
        at__range=(_news_begin(at), at),
    )
    # Some of them will have changed in nothing of weight.
    return list(dict.fromkeys(recent.values_list("event", flat=True)[: 4 * SHOWN_CHANGES]))


def _news_begin(at: dt.datetime) -> dt.datetime:
    """At a midnight, so that the page tells the same all day (`events.freshness.seed`)."""
    return timezone.make_aware(dt.datetime.combine(timezone.localdate(at), dt.time())) - NEWS


def _told(events: Sequence[Event], at: dt.datetime) -> list[ChangedEvent]:
    """The gravest of the latest changes of weight of each event, the latest first."""
    if not events:
        return []
    changes = changes_of_many(events, at)
    latest = [(event, one) for event in events if (one := _latest(event, changes[event.pk], at))]
    latest.sort(key=lambda pair: pair[1].at or at, reverse=True)
    return [ChangedEvent(event, one, timezone.localdate(one.at)) for event, one in latest[:SHOWN_CHANGES]]


def _latest(event: Event, changes: Iterable[Change], at: dt.datetime) -> Change | None:
    """Of one moment the gravest stands first. What is put right on the first day is no news."""
    first, begin = timezone.localdate(event.published_at or at), _news_begin(at)
    weighty = (
        one
        for one in changes
        if one.at and one.at >= begin and timezone.localdate(one.at) > first and one.kind in SUBSTANTIAL
    )
    return next(weighty, None)
