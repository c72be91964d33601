"""Model fields and column rules that several apps share."""

from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
COUNTRY = r"^[A-Z]{2}$"
SUBDIVISION = r"^[A-Z]{2}-[A-Z0-9]{1,3}$"
QID = r"^Q[1-9][0-9]*$"
ARS = r"^([0-9]{2}|[0-9]{3}|[0-9]{5}|[0-9]{8}|[0-9]{9}|[0-9]{12})$"

validate_country = RegexValidator(COUNTRY, _("Two capital letters as in ISO 3166-1, such as DE."))
validate_subdivision = RegexValidator(SUBDIVISION, _("A code as in ISO 3166-2, such as DE-NW."))
validate_qid = RegexValidator(QID, _("A Wikidata identifier such as Q64."))
validate_ars = RegexValidator(
    ARS, _("A regional key (ARS, up to 12 digits) or municipality key (AGS, 8 digits).")
)


class WebAddressField(models.URLField):
    """An http(s) address; one typed without a scheme is taken as https."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 500)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class ChoicesField(ArrayField):
    """Several values of one closed vocabulary, ordered, shown as checkboxes in forms."""

    def __init__(self, choices_class: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        if choices_class is not None:
            longest = max(len(value) for value in choices_class.values)
            kwargs["base_field"] = models.CharField(max_length=longest, choices=choices_class.choices)
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        return forms.TypedMultipleChoiceField(
            choices=self.base_field.choices or [],
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
            initial=self.get_default(),
        )


class TextListField(ArrayField):
    """Several short texts, such as aliases; one per line in forms."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("base_field", models.CharField(max_length=200))
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        return LinesField(
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=self.help_text,
        )


class LinesField(forms.CharField):
    """A text area whose lines become a list; empty lines and repeats are dropped."""

    widget = forms.Textarea(attrs={"rows": 3, "cols": 40})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        # A null character is no text, and PostgreSQL takes none.
        text = (super().to_python(value) or "").replace("\x00", "")
        lines = (line.strip() for line in text.splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data)


def one_of(
    field: str, choices: type[models.TextChoices], name: str, empty: bool = False
) -> models.CheckConstraint:
    """A constraint that the column holds one of the choices (or nothing, when `empty`)."""
    values = [*choices.values, *([""] if empty else [])]
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


def all_of(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """A constraint that each element of the array is one of the choices."""
    return models.CheckConstraint(condition=Q(**{f"{field}__contained_by": list(choices.values)}), name=name)


def matches(field: str, pattern: str, name: str, empty: bool = True) -> models.CheckConstraint:
    """A constraint that the text matches the pattern (or is empty, when `empty`)."""
    condition = Q(**{f"{field}__regex": pattern})
    return models.CheckConstraint(condition=condition | Q(**{field: ""}) if empty else condition, name=name)
