"""Who may do what with which event: asked by the admin, the workflow, previews, imports."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.rights import rights_of
from events.models import Event, EventQuerySet, Participation, Step
from events.models.belonging import ANSWERING, UNPUBLISHED, is_mere_author


def may_see(user: Any, event: Event) -> bool:
    """In the admin, and as a preview as long as the event is not public."""
    sees = user.has_perm("events.view_event") or user.has_perm("events.change_event")
    return sees and _is_own(user, event)


def may_edit(user: Any, event: Event) -> bool:
    if not user.has_perm("events.change_event") or not _is_own(user, event):
        return False
    return not is_mere_author(user) or event.state in UNPUBLISHED


def may_publish(user: Any, event: Event) -> bool:
    """Publish, put off, withdraw: who publishes whatever they edit, and members where they are trusted."""
    rights = rights_of(user)
    if not user.has_perm("events.change_event") or not _is_own(user, event):
        return False
    return rights.publishes or bool(_own_organisers(user, event) & rights.publishes_for)


def may_delete(user: Any, event: Event) -> bool:
    """What visitors saw is withdrawn, not deleted, by those who may not publish."""
    if not user.has_perm("events.delete_event") or not _is_own(user, event):
        return False
    was_seen = event.published_at is not None and event.published_at <= timezone.now()
    return not was_seen or may_publish(user, event)


def answers_for_one(user: Any, links: Iterable[tuple[int, str]]) -> bool:
    """Whether the person may leave an event with these links: (key of an organisation, role).

    Members neither give an event away nor enter one of others: an own organisation stays (co-)organiser.
    """
    bound_to = rights_of(user).bound_to
    if bound_to is None:
        return True
    return any(organisation in bound_to and role in ANSWERING for organisation, role in links)


def insist(user: Any, event: Event) -> None:
    """For whoever writes without the admin's form: raises PermissionDenied if the event is not the person's.

    Call it inside the transaction, after the event's organisations are written.
    """
    links = (
        event.participations.all() if rights_of(user).bound_to is not None else Participation.objects.none()
    )
    if not answers_for_one(user, links.values_list("organisation", "role")):
        raise PermissionDenied(not_own())


def not_own() -> str:
    return _("One of your organisations must be organiser or co-organiser.")


def look_up(user: Any, events: Iterable[Event]) -> list[Event]:
    """The events with what the rules ask of them, read for all at a time."""
    found = list(events)
    rights = rights_of(user)
    if rights.every_entry:
        return found
    keys = [event.pk for event in found]
    answering: dict[int, set[int]] = {key: set() for key in keys}
    links = Participation.objects.filter(event__in=keys, role__in=ANSWERING)
    for event_key, organisation in links.values_list("event", "organisation"):
        answering[event_key].add(organisation)
    first = Step.objects.filter(event__in=keys, from_state="")
    entered = dict(first.values_list("event", "by"))
    for event in found:
        event.__dict__.update(_answering=frozenset(answering[event.pk]), _entered_by=entered.get(event.pk))
    return found


class EventScope:
    """What all pages of the admin about events keep to (lib/editing/scopes.py)."""

    _RIGHTS = {"view": may_see, "change": may_edit, "delete": may_delete}

    def visible(self, user: Any, entries: EventQuerySet) -> EventQuerySet:
        return entries.own_of(user)

    def may(self, user: Any, right: str, entry: Event) -> bool:
        return self._RIGHTS[right](user, entry)


def _is_own(user: Any, event: Event) -> bool:
    """As `EventQuerySet.own_of`, for one event: one query for who is bound, kept with the event."""
    rights = rights_of(user)
    if rights.every_entry:
        return True
    if rights.bound_to is not None:
        return bool(_own_organisers(user, event))
    return user.is_authenticated and _entered_by(event) == user.pk


def _own_organisers(user: Any, event: Event) -> frozenset[int]:
    """Those of the person's organisations that answer for the event."""
    return frozenset(rights_of(user).memberships) & _answering(event)


def _answering(event: Event) -> frozenset[int]:
    known: frozenset[int] | None = event.__dict__.get("_answering")
    if known is None:
        links = Participation.objects.filter(event=event.pk, role__in=ANSWERING)
        known = event.__dict__["_answering"] = frozenset(links.values_list("organisation", flat=True))
    return known


def _entered_by(event: Event) -> int | None:
    if "_entered_by" not in event.__dict__:
        first = Step.objects.filter(event=event.pk, from_state="")
        event.__dict__["_entered_by"] = first.values_list("by", flat=True).first()
    return event.__dict__["_entered_by"]
