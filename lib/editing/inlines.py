"""Rows inside an entry's form: ordered by number, labelled, and with a constant number of queries."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lib.editing.forms import EditorForm, boxes_for
from lib.editing.meanwhile import Since, follow, marked_in_vain, since_of
from lib.editing.widgets import NATIVE_INPUTS, KnownSelect, inner, known_select


class OrderedFormSet(BaseInlineFormSet):
    """Rows with a position: an empty one means "after the others"."""

    # Fields of which no two rows may agree in all, as a constraint says it.
    unique_together: tuple[str, ...] = ()
    # What others did to the entry since its form was shown.
    since: ClassVar[Since | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.returning: dict[int, str] = {}
        if self.since is not None and self.is_bound and self.instance.pk:
            self.returning = follow(self, self.since)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if self.instance.pk:
            # Rows are named after the entry they belong to, which is at hand.
            setattr(form.instance, self.fk.name, self.instance)
        for name, field in form.fields.items():
            widget = inner(field.widget)
            if not widget.is_hidden and self.labelled_by_column:
                widget.attrs.setdefault("aria-label", str(field.label).capitalize())
            if isinstance(widget, KnownSelect):
                # A row that is only proposed says what is chosen with the thing itself.
                chosen = getattr(form.instance, name) if form.instance.pk else form.initial.get(name)
                widget.know(chosen if isinstance(chosen, models.Model) else None)

    # A table names its columns, not its inputs.
    labelled_by_column = True

    def clean(self) -> None:
        super().clean()
        self._refuse_repeats()
        self._number()
        for number, text in self.returning.items():
            self.forms[number].add_error(None, text)
        if self.since is not None and (told := marked_in_vain(self, self.since)):
            raise ValidationError(told)

    def _rows(self) -> list[Any]:
        """The forms that will be saved."""
        filled = [form for form in self.forms if form.is_valid() and (form.instance.pk or form.has_changed())]
        return [form for form in filled if not form.cleaned_data.get("DELETE")]

    def _refuse_repeats(self) -> None:
        # Django's own comparison leaves out rows with an empty field.
        seen = set()
        for form in self._rows():
            values = tuple(form.cleaned_data.get(name) for name in self.unique_together)
            if values and values in seen:
                form.add_error(None, _("This row says the same as another one."))
            seen.add(values)

    def _number(self) -> None:
        rows = [form for form in self._rows() if "position" in form.fields]
        last = max((form.cleaned_data.get("position") or 0 for form in rows), default=0)
        for form in rows:
            if form.cleaned_data.get("position") is None:
                last += 1
                form.instance.position = form.cleaned_data["position"] = last

    def save(self, commit: bool = True) -> Any:
        # What is deleted goes first: a row may take over its place.
        if commit:
            gone = [form.instance.pk for form in self.deleted_forms if form.instance.pk]
            if gone:
                self.model._default_manager.filter(pk__in=gone).delete()
        return super().save(commit)


class OrderedForm(EditorForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        position = self.fields.get("position")
        if position is not None:
            position.required = False
            position.label = gettext_lazy("No.")
            position.widget = forms.NumberInput({"min": 0, "class": "position"})
            if not self.instance.pk:
                position.initial = self.initial["position"] = None


class OrderedInline(admin.TabularInline):
    form = OrderedForm
    formset = OrderedFormSet
    extra = 0
    # Plain inputs for addresses too: the admin's own ones repeat the address above the input.
    formfield_overrides = {**NATIVE_INPUTS, models.URLField: {"widget": forms.URLInput}}

    def get_formset(self, request: Any, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.since = formset.form.since = since_of(request)
        return formset

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(
            db_field, request, **known_select(self, db_field, request, kwargs)
        )

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            # A row has room for one link beside the choice; the others are on the thing's own page.
            widget: Any = field.widget
            widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
        return boxes_for(db_field, field)

    def get_queryset(self, request: Any) -> models.QuerySet[Any]:
        """With everything that a row names."""
        related = [f.name for f in self.model._meta.fields if f.name in self.autocomplete_fields]
        found = super().get_queryset(request)
        return found.select_related(*related) if related else found


class StackedOrderedFormSet(OrderedFormSet):
    labelled_by_column = False


class StackedOrderedInline(OrderedInline):
    """For rows with a long text: each is a small form."""

    formset = StackedOrderedFormSet
    template = "admin/edit_inline/stacked.html"
