"""Mending a waiting entry with one click."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from curation.work_list.counting import entries_of
from lib.editing import tasks
from lib.nouns import Noun
from trail.acting import because


@require_POST
def mend(request: HttpRequest, model: str, name: str, step: str, key: int, site: AdminSite) -> HttpResponse:
    """Takes one step with an entry, as its admin page would allow, and goes back to the work list."""
    task = tasks.find(model, name)
    chosen = next((one for one in task.steps if one.name == step), None) if task else None
    entries = entries_of(site, request, task.model) if task else None
    if task is None or chosen is None or entries is None:
        raise Http404
    entry = get_object_or_404(entries, pk=key)
    page = site.get_model_admin(type(entry))
    if not page.has_change_permission(request, entry):
        raise PermissionDenied
    with transaction.atomic(), because(f"{task.label}: {chosen.label}"):
        page.log_change(request, entry, str(chosen.label))
        chosen.do(request, entry)
    _tell(request, site, chosen.label, entry)
    return redirect(f"{site.name}:index")


def _tell(request: HttpRequest, site: AdminSite, step: Any, entry: Any) -> None:
    """What was done, and the way back; a step may have ended the entry itself."""
    text = _("%(step)s: %(entry)s.") % {"step": step, "entry": entry}
    if entry.pk is not None and isinstance(entry, Noun):
        route = f"{site.name}:{entry._meta.app_label}_{entry._meta.model_name}_history"
        way_back = _("Look at the history or undo it")
        text = format_html('{} <a href="{}">{}</a>', text, reverse(route, args=[entry.pk]), way_back)
    messages.success(request, text)
