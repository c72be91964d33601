"""An event's facts in the order in which a page tells them. Pure reading, no request."""

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from events.filters import When
from events.models import Appearance, Event, Participation, Session
from events.models.choices import OrganisationRole, SpeakerRole

if TYPE_CHECKING:
    from events.selection import Selection


def programme(event: Event) -> list[tuple[dt.date | None, list[Session]]]:
    """Sessions by day, each day by time; those without a date come last, as entered."""
    days: dict[dt.date | None, list[Session]] = defaultdict(list)
    for session in event.sessions.all():
        days[session.date].append(session)
    ordered = sorted(days.items(), key=lambda item: item[0] or dt.date.max)
    return [(day, sorted(items, key=_by_time)) for day, items in ordered]


def _by_time(session: Session) -> tuple[dt.time, int]:
    return session.start_time or session.end_time or dt.time.max, session.position


def involved(event: Event) -> dict[str, Any]:
    """The people and the organisations, each by role."""
    return {"people": people_by_role(event), "organisations": organisations_by_role(event)}


def people_by_role(event: Event) -> list[tuple[str, list[Appearance]]]:
    """[(role, appearances)] in the order of the roles; a person is named once per role."""
    groups: dict[str, dict[int, Appearance]] = defaultdict(dict)
    for appearance in event.appearances.all():
        groups[appearance.role].setdefault(appearance.speaker_id, appearance)
    return [
        (str(SpeakerRole(role).label), list(groups[role].values()))
        for role in SpeakerRole.values
        if role in groups
    ]


def organisations_by_role(event: Event) -> list[tuple[str, list[Participation]]]:
    """[(role, participations)] in the order of the roles."""
    groups: dict[str, list[Participation]] = defaultdict(list)
    for participation in event.participations.all():
        groups[participation.role].append(participation)
    return [
        (str(OrganisationRole(role).label), groups[role])
        for role in OrganisationRole.values
        if role in groups
    ]


def wider(selection: "Selection") -> list[dict[str, str]]:
    """Where an empty list can go on: the same choice over all times, or without its last filters."""
    found = []
    if selection.when != When.ALL:
        found.append({"label": _("The same filters over all times"), "url": selection.url(when=When.ALL)})
    for chip in selection.chips[:3]:
        label = _("Without “%(filter)s: %(value)s”") % {"filter": chip.facet, "value": chip.label}
        found.append({"label": label, "url": chip.remove_url})
    if selection.is_narrowed:
        found.append({"label": _("Without any filter"), "url": selection.reset_url})
    return found
