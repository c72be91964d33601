"""A form that was sent after its entry had gone: nothing that was typed is lost.

The page says what became of the entry, lists what was typed, and offers what helps: the entry back with all
of it, or the form of a new one filled in. Both send again what was sent, so that it needs no script and
nothing is kept meanwhile. Of somebody who was erased nothing is shown, and nothing comes back.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from lib.editing.forms import Text
from lib.editing.meanwhile import FIELD, Removal, Since, in_order, is_as, key_of, sent, since_of

# Sent with a form: the entry shall be there again; a new one is to be looked through before it is saved.
RETURN, FILLED = "_return", "_filled"
# Of what was sent beside the fields, this belongs to the form and not to the button that was pressed.
_OF_FORM = (FIELD, "_reason", "_popup", "_to_field")
MOST_ROWS = 1000


class Typed(NamedTuple):
    """What was typed into the entry, or into one of its rows: [(label, text)]."""

    where: str
    lines: list[tuple[str, str]]


class KeepsTyped(admin.ModelAdmin):
    """A page of the admin whose forms are not lost with their entry."""

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> Any:
        if request.method == "POST":
            return gone(self, request, object_id)
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]

    def is_erased(self, request: HttpRequest, entry: Any) -> bool:
        """Whether an entry that is gone (None: unknown), or what was typed, must not be brought back."""
        return False

    def way_on(self, request: HttpRequest) -> tuple[str, Text] | None:
        """(address, label) of where to begin anew if not in the form of a new entry."""
        return None


def gone(page: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Of an entry that is not there, or not for this person."""
    since = since_of(request)
    entry = since.gone(page.model).get(_number(object_id)) if since else None
    told = since.told_of_removal(page, request, entry) if since and entry else Removal()
    if told.is_erased or page.is_erased(request, entry):
        return _erased(page, request)
    # Who may not know of the removal is not shown what the entry said either.
    shown = entry if told.who else None
    context = {
        "told": told,
        "typed": list(_typed(page, request, shown, since if shown else None)),
        "way_on": page.way_on(request),
    }
    if told.name:
        context["title"] = _("Not saved: “%(entry)s” is not there any more") % {"entry": told.name}
    else:
        context["title"] = _("Not saved: the entry is not there any more")
    if told.may_return:
        context["return_fields"] = [*_fields(request.POST), (RETURN, "1"), ("_continue", "1")]
    if not told.heir[0] and page.has_add_permission(request):
        context["add_url"] = _address(page, "add")
        context["add_fields"] = [*_fields(_as_new(page, request)), (FILLED, "1")]
    return _page(page, request, context, 409)


def brought_back(page: Any, request: HttpRequest, object_id: str) -> bool:
    """Whether the entry is there again, for the form that asks for it; within its transaction."""
    if RETURN not in request.POST:
        return False
    since, number = since_of(request), _number(object_id)
    entry = since.gone(page.model).get(number) if since else None
    if since is None or entry is None or page.is_erased(request, entry):
        return False
    told = since.told_of_removal(page, request, entry)
    if told.is_erased or not told.may_return or not since.bring_back(page, request, number):
        return False
    if not hasattr(request, "refusal"):
        messages.success(request, _("The entry is there again."))
    return True


def not_yet() -> str:
    return _("Nothing has been saved yet: look through what you had typed, then save it as a new entry.")


def closed(page: Any, request: HttpRequest, object_id: str) -> HttpResponse | None:
    """Of an entry that could be changed when its form was shown; None where that is not what happened."""
    if request.method != "POST" or FIELD not in request.POST or not page.has_change_permission(request):
        return None
    since = since_of(request)
    request.since = None  # type: ignore[attr-defined]
    entry = page.get_queryset(request).filter(pk=unquote(object_id)).first() if since else None
    if entry is None or page.has_change_permission(request, entry):
        return None
    if not page.has_view_permission(request, entry):
        return None
    if page.is_erased(request, entry):
        return _erased(page, request)
    context = {
        "title": _("Not saved: “%(entry)s” can no longer be changed") % {"entry": entry},
        "is_closed": True,
        "entry_url": _address(page, "change", entry.pk),
        "typed": list(_typed(page, request, entry, since)),
        "way_on": page.way_on(request),
    }
    return _page(page, request, context, 409)


def _number(object_id: str) -> int:
    key = unquote(object_id)
    return int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0


def _erased(page: Any, request: HttpRequest) -> HttpResponse:
    context = {"title": _("Not saved: this entry was erased"), "is_erased": True}
    return _page(page, request, context, 410)


def _page(page: Any, request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    files = any(request.FILES.values()) and not context.get("is_erased")
    frame = {**page.admin_site.each_context(request), "opts": page.opts, "has_files": files}
    return TemplateResponse(request, "admin/gone.html", frame | context, status=status)


def _address(page: Any, name: str, *arguments: Any) -> str:
    route = f"{page.admin_site.name}:{page.opts.app_label}_{page.opts.model_name}_{name}"
    return reverse(route, args=arguments)


# -- what is sent again ------------------------------------------------------------------------------


def _fields(data: Any) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in data.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and (name in _OF_FORM or not name.startswith("_"))
    ]


def _as_new(page: Any, request: HttpRequest) -> QueryDict:
    """What was sent, with all rows as those of an entry that is yet to be made."""
    data = request.POST.copy()
    data.pop(FIELD, None)
    for formset in _formsets(page, request, data):
        formset.data = data
        rows = _rows(formset)
        order = [number for number in rows if not data.get(f"{formset.add_prefix(number)}-DELETE")]
        data = in_order(formset, order, 0)
    return data


# -- what was typed ----------------------------------------------------------------------------------


def _typed(page: Any, request: HttpRequest, entry: Model | None, since: Since | None) -> Iterator[Typed]:
    """All that differs from what the form showed; where nobody knows that, from an empty one."""
    # From here on forms are made to be read, not to be held against what others did.
    request.since = None  # type: ignore[attr-defined]
    fields = flatten_fieldsets(page.get_fieldsets(request, None))
    made = page.get_form(request, None, change=False, fields=fields)
    form = made(request.POST, request.FILES, instance=entry or page.model())
    form.order_fields(fields)
    if lines := _lines(form, since):
        yield Typed("", lines)
    for formset in _formsets(page, request, request.POST):
        known: dict[int, Model] = {}
        if since and entry:
            own = formset.model._base_manager.filter(**{formset.fk.name: entry.pk})
            known = {row.pk: row for row in own} | since.gone(formset.model)
        for number in _rows(formset):
            if row := _row(formset, number, known, since):
                yield row


def _row(formset: Any, number: int, known: dict[int, Model], since: Since | None) -> Typed | None:
    prefix = formset.add_prefix(number)
    thing = known.get(key_of(formset, number) or 0)
    name = since.named(thing) if since and thing else str(capfirst(formset.model._meta.verbose_name))
    if formset.data.get(f"{prefix}-DELETE"):
        return Typed(name, [(_("Marked for removal"), _("Yes"))]) if thing else None
    form = formset.form(
        formset.data,
        formset.files,
        prefix=prefix,
        instance=thing or formset.model(),
        use_required_attribute=False,
    )
    form.order_fields(formset.order)
    lines = _lines(form, since if thing else None)
    return Typed(name, lines) if lines else None


def _lines(form: Any, since: Since | None) -> list[tuple[str, str]]:
    """[(label, text)] of the fields that were sent otherwise than shown."""
    fields = [form[name] for name in form.fields if not form.fields[name].widget.is_hidden]
    typed = [
        field for field in fields if (since.is_typed(field) if since else not is_as(field, field.initial))
    ]
    return [(str(capfirst(field.label)), _words(field)) for field in typed]


def _words(field: forms.BoundField) -> str:
    """What was sent, as its sender has seen it; days and times as browsers send them."""
    if isinstance(field.field, forms.FileField):
        return str(getattr(field.data, "name", "") or "")
    if isinstance(field.field, forms.BooleanField):
        return _("Yes") if field.data else _("No")
    values = [value for value in sent(field) if value]
    if isinstance(field.field, forms.ModelChoiceField):
        return ", ".join(_name(field.field, value) for value in values)
    names = {str(value): str(label) for value, label in _flat(getattr(field.field, "choices", ()))}
    return ", ".join(names.get(value, value) for value in values)


def _name(field: Any, value: str) -> str:
    try:
        return str(field.label_from_instance(forms.ModelChoiceField.to_python(field, value)))
    except ValidationError:
        return value


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def _formsets(page: Any, request: HttpRequest, data: Any) -> Iterator[Any]:
    """Those of the form of a new entry, each with what was sent of it."""
    for inline in page.get_inline_instances(request, None):
        made = inline.get_formset(request, None)
        made.order = flatten_fieldsets(inline.get_fieldsets(request, None))
        yield made(data, request.FILES, instance=page.model(), prefix=made.get_default_prefix())


def _rows(formset: Any) -> range:
    text = str(formset.data.get(f"{formset.prefix}-TOTAL_FORMS", ""))
    return range(min(int(text), MOST_ROWS) if text.isascii() and text.isdigit() and len(text) < 6 else 0)
