"""What editors do to an event. Each is one transaction; admin, imports and commands call the same."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import workflow
from events.models import Event, PreviousDate, Step
from events.models.choices import Mode, OnlineAccess, Precision, Status, VenueUse
from events.workflow import Move
from journal.turns import take_turn


def begin(event: Event, *, by: Any) -> None:
    """Note who entered the entry: it is theirs as long as they belong to no organisation."""
    Step.objects.get_or_create(event=event, from_state="", defaults={"to_state": event.state, "by": by})


def submit(event: Event, *, by: Any = None, note: str = "") -> None:
    """Ask a colleague to look."""
    take(event, Move.SUBMIT, by=by, note=note)


def send_back(event: Event, *, note: str, by: Any = None) -> None:
    """Make the entry a draft again, with a word why; only what visitors never saw."""
    take(event, Move.SEND_BACK, by=by, note=note)


def publish(event: Event, *, at: dt.datetime | None = None, by: Any = None, note: str = "") -> None:
    """Make the entry public, at once or from `at` on."""
    take(event, Move.PUBLISH, by=by, note=note, publish_from=at)


def withdraw(event: Event, *, note: str, by: Any = None) -> None:
    """Take the entry back: its page answers 410 Gone from now on."""
    take(event, Move.WITHDRAW, by=by, note=note)


@transaction.atomic
def take(
    event: Event, move: Move, *, by: Any, note: str = "", publish_from: dt.datetime | None = None
) -> None:
    """Go a step and note it. `by` is the person who does; None is a command, whom nobody asks for rights.

    Raises workflow.NotAllowedError where the entry is not where the move begins, PermissionDenied, and
    ValidationError for a missing note or a moment to come where the entry may not wait for one.
    """
    now = timezone.now()
    # Nobody else decides or saves meanwhile; with a lock of the row alone two could wait in a circle.
    take_turn()
    kept = Event.objects.get(pk=event.pk)
    transition = workflow.transition(kept, move, now)
    if by is not None and not transition.allowed(by, kept):
        raise PermissionDenied
    if transition.needs_note and not note.strip():
        raise ValidationError({"note": _("Please say why.")}, code="required")
    if publish_from is not None and publish_from > now and not transition.may_wait:
        raise ValidationError({"publish_from": _("What visitors have seen is published at once.")})
    before, kept.state = kept.state, transition.to
    if move != Move.SUBMIT:
        kept.publish_from = publish_from
    if kept.published_at is not None and kept.published_at > now:
        # It was to be public from then on and never was: the database notes the moment anew.
        kept.published_at = None
    kept.save(update_fields=["state", "publish_from", "published_at"])
    Step.objects.create(
        event=kept,
        from_state=before,
        to_state=kept.state,
        by=by,
        note=note.strip(),
        at=now,
        publish_from=kept.publish_from,
    )
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


@transaction.atomic
def postpone(event: Event) -> None:
    """The announced date holds no longer, and there is no new one yet."""
    event.status = Status.POSTPONED
    event.save(update_fields=["status"])
    event.refresh_from_db()
