"""What editors do to an event. Each is one transaction; admin, imports and commands call the same."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from events.models import Event, PreviousDate
from events.models.choices import Mode, OnlineAccess, Precision, State, Status, VenueUse


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
def reschedule(
    event: Event,
    *,
    starts_on: dt.date,
    ends_on: dt.date,
    start_time: dt.time | None = None,
    end_time: dt.time | None = None,
    precision: Precision = Precision.DAY,
) -> None:
    """Give the event a new date and keep the one it had, struck through, as a previous date.

    Times are those of the new date: without them they are not known yet, the old ones do not hold.
    """
    PreviousDate.objects.create(
        event=event,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        start_time=event.start_time,
        date_precision=event.date_precision,
        position=event.previous_dates.count(),
    )
    event.starts_on, event.ends_on = starts_on, ends_on
    event.start_time, event.end_time = start_time, end_time
    event.date_precision, event.status = precision, Status.RESCHEDULED
    event.save(update_fields=["starts_on", "ends_on", "start_time", "end_time", "date_precision", "status"])
    event.refresh_from_db()


@transaction.atomic
def move_online(event: Event, *, url: str = "") -> None:
    """Let the event take place online instead of on site; nobody is sent to its venues any longer."""
    event.mode, event.status, event.online_url = Mode.ONLINE, Status.MOVED_ONLINE, url
    event.online_access = "" if url else OnlineAccess.AFTER_REGISTRATION
    event.save(update_fields=["mode", "status", "online_url", "online_access"])
    event.venue_links.filter(use=VenueUse.VENUE).update(use=VenueUse.PLANNED)
    event.refresh_from_db()


@transaction.atomic
def cancel(event: Event) -> None:
    event.status = Status.CANCELLED
    event.save(update_fields=["status"])
    event.refresh_from_db()
