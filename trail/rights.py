"""Whether somebody may walk changes back: for every entry that this would touch, before and after.

The nouns' own pages in the admin say whose an entry is and what may be done with it.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext as _

from trail import registry
from trail.models import Change
from trail.planning import Plan

# (request, plan) -> "" or a sentence that says why not
Guard = Callable[[HttpRequest, Plan], str]
# Of what is gone nobody can ask whose it was: shown to who sees everything, and to who removed it.
EVERY_ENTRY = "accounts.every_entry"

_guards: list[Guard] = []


def guard(check: Guard) -> None:
    """A further condition for undoing, restoring and recovering; asked before it is done."""
    _guards.append(check)


def page_of(site: AdminSite, noun: str) -> Any:
    return site.get_model_admin(registry.model_of(noun))


def entry(site: AdminSite, request: HttpRequest, noun: str, key: int) -> Any:
    """The entry if the person may see it, else None."""
    page = page_of(site, noun)
    found = page.get_queryset(request).filter(pk=key).first()
    return found if found is not None and page.has_view_permission(request, found) else None


def may_see_removed(request: HttpRequest, change: Change) -> bool:
    user: Any = request.user
    return user.has_perm(EVERY_ENTRY) or (change.actor_id is not None and change.actor_id == user.pk)


def why_not(site: AdminSite, request: HttpRequest, plan: Plan) -> list[str]:
    """Sentences, none where the person may do it."""
    gone = {(row.noun, row.key) for row in plan.rows if row.table.is_entry and row.target is None}
    new = {(row.noun, row.key) for row in plan.rows if row.table.is_entry and row.now is None}
    for noun in {noun for noun, _key in plan.entries}:
        page = page_of(site, noun)
        keys = {key for kind, key in plan.entries if kind == noun}
        if any((noun, key) in new for key in keys) and not page.has_add_permission(request):
            return [_("You may not add such entries.")]
        old = _there(page, keys)
        deleted = {key for key in old if (noun, key) in gone}
        if not _may_all(page, request, "change", old) or not _may_all(page, request, "delete", deleted):
            return [_("Entries would change that are not yours to change.")]
    return [sentence for sentence in (check(request, plan) for check in _guards) if sentence]


def stay_theirs(site: AdminSite, request: HttpRequest, plan: Plan) -> bool:
    """Whether the person may change what came of it; asked within the transaction that did it."""
    for noun in {noun for noun, _key in plan.entries}:
        page = page_of(site, noun)
        keys = {key for kind, key in plan.entries if kind == noun}
        if not _may_all(page, request, "change", _there(page, keys)):
            return False
    return True


def _there(page: Any, keys: Iterable[int]) -> set[int]:
    return set(page.model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))


def _may_all(page: Any, request: HttpRequest, right: str, keys: Iterable[int]) -> bool:
    wanted = set(keys)
    if not wanted:
        return True
    ask = getattr(page, f"has_{right}_permission")
    found = list(page.get_queryset(request).filter(pk__in=wanted))
    return len(found) == len(wanted) and all(ask(request, one) for one in found)
