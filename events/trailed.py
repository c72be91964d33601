"""What of an event, a series, a topic and a venue is on the trail, and comes back together."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.rights import rights_of
from events.models import Event, Step
from events.models.choices import State
from events.rights import may_publish
from trail import registry, rights
from trail.acting import actor
from trail.planning import Plan, Row

DETAILS = (
    "PreviousDate",
    "EventVenue",
    "EventTopic",
    "Participation",
    "Session",
    "Appearance",
    "Award",
    "Price",
    "Source",
)
# The way to the public is gone by steps, by those who may (events/workflow.py).
OF_WORKFLOW = ("state", "publish_from", "published_at", "withdrawn_at")
UNSEEN = (State.DRAFT, State.IN_REVIEW)


def register_all() -> None:
    registry.noun("event", "events.Event", rising=("revision",), guarded=OF_WORKFLOW, returned=note_steps)
    for name in DETAILS:
        registry.detail("event", f"events.{name}")
    registry.noun("series", "events.Series")
    registry.detail("series", "events.SeriesOrganiser")
    registry.noun("topic", "events.Topic")
    registry.noun("venue", "events.Venue")
    registry.kept("event", "events.PublishedVersion", "event")
    registry.kept("event", "events.Step", "event")
    rights.guard(publishing)


def note_steps(rows: Iterable[Any]) -> None:
    """An undone step towards the public is a step itself."""
    for row in rows:
        before, after = (row.now or {}).get("state"), (row.target or {}).get("state")
        if before and after and before != after:
            note = _("Undone in the history.")
            Step.objects.create(event_id=row.key, from_state=before, to_state=after, by=actor(), note=note)


def publishing(request: HttpRequest, plan: Plan) -> str:
    """Who may not publish or withdraw an event does not do so by walking back either."""
    rows = [row for row in plan.rows if row.model == "events.Event" and _concerns_public(row)]
    there = Event.objects.in_bulk([row.key for row in rows if row.now is not None])
    user = request.user
    for row in rows:
        event = there.get(row.key)
        if not (may_publish(user, event) if event else rights_of(user).publishes):
            return _("Only who may publish the event can do this.")
        if event and _was_seen(event) and row.target and row.target.get("state") in UNSEEN:
            return _("What visitors have seen becomes no draft again. Withdraw the entry instead.")
    return ""


def _was_seen(event: Event) -> bool:
    return event.published_at is not None and event.published_at <= timezone.now()


def _concerns_public(row: Row) -> bool:
    if row.target is None:
        return False
    if row.now is None:
        return row.target.get("state") not in UNSEEN
    return any(column in row.target for column in OF_WORKFLOW)
