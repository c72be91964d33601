"""The change that a table brings: all of it, or none."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from catalogue import writing
from catalogue.entries import Report
from catalogue.fields import Section
from catalogue.loading import lock
from catalogue.tables.grids import Grid, UnreadableError
from catalogue.tables.importing import CHANGED, NEW, Examined, Judge, examine
from events.actions import begin
from events.models import Event
from events.rights import insist
from trail.acting import because, current_transaction


class ChangedMeanwhileError(Exception):
    """The table would do something else now than what was agreed to; nothing was done."""

    def __init__(self, examined: Examined) -> None:
        super().__init__()
        self.examined = examined


def apply(
    section: Section, grid: Grid, judge: Judge, *, fingerprint: str, by: Any, reason: str
) -> tuple[Examined, int]:
    """Write what the table says, if that is still what `fingerprint` stands for (`Examined.fingerprint`).

    Returns what was done and the number under which it can be undone. Raises ChangedMeanwhileError, and
    UnreadableError for what only the database knew; then nothing has changed.
    """
    try:
        with transaction.atomic(), because(reason):
            lock()
            examined = examine(section, grid, judge)
            if examined.has_faults or examined.fingerprint != fingerprint:
                raise ChangedMeanwhileError(examined)
            plan = examined.plan()
            writing.reserve(section, [entry.slug for entry in plan.new], plan.keys)
            writing.write(plan, Report(), remember=False)
            if section.model is Event:
                _hand_over(examined, by)
            return examined, current_transaction()
    except (IntegrityError, DataError) as error:
        raise UnreadableError(_("The database refuses: %(reason)s") % {"reason": error}) from error
    except PermissionDenied as error:
        raise UnreadableError(str(error)) from error


def _hand_over(examined: Examined, by: Any) -> None:
    """Note who entered the new events; nobody writes one that is not theirs."""
    slugs = [line.slug for line in examined.of(NEW, CHANGED)]
    new = {line.slug for line in examined.of(NEW)}
    for event in Event.objects.filter(slug__in=slugs):
        insist(by, event)
        if event.slug in new:
            begin(event, by=by)
