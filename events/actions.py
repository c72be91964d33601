"""What editors do to an event. Each is one transaction; admin, imports and commands call the same."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from events.models import Event, PreviousDate
from events.models.choices import Mode, OnlineAccess, State, Status


@transaction.atomic
def publish(event: Event, *, at: dt.datetime | None = None) -> None:
    """Make the entry public, at once or from `at` on."""
    event.state = State.PUBLISHED
    event.publish_from = at
    event.save(update_fields=["state", "publish_from"])
    event.refresh_from_db()


@transaction.atomic
def withdraw(event: Event) -> None:
    """Take the entry back: its page answers 410 Gone from now on."""
    event.state = State.WITHDRAWN
    event.save(update_fields=["state"])
    event.refresh_from_db()


@transaction.atomic
def mark_checked(event: Event, *, on: dt.date | None = None) -> None:
    """Note that somebody compared the entry with its sources."""
    event.checked_on = on or timezone.localdate()
    event.save(update_fields=["checked_on"])


@transaction.atomic
def reschedule(event: Event, *, starts_on: dt.date, ends_on: dt.date) -> None:
    """Give the event a new date and keep the one it had, struck through, as a previous date."""
    PreviousDate.objects.create(
        event=event,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        start_time=event.start_time,
        date_precision=event.date_precision,
        position=event.previous_dates.count(),
    )
    event.starts_on, event.ends_on = starts_on, ends_on
    event.status = Status.RESCHEDULED
    event.save(update_fields=["starts_on", "ends_on", "status"])
    event.refresh_from_db()


@transaction.atomic
def move_online(event: Event, *, url: str = "") -> None:
    """Let the event take place online instead of on site."""
    event.mode, event.status, event.online_url = Mode.ONLINE, Status.MOVED_ONLINE, url
    event.online_access = "" if url else OnlineAccess.AFTER_REGISTRATION
    event.save(update_fields=["mode", "status", "online_url", "online_access"])
    event.refresh_from_db()


@transaction.atomic
def cancel(event: Event) -> None:
    event.status = Status.CANCELLED
    event.save(update_fields=["status"])
    event.refresh_from_db()
