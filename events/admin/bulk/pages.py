"""The two pages of an edit of many events, reached from the list: what, and what becomes of each."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.admin.bulk.doing import MOST, NotDoneError, Plan, do, plan
from events.admin.bulk.forms import BulkForm
from events.models import Event
from lib.editing.undo_link import with_undo

NAME = "edit_many"
# What the pages themselves send, beside the fields of the form.
STEP = "bulk_step"


@admin.action(description=gettext_lazy("Edit selected events …"), permissions=["change"])
def edit_many(page: Any, request: HttpRequest, chosen: QuerySet[Event]) -> HttpResponse | None:
    """Each page sends the list's selection on, so that “all that match” stays what it was."""
    keys = list(chosen.order_by().values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        text = _("At most %(most)d events can be edited at a time. Narrow the list by filters.")
        page.message_user(request, text % {"most": MOST}, messages.ERROR)
        return None
    step = request.POST.get(STEP, "")
    form = BulkForm(request.POST if step else None)
    if step in ("", "choose") or not form.is_valid():
        return _choose(page, request, form, keys)
    if step == "apply" and _apply(page, request, form, keys):
        return None
    planned = plan(keys, form.wishes(), request.user, _may_change(page, request))
    return _preview(page, request, form, planned)


def _may_change(page: Any, request: HttpRequest) -> Any:
    return lambda event: page.has_change_permission(request, event)


def _choose(page: Any, request: HttpRequest, form: BulkForm, keys: list[int]) -> TemplateResponse:
    title = ngettext("Edit %(count)d event", "Edit %(count)d events", len(keys))
    return _answer(page, request, "choose.html", title=title % {"count": len(keys)}, form=form)


def _preview(page: Any, request: HttpRequest, form: BulkForm, planned: Plan) -> TemplateResponse:
    sent = [(name, value) for name, values in request.POST.lists() if name in form.fields for value in values]
    return _answer(page, request, "preview.html", title=_("What would change"), plan=planned, sent=sent)


def _apply(page: Any, request: HttpRequest, form: BulkForm, keys: list[int]) -> bool:
    reason = form.cleaned_data["reason"].strip() or _("Edited together with others")
    agreed = request.POST.get("fingerprint", "")
    try:
        done, number = do(
            keys, form.wishes(), request.user, _may_change(page, request), fingerprint=agreed, reason=reason
        )
    except NotDoneError as refused:
        page.message_user(request, str(refused), messages.ERROR)
        return False
    count = len(done.changed)
    text = ngettext("%(count)d event was changed.", "%(count)d events were changed.", count) % {
        "count": count
    }
    page.message_user(request, with_undo(text, number, page.admin_site.name), messages.SUCCESS)
    return True


def _answer(page: Any, request: HttpRequest, template: str, **words: Any) -> TemplateResponse:
    across = request.POST.get("select_across") == "1"
    # With "all that match" one key says that something was chosen.
    chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "action": NAME,
        "across": across,
        "chosen": chosen[:1] if across else chosen,
        "checkbox": ACTION_CHECKBOX_NAME,
        **words,
    }
    return TemplateResponse(request, f"admin/events/event/bulk/{template}", context)
