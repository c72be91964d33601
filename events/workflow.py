"""The way of an entry to the public and back: one table of what leads where, and who may go there.

What visitors have seen never becomes a draft again: a page that answered would be as unknown as any, and
calendars would never learn that the entry is gone. It is withdrawn, mended there, and published again.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event
from events.models.choices import State
from events.rights import may_edit, may_publish


class Stage(models.TextChoices):
    """The state as editors speak of it: what is published for later is not public yet."""

    DRAFT = State.DRAFT.value, State.DRAFT.label
    IN_REVIEW = State.IN_REVIEW.value, State.IN_REVIEW.label
    SCHEDULED = "scheduled", _("To be published")
    PUBLISHED = State.PUBLISHED.value, State.PUBLISHED.label
    WITHDRAWN = State.WITHDRAWN.value, State.WITHDRAWN.label


class Move(models.TextChoices):
    SUBMIT = "submit", _("Send to review")
    SEND_BACK = "send_back", _("Return to draft")
    PUBLISH = "publish", _("Publish")
    WITHDRAW = "withdraw", _("Withdraw")


@dataclass(frozen=True)
class Transition:
    to: State
    # Who may: a rule about a person and an event.
    allowed: Callable[[Any, Event], bool]
    needs_note: bool = False
    # Whether the entry may stay hidden until a moment to come.
    may_wait: bool = False


TABLE: dict[tuple[Stage, Move], Transition] = {
    (Stage.DRAFT, Move.SUBMIT): Transition(State.IN_REVIEW, may_edit),
    (Stage.DRAFT, Move.PUBLISH): Transition(State.PUBLISHED, may_publish, may_wait=True),
    (Stage.IN_REVIEW, Move.SEND_BACK): Transition(State.DRAFT, may_edit, needs_note=True),
    (Stage.IN_REVIEW, Move.PUBLISH): Transition(State.PUBLISHED, may_publish, may_wait=True),
    (Stage.SCHEDULED, Move.SEND_BACK): Transition(State.DRAFT, may_publish, needs_note=True),
    (Stage.SCHEDULED, Move.PUBLISH): Transition(State.PUBLISHED, may_publish, may_wait=True),
    (Stage.PUBLISHED, Move.WITHDRAW): Transition(State.WITHDRAWN, may_publish, needs_note=True),
    (Stage.WITHDRAWN, Move.PUBLISH): Transition(State.PUBLISHED, may_publish),
}


class NotAllowedError(Exception):
    """The entry is not where the move begins: somebody else was quicker."""


def stage(event: Event, at: dt.datetime | None = None) -> Stage:
    if event.state == State.PUBLISHED and not event.is_public(at):
        return Stage.SCHEDULED
    return Stage(event.state)


def transition(event: Event, move: Move, at: dt.datetime | None = None) -> Transition:
    """Raises NotAllowedError where the table knows none."""
    here = stage(event, at)
    if (here, move) not in TABLE:
        raise NotAllowedError(f"{event.pk}: {move} from {here}")
    return TABLE[here, move]


def moves(user: Any, event: Event, at: dt.datetime | None = None) -> list[Move]:
    """What the person may do with the entry where it stands."""
    here = stage(event, at)
    return [move for (start, move), one in TABLE.items() if start == here and one.allowed(user, event)]


def starts(move: Move) -> list[Stage]:
    """Where the move may begin."""
    return [start for start, other in TABLE if other == move]


def at_stage(stages: list[Stage], at: dt.datetime | None = None) -> models.Q:
    """Entries that stand at one of these, as `stage` tells it of one."""
    waiting = models.Q(state=State.PUBLISHED, publish_from__gt=at or timezone.now())
    found = models.Q(state__in=[one for one in stages if one not in (Stage.SCHEDULED, Stage.PUBLISHED)])
    if Stage.SCHEDULED in stages:
        found |= waiting
    if Stage.PUBLISHED in stages:
        found |= models.Q(state=State.PUBLISHED) & ~waiting
    return found
