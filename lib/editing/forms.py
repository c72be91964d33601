"""Forms that name the field and say in plain words what the database would refuse."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lib.editing.meanwhile import Since, merge
from lib.editing.widgets import Boxes
from lib.fields import ChoicesField

Text = str | Promise
# {name of a constraint: (the field to blame or None, what is wrong and how to mend it)}
Rules = dict[str, tuple[str | None, Text]]

# Far beyond any congress, and within what every time zone can compute with.
FIRST_YEAR, LAST_YEAR = 1900, 2199


class EditorForm(forms.ModelForm):
    """`rules` words violated constraints; `acyclic` names foreign keys that may not lead in a circle."""

    rules: ClassVar[Rules] = {}
    acyclic: ClassVar[tuple[str, ...]] = ()
    # What the database refused when this very input was saved a moment ago.
    refusal: ClassVar[Text | None] = None
    # What others did to the entry since this form was shown.
    since: ClassVar[Since | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clashes: dict[str, str] = {}
        if self.since is not None and self.is_bound and self.instance.pk:
            self.clashes = merge(self, self.since)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.refusal:
            self.add_error(None, str(self.refusal))
        for name, clash in self.clashes.items():
            self.add_error(name, clash)
        for name, value in list(data.items()):
            if isinstance(value, dt.date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
                self.add_error(name, _("Is the year right?"))
        for name in self.acyclic:
            self._refuse_circle(name, data.get(name))
        return data

    def _refuse_circle(self, name: str, above: Any) -> None:
        met = {self.instance.pk}
        while above is not None and self.instance.pk:
            if above.pk in met:
                self.add_error(name, _("This would lead in a circle, back to the entry itself."))
                return
            met.add(above.pk)
            above = getattr(above, name)

    def add_error(self, field: str | None, error: Any) -> None:
        """Words a violated constraint by `rules` and puts it beside the field to blame."""
        if not hasattr(error, "error_dict"):
            super().add_error(field, error)
            return
        violated = self._violations()
        for name, problems in error.error_dict.items():
            for problem in problems:
                blamed, message = self.rules.get(violated.get(str(problem.message), ""), (None, problem))
                target = name if name in self.fields else None
                if blamed in self.fields:
                    target = blamed
                if target is None or target not in self.errors or message is problem:
                    super().add_error(target, message)

    def _violations(self) -> dict[str, str]:
        """{Django's own message: name of the constraint that it is about}."""
        return {
            str(constraint.get_violation_error_message()): constraint.name
            for _model, constraints in self.instance.get_constraints()
            for constraint in constraints
            if isinstance(constraint, models.CheckConstraint)
        }


def explain(error: DatabaseError, rules: Rules) -> str:
    """What the database refused, in words; for what only shows when it is written."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    if name in rules:
        return str(rules[name][1])
    text = _(
        "Nothing was saved: the entries contradict each other, or somebody else has just saved the same."
    )
    return f"{text} ({name})" if name else text


def boxes_for(db_field: Any, field: Any) -> Any:
    """The form field, with checkboxes as one named group where the column holds several choices."""
    if field is not None and isinstance(db_field, ChoicesField):
        field.widget = Boxes(field.label, field.choices)
    return field


def require(form: forms.BaseForm, names: dict[str, Text]) -> None:
    """Adds an error to each of the fields that is empty: {field: message}."""
    for name, message in names.items():
        if not form.cleaned_data.get(name) and name not in form.errors:
            form.add_error(name, ValidationError(str(message), code="required"))
