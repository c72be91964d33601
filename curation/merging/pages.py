"""The page on which two entries become one: first what each says, then what will happen, then it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.utils import display_for_field
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.rights import rights_of
from curation.duplicates.kinds import KINDS
from curation.merging.actions import Merged, Refused, attempt, merge
from curation.merging.effects import effects_of
from curation.merging.fields import LOSE, Choice, choices
from lib.editing.forms import Text


@dataclass(frozen=True)
class Line:
    """A choice in words: what the entry that stays says, and the one that goes."""

    name: str
    label: Text
    mine: str
    theirs: str
    takes_theirs: bool


@require_http_methods(["GET", "HEAD", "POST"])
def merging(request: HttpRequest, site: AdminSite, noun: str, keep: int, lose: int) -> HttpResponse:
    page, mine, theirs = _both(request, site, noun, keep, lose)
    chosen = _chosen(request)
    context: dict[str, Any] = {"lines": _lines(mine, theirs, chosen), "chosen": chosen}
    if request.method == "POST":
        do = merge if "confirmed" in request.POST else attempt
        try:
            merged = do(mine, theirs, chosen, page.rules)
        except Refused as refused:
            context["problem"] = str(refused)
        else:
            if "confirmed" in request.POST:
                return _done(request, site, page, merged, theirs)
            context["effects"] = effects_of(mine, theirs, merged)
    return _shown(request, site, page, mine, theirs, context)


def _chosen(request: HttpRequest) -> dict[str, str]:
    sent = request.POST.items()
    return {name.removeprefix("field-"): str(value) for name, value in sent if name.startswith("field-")}


def _both(request: HttpRequest, site: AdminSite, noun: str, keep: int, lose: int) -> tuple[Any, Any, Any]:
    """The noun's page and both entries; for who may change both and delete the second."""
    if noun not in KINDS or keep == lose:
        raise Http404
    page: Any = site.get_model_admin(KINDS[noun].model)
    found = {entry.pk: entry for entry in page.get_queryset(request).filter(pk__in=[keep, lose])}
    if len(found) < 2:
        raise Http404
    mine, theirs = found[keep], found[lose]
    may_change = all(page.has_change_permission(request, entry) for entry in (mine, theirs))
    if not (may_change and page.has_delete_permission(request, theirs) and rights_of(request.user).merges):
        raise PermissionDenied
    return page, mine, theirs


def _shown(
    request: HttpRequest, site: AdminSite, page: Any, keep: Any, lose: Any, context: dict[str, Any]
) -> HttpResponse:
    route = f"{site.name}:{page.opts.app_label}_{page.opts.model_name}_change"
    noun = next(kind.noun for kind in KINDS.values() if kind.model is page.model)
    context |= {
        **site.each_context(request),
        "title": _("Merge two entries") if "effects" not in context else _("Merge these two entries?"),
        "opts": page.opts,
        "keep": keep,
        "lose": lose,
        "keep_address": reverse(route, args=[keep.pk]),
        "lose_address": reverse(route, args=[lose.pk]),
        "turned": reverse(f"{site.name}:curation_merge", args=[noun, lose.pk, keep.pk]),
    }
    return TemplateResponse(request, "curation/merge.html", context)


def _lines(keep: Any, lose: Any, chosen: Mapping[str, str]) -> list[Line]:
    return [
        Line(
            choice.name,
            choice.label,
            _words(choice, keep),
            _words(choice, lose),
            chosen.get(choice.name, choice.proposed) == LOSE,
        )
        for choice in choices(keep, lose)
    ]


def _words(choice: Choice, entry: Any) -> str:
    """What the entry says there, as lists in the admin show it; only the fields in which they differ."""
    told = []
    for field, mine, theirs in zip(choice.fields, choice.mine, choice.theirs, strict=True):
        if mine == theirs and len(choice.fields) > 1:
            continue
        value = getattr(entry, field.name)
        text = str(value) if field.related_model and value else str(display_for_field(value, field, ""))
        if text:
            told.append(text if len(choice.fields) == 1 else f"{field.verbose_name}: {text}")
    return "; ".join(told)


def _done(request: HttpRequest, site: AdminSite, page: Any, merged: Merged, lose: Any) -> HttpResponse:
    """Back to the entry that stayed, with a way back."""
    undo = reverse(f"{site.name}:trail_undo", args=[merged.transaction])
    text = _("“%(gone)s” has become part of this entry.") % {"gone": lose}
    messages.success(request, format_html('{} <a href="{}">{}</a>', text, undo, _("Undo")))
    route = f"{site.name}:{page.opts.app_label}_{page.opts.model_name}_change"
    return HttpResponseRedirect(reverse(route, args=[merged.keep.pk]))
