"""What became of an entry since its form was shown, where no trail tells: the form says what it showed."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import ForeignKey, Manager, Model, QuerySet
from django.forms import BoundField
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from lib.editing.meanwhile import FIELD, Hand, Removal, Since, as_sent, sent, since_of, tell


class SinceShown(Since):
    """`moment` holds a digest of what each field showed, rows by their key: "note:5f0a… barrier-7-part:…"."""

    leaves_trail = False

    def __init__(self, request: HttpRequest, model: type[Model], key: int, said: str) -> None:
        super().__init__()
        self.user, self.model, self.key = request.user, model, key
        self.shown = dict(one.split(":", 1) for one in said.split(" ") if ":" in one)

    def differing(self, form: Any) -> Iterable[str]:
        for name in form.fields:
            said = self.shown.get(_place(form, name))
            if said is not None and said != digest(as_sent(form[name], form[name].initial)):
                yield name

    def is_untouched(self, field: BoundField) -> bool:
        return digest(sent(field)) == self.shown[_place(field.form, field.name)]

    def is_typed(self, field: BoundField) -> bool:
        known = _place(field.form, field.name) in self.shown
        return not self.is_untouched(field) if known else super().is_typed(field)

    def hand(self, thing: Model, name: str = "") -> Hand:
        """Of whoever has last done something with the entry in the admin; with which field nobody knows."""
        last = self._log().first()
        if last is None:
            return Hand(_("Somebody"))
        when = date_format(timezone.localtime(last.action_time), "SHORT_DATETIME_FORMAT")
        return Hand(last.user.get_full_name() or last.user.get_username(), when, last.user == self.user)

    def told_of_removal(self, page: Any, request: HttpRequest, entry: Model) -> Removal:
        last = self._log().first()
        is_told = last is not None and last.action_flag == DELETION
        return Removal(str(self.hand(entry)) if is_told else _("Somebody"))

    def _log(self) -> QuerySet[LogEntry]:
        """Of the entry, newest first."""
        kind = ContentType.objects.get_for_model(self.model)
        found = LogEntry.objects.filter(content_type=kind, object_id=str(self.key))
        return found.select_related("user").order_by("-pk")

    def says(self, thing: Model, name: str) -> str:
        value = getattr(thing, name)
        if isinstance(value, Manager):
            return ", ".join(map(str, value.all()))
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, dt.date):
            return date_format(value, "DATE_FORMAT")
        in_words = getattr(thing, f"get_{name}_display", None)
        return str((in_words() if in_words else value) or "")

    def named(self, thing: Model) -> str:
        """Of a row that is gone nothing is known but what it was."""
        kind = str(capfirst(thing._meta.verbose_name))
        name = "" if thing._state.adding else str(thing)
        return f"{kind}: {name}" if name else kind

    def gone(self, model: type[Model]) -> dict[int, Model]:
        keys = {self.key} if model is self.model else self._keys(model)
        there = set(model._base_manager.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
        return {key: model(pk=key) for key in keys - there}

    def added(self, model: type[Model]) -> Iterable[int]:
        fields = (field for field in model._meta.concrete_fields if isinstance(field, ForeignKey))
        owner = next((field.name for field in fields if field.related_model is self.model), None)
        if owner is None or not self.shown:
            return ()
        there = model._base_manager.filter(**{owner: self.key}).order_by("pk").values_list("pk", flat=True)
        keys = self._keys(model)
        return [key for key in there if key not in keys]

    def _keys(self, model: type[Model]) -> set[int]:
        """Of the rows that were shown."""
        kind = str(model._meta.model_name)
        parts = (place.split("-") for place in self.shown)
        return {
            int(part[1])
            for part in parts
            if len(part) == 3
            and part[0] == kind
            and part[1].isascii()
            and part[1].isdigit()
            and len(part[1]) < 19
        }


class AsksByDigests(admin.ModelAdmin):
    """A page of the admin without a trail, at whose form two may be; its form is an `EditorForm`."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Held while a form is saved, which writes all fields."""
        request.since = since_shown(self, request, object_id)  # type: ignore[attr-defined]
        return super().get_object(request, object_id, from_field)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"since": since_of(request)}) if obj is not None else form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        answer = super().changeform_view(request, *args, **kwargs)
        tell(request)
        return answer

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        since = since_of(request)
        if since is not None and kwargs.get("obj") is not None:
            rows = [inline.formset for inline in context["inline_admin_formsets"]]
            since.moment = showing(context["adminform"].form, rows)
            context["since"] = since
        return super().render_change_form(request, context, *args, **kwargs)


def since_shown(page: Any, request: HttpRequest, object_id: str) -> Since | None:
    """None for a form that was sent without saying what it showed.

    Of one that was sent the entry is held: what it is compared with stays true until the transaction ends.
    """
    if not (object_id.isascii() and object_id.isdigit() and len(object_id) < 19):
        return None
    model, said = page.model, request.POST.get(FIELD, "")
    if request.method == "POST":
        if connection.in_atomic_block:
            model._base_manager.select_for_update().filter(pk=object_id).first()
        if not said:
            return None
    since = SinceShown(request, model, int(object_id), said)
    meta = model._meta
    since.history = reverse(
        f"{page.admin_site.name}:{meta.app_label}_{meta.model_name}_history", args=[object_id]
    )
    return since


def showing(form: Any, formsets: Iterable[Any] = ()) -> str:
    """What the form tells of what it shows, the rows inside it included."""
    forms = [form, *(row for formset in formsets for row in formset.initial_forms if row.instance.pk)]
    return " ".join(
        f"{_place(one, name)}:{digest(as_sent(one[name], one[name].initial))}"
        for one in forms
        for name, field in one.fields.items()
        if not field.disabled
    )


def digest(values: list[str]) -> str:
    """Of what is sent of one field; in which order several choices stand says nothing."""
    return hashlib.sha256("\0".join(sorted(values)).encode()).hexdigest()[:16]


def _place(form: Any, name: str) -> str:
    if not form.prefix:
        return name
    return f"{form.instance._meta.model_name}-{form.instance.pk}-{name}"
