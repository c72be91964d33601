"""The plan for all chosen events, and its execution: all of it or nothing."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from events import actions, workflow
from events.admin.bulk.wishes import Change, Wishes
from events.admin.rules import RULES
from events.models import Event, EventTopic
from events.rights import look_up
from journal.turns import take_turn
from lib.editing.forms import explain
from trail.acting import because, current_transaction

MOST = 1_000


class NotDoneError(Exception):
    """Nothing was changed; the message says why."""


@dataclass(frozen=True)
class Planned:
    event: Event
    changes: list[Change]
    faults: list[str]


@dataclass(frozen=True)
class Plan:
    events: list[Planned]

    @property
    def broken(self) -> list[Planned]:
        return [one for one in self.events if one.faults]

    @property
    def changed(self) -> list[Planned]:
        return [one for one in self.events if one.changes and not one.faults]

    @property
    def same(self) -> list[Planned]:
        return [one for one in self.events if not one.changes and not one.faults]

    @property
    def fingerprint(self) -> str:
        """Equal as long as the very same would become of the very same events."""
        told = [
            (
                one.event.pk,
                one.faults,
                [(change.column, change.before, change.after) for change in one.changes],
            )
            for one in self.events
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def plan(keys: list[int], wishes: Wishes, user: Any, may_change: Callable[[Event], bool]) -> Plan:
    """What becomes of each event, in a number of queries that does not grow with theirs."""
    events = Event.objects.filter(pk__in=keys).select_related("series")
    found = look_up(user, events.prefetch_related("topic_links__topic").order_by("-starts_on", "pk"))
    return Plan([_planned(event, wishes, user, may_change) for event in found])


def _planned(event: Event, wishes: Wishes, user: Any, may_change: Callable[[Event], bool]) -> Planned:
    if not may_change(event):
        return Planned(event, [], [_("You may not change this entry.")])
    moves = workflow.moves(user, event) if wishes.move else []
    return Planned(event, wishes.changes(event), wishes.faults(event, moves))


def do(
    keys: list[int],
    wishes: Wishes,
    user: Any,
    may_change: Callable[[Event], bool],
    *,
    fingerprint: str,
    reason: str,
) -> tuple[Plan, int]:
    """Change what the plan says, if it is still the one with this fingerprint.

    Returns it and the number under which it can be undone; raises NotDoneError.
    """
    try:
        with transaction.atomic(), because(reason):
            # Whoever edits one of them waits, so that what was agreed to stays true.
            take_turn()
            planned = plan(keys, wishes, user, may_change)
            if planned.broken or planned.fingerprint != fingerprint:
                text = _(
                    "Nothing was changed: in the meantime others have changed entries. Please look again."
                )
                raise NotDoneError(text)
            for one in planned.changed:
                _change(one, user, reason)
            return planned, current_transaction()
    except (IntegrityError, DataError) as error:
        raise NotDoneError(explain(error, RULES)) from error
    except (PermissionDenied, ValidationError, workflow.NotAllowedError) as error:
        raise NotDoneError(_("Nothing was changed: %(reason)s") % {"reason": error}) from error


def _change(one: Planned, user: Any, reason: str) -> None:
    event, columns = one.event, []
    for change in one.changes:
        if change.column == "topics":
            _set_topics(event, change.value)
        elif change.column != "state":
            setattr(event, change.column, change.value)
            columns.append(change.column)
    if columns:
        event.save(update_fields=columns)
    for change in one.changes:
        if change.column == "state":
            actions.take(event, change.value, by=user, note=reason)


def _set_topics(event: Event, keys: list[int]) -> None:
    """Links that stay are not written anew; the first is the main one."""
    links = {link.topic_id: link for link in event.topic_links.all()}
    event.topic_links.exclude(topic__in=keys).delete()
    for position, key in enumerate(keys):
        link = links.get(key)
        if link is None:
            EventTopic.objects.create(event=event, topic_id=key, position=position)
        elif link.position != position:
            link.position = position
            link.save(update_fields=["position"])
