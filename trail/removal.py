"""An entry that went while somebody had its form open: what they may know of it, and the way back.

Who may not read of removals (trail.rights) learns no more than that the entry is not there.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from lib.editing.meanwhile import Removal
from trail import rights, undoing
from trail.models import Change, Kind
from trail.planning import Conflict, Plan, plan

# (noun, what the entry said) -> the key of the entry to which its address leads now
Heir = Callable[[str, dict[str, Any]], int | None]
_heirs: list[Heir] = []


def heir(find: Heir) -> None:
    """Offered in `AppConfig.ready()`, by who knows where former addresses lead."""
    _heirs.append(find)


def told(page: Any, request: HttpRequest, change: Change, who: str, name: str = "") -> Removal:
    """`change` is the entry's last."""
    if change.kind != Kind.DELETE or not rights.may_see_removed(request, change):
        return Removal()
    key = _heir_of(change)
    if key is not None:
        return Removal(who, name, _where(page, request, change.noun, key))
    made = _plan(change)
    may = not made.clashes and not rights.why_not(page.admin_site, request, made)
    return Removal(who, name, may_return=may)


def bring_back(page: Any, request: HttpRequest, change: Change) -> bool:
    """What `told` says may return, within the transaction that saves the form.

    Raises PermissionDenied where what came of it is not this person's to change.
    """
    made = _plan(change)
    try:
        undoing.recover(change.pk, reason=_("Recovered"))
    except Conflict as conflict:
        messages.error(request, str(conflict))
        return False
    if not rights.stay_theirs(page.admin_site, request, made):
        raise PermissionDenied
    return True


def _plan(change: Change) -> Plan:
    return plan(undoing.of_removal(change.pk).order_by("pk"))


def _heir_of(change: Change) -> int | None:
    found = (find(change.noun, change.before or {}) for find in _heirs)
    return next((key for key in found if key not in (None, change.owner)), None)


def _where(page: Any, request: HttpRequest, noun: str, key: int) -> tuple[str, str]:
    """(address, name); nothing of what the person may not see."""
    entry = rights.entry(page.admin_site, request, noun, key)
    if entry is None:
        return "", ""
    route = f"{page.admin_site.name}:{page.opts.app_label}_{page.opts.model_name}_change"
    return reverse(route, args=[key]), str(entry)
