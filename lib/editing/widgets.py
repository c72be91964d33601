"""Inputs that browsers know themselves: they need no script, and screen readers announce them well."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """A time of day to the minute; seconds are shown only where there are some."""

    input_type = "time"

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, dt.time):
            return value.strftime("%H:%M:%S" if value.second else "%H:%M")
        return super().format_value(value)


class MomentInput(forms.DateTimeInput):
    """Date and time in one labelled field, in the editors' time zone."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class Boxes(forms.CheckboxSelectMultiple):
    """Checkboxes as a group with a name of its own, in columns."""

    def __init__(self, label: Any, choices: Any) -> None:
        super().__init__({"class": "boxes"}, choices)
        self.label = label

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        boxes = super().render(name, value, attrs, renderer)
        return format_html('<div role="group" aria-label="{}">{}</div>', self.label, boxes)


class KnownSelect(AutocompleteSelect):
    """An autocomplete that may be told the label of what is chosen, so that a row costs no query."""

    known: tuple[str, str] | None = None

    def know(self, chosen: models.Model | None) -> None:
        self.known = (str(chosen.pk), str(chosen)) if chosen else None

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        # What is no key was refused already; asking the database for it would only fail.
        value = [str(key) for key in value if str(key).isdecimal()]
        if self.known is None or value != [self.known[0]]:
            return super().optgroups(name, value, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options.append(self.create_option(name, *self.known, True, len(options)))
        return [(None, options, 0)]


def known_select(page: Any, db_field: Any, request: Any, kwargs: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a foreign key's form field, with this autocomplete where the page asks for one."""
    if "widget" in kwargs or db_field.name not in page.get_autocomplete_fields(request):
        return kwargs
    return {**kwargs, "widget": KnownSelect(db_field, page.admin_site, using=kwargs.get("using"))}


# For `formfield_overrides`.
NATIVE_INPUTS: dict[Any, dict[str, Any]] = {
    models.DateField: {"widget": DayInput},
    models.TimeField: {"widget": ClockInput},
    models.DateTimeField: {"form_class": forms.DateTimeField, "widget": MomentInput},
}


def inner(widget: Any) -> Any:
    """The widget itself where the admin has wrapped it with links to add or change the related thing."""
    return getattr(widget, "widget", widget)
