"""What is wrong with a form that was sent, as a list of links to the fields (WCAG 2.2, 3.3.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.text import capfirst
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Problem:
    """`anchor` is the id of the field; empty where the whole entry is meant, and then no label either."""

    anchor: str
    label: str
    message: str


def problems(form: Any, rows: Iterable[Any]) -> list[Problem]:
    """Of an entry's form and the formsets inside it, in the order in which they stand there."""
    found = list(_of_form(form, ""))
    for formset in rows:
        kind = str(capfirst(formset.model._meta.verbose_name_plural))
        heading = f"{formset.prefix}-heading"
        found += [Problem(heading, kind, str(message)) for message in formset.non_form_errors()]
        for number, row in enumerate(formset.forms, 1):
            where = _("%(kind)s, row %(number)d") % {"kind": kind, "number": number}
            found += _of_form(row, where, heading)
    return found


def _of_form(form: Any, where: str, heading: str = "") -> Iterable[Problem]:
    for name, messages in form.errors.items():
        if name == NON_FIELD_ERRORS or name not in form.fields:
            anchor, label = heading, where
        else:
            anchor, label = _anchor(form[name]), ": ".join(filter(None, (where, str(form[name].label))))
        yield from (Problem(anchor, label, str(message)) for message in messages)


def _anchor(field: Any) -> str:
    # A group of checkboxes has no id of its own: the first one stands for all.
    return str(field.id_for_label or f"{field.auto_id}_0")
