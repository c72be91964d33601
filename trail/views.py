"""Pages of the admin: an entry's history, what is deleted, and the questions before a way back is gone."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from journal.turns import take_turn
from trail import history, registry, rights, undoing
from trail.middleware import REASON
from trail.models import Change, ChangeQuerySet
from trail.planning import Conflict, Plan, plan

LARGEST_KEY = 2**63 - 1
ENTRIES = 50
# A load changes thousands of rows: the question shows so many entries.
SHOWN = 50


@dataclass(frozen=True)
class Way:
    """A way back, to be asked about and then gone: `go(reason)` may raise Conflict."""

    title: str
    button: str
    said: str
    # What it is about and how often, to be noted as the reason where the editor gives none.
    reason: str
    changes: ChangeQuerySet
    go: Callable[[str], int]
    back: str
    leave: Collection[str] = ()
    note: str = ""


def entry_history(request: HttpRequest, site: AdminSite, noun: str, key: int) -> HttpResponse:
    entry = rights.entry(site, request, noun, _key(key))
    if entry is None:
        raise Http404
    page, steps = history.steps_of(noun, key, request.GET.get("p"))
    context = {
        **_frame(request, site, noun, _("History: %(entry)s") % {"entry": entry}),
        "entry": entry,
        "noun": noun,
        "page": page,
        "steps": steps,
        "may_change": rights.page_of(site, noun).has_change_permission(request, entry),
        "change_url": _entry_url(site, noun, key),
    }
    return TemplateResponse(request, "trail/history.html", context)


def removed(request: HttpRequest, site: AdminSite, noun: str) -> HttpResponse:
    page = rights.page_of(site, noun)
    if not page.has_view_permission(request):
        raise PermissionDenied
    gone = undoing.removals(noun)
    if not request.user.has_perm(rights.EVERY_ENTRY):
        gone = gone.filter(actor=request.user.pk)
    changes = Paginator(gone.select_related("actor").order_by("-pk"), ENTRIES).get_page(request.GET.get("p"))
    name = capfirst(str(page.opts.verbose_name_plural))
    context = {
        **_frame(request, site, noun, _("Deleted entries: %(kind)s") % {"kind": name}),
        "page": changes,
        "entries": history.names_of(changes),
        "may_recover": page.has_add_permission(request),
    }
    return TemplateResponse(request, "trail/removed.html", context)


def undo(request: HttpRequest, site: AdminSite, number: int) -> HttpResponse:
    changes = undoing.of_transaction(_key(number))
    first = changes.order_by("pk").first()
    if first is None:
        raise Http404
    when = {"when": history.moment(first.at)}
    way = Way(
        title=_("Undo the step of %(when)s?") % when,
        button=_("Undo this step"),
        said=_("The step is undone."),
        reason=_("Undone: step of %(when)s") % when,
        changes=changes,
        go=lambda reason: undoing.undo(number, reason=reason),
        back=_where(site, first.noun, first.owner),
    )
    return _ask_or_go(request, site, first.noun, way)


def restore(request: HttpRequest, site: AdminSite, noun: str, key: int, change: int) -> HttpResponse:
    found = Change.objects.of_entry(noun, _key(key)).filter(pk=_key(change)).first()
    if found is None or noun not in registry.nouns():
        raise Http404
    leave = registry.nouns()[noun].guarded
    when = {"when": history.moment(found.at)}
    way = Way(
        title=_("Restore the version of %(when)s?") % when,
        button=_("Restore this version"),
        said=_("The version is restored."),
        reason=_("Restored: version of %(when)s") % when,
        changes=undoing.since(noun, key, change),
        go=lambda reason: undoing.restore(noun, key, change, reason=reason, leave=leave),
        back=_where(site, noun, key),
        leave=leave,
        note=_("The editorial state stays as it is.") if leave else "",
    )
    return _ask_or_go(request, site, noun, way)


def recover(request: HttpRequest, site: AdminSite, change: int) -> HttpResponse:
    try:
        changes = undoing.of_removal(_key(change))
    except Change.DoesNotExist:
        raise Http404 from None
    gone = Change.objects.get(pk=change)
    if not rights.may_see_removed(request, gone):
        raise PermissionDenied
    way = Way(
        title=_("Recover the deleted entry?"),
        button=_("Recover the entry"),
        said=_("The entry is there again."),
        reason=_("Recovered"),
        changes=changes,
        go=lambda reason: undoing.recover(change, reason=reason),
        back=reverse(f"{site.name}:trail_removed_{gone.noun}"),
    )
    return _ask_or_go(request, site, gone.noun, way)


def _ask_or_go(request: HttpRequest, site: AdminSite, noun: str, way: Way) -> HttpResponse:
    """Shows what would change; after the answer it is done, unless somebody else was quicker."""
    made = plan(way.changes.order_by("pk"), way.leave)
    refusals = rights.why_not(site, request, made)
    if request.method == "POST" and not refusals:
        try:
            _go(request, site, way)
        except Conflict as conflict:
            made.clashes = conflict.rows
        else:
            messages.success(request, way.said)
            return HttpResponseRedirect(_after(site, made, way))
    context = {**_frame(request, site, noun, way.title), **_told(made, refusals), "way": way}
    return TemplateResponse(request, "trail/confirm.html", context, status=403 if refusals else 200)


def _told(made: Plan, refusals: list[str]) -> dict[str, Any]:
    """To who may not do it nothing is told of what it would be."""
    entries = [] if refusals else history.by_entry(made)
    return {
        "refusals": refusals,
        "clashes": [] if refusals else made.clashes,
        "entries": entries[:SHOWN],
        "more": max(0, len(entries) - SHOWN),
        "reason_field": REASON,
    }


@transaction.atomic
def _go(request: HttpRequest, site: AdminSite, way: Way) -> None:
    """What was allowed before nobody else could write is looked at again."""
    take_turn()
    made = plan(way.changes.order_by("pk"), way.leave)
    if rights.why_not(site, request, made):
        raise PermissionDenied
    way.go(request.POST.get(REASON, "").strip() or way.reason)
    if not rights.stay_theirs(site, request, made):
        raise PermissionDenied


def _after(site: AdminSite, made: Plan, way: Way) -> str:
    """Where the one entry that it was about is found now."""
    return _where(site, *next(iter(made.entries))) if len(made.entries) == 1 else way.back


def _where(site: AdminSite, noun: str, key: int) -> str:
    """The entry's history, or what was deleted, if it is not there."""
    if registry.model_of(noun)._base_manager.filter(pk=key).exists():
        return _entry_url(site, noun, key, "history")
    return reverse(f"{site.name}:trail_removed_{noun}")


def _frame(request: HttpRequest, site: AdminSite, noun: str, title: str) -> dict[str, Any]:
    return {**site.each_context(request), "title": title, "opts": registry.model_of(noun)._meta}


def _entry_url(site: AdminSite, noun: str, key: int, page: str = "change") -> str:
    meta = registry.model_of(noun)._meta
    return reverse(f"{site.name}:{meta.app_label}_{meta.model_name}_{page}", args=[key])


def _key(number: int) -> int:
    """Raises Http404 for what no key can be."""
    if number > LARGEST_KEY:
        raise Http404
    return number
