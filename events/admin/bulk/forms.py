from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.bulk.wishes import VOCABULARIES, Wishes
from events.models import Event, Series, Topic
from events.models.choices import Status
from events.workflow import Move
from lib.editing.forms import FIRST_YEAR, LAST_YEAR, Text
from lib.editing.widgets import Boxes, DayInput

LEAVE: tuple[str, Text] = ("", gettext_lazy("as it is"))
NONE = "none"


class BulkForm(forms.Form):
    """What is to be changed; whatever is left alone stays as it is."""

    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    series = forms.ChoiceField(label=gettext_lazy("Series"), required=False)
    checked_on = forms.DateField(
        label=gettext_lazy("Last checked"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy("Empty: as it is."),
    )
    move = forms.ChoiceField(label=gettext_lazy("Step of the workflow"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text=gettext_lazy("Stands in the history; required for withdrawing and for returning to draft."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        series = [(str(key), name) for key, name in Series.objects.in_order().values_list("pk", "name")]
        self._choices("status", [LEAVE, *Status.choices])
        self._choices("series", [LEAVE, (NONE, _("without a series")), *series])
        self._choices("move", [LEAVE, *Move.choices])
        topics = [(str(topic.pk), topic.name_de) for topic in Topic.objects.in_order()]
        self.pairs = [self._pair("topics", topics)]
        for column in VOCABULARIES:
            words: Any = Event._meta.get_field(column)
            self.pairs.append(self._pair(column, words.base_field.choices))

    def _choices(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def _pair(self, column: str, choices: Any) -> tuple[str, str, str]:
        """Two fields, what is added and what is removed: (name of the column, the one, the other)."""
        name: Any = Event._meta.get_field(column)
        label = str(name.verbose_name)
        for which, words in (("add", _("%(what)s: add")), ("remove", _("%(what)s: remove"))):
            title = words % {"what": label}
            self.fields[f"{which}_{column}"] = forms.MultipleChoiceField(
                label=title, choices=choices, required=False, widget=Boxes(title, choices)
            )
        return label, f"add_{column}", f"remove_{column}"

    @property
    def groups(self) -> list[tuple[str, Any, Any, bool]]:
        """(name, the field that adds, the field that removes, whether one of them is used)"""
        return [
            (label, self[add], self[remove], bool(self[add].value() or self[remove].value()))
            for label, add, remove in self.pairs
        ]

    def clean_checked_on(self) -> Any:
        day = self.cleaned_data["checked_on"]
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(_("Is the year right?"))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for _label, add, remove in self.pairs:
            if set(data.get(add, [])) & set(data.get(remove, [])):
                self.add_error(remove, _("The same is to be added and removed."))
        if data.get("move") in (Move.WITHDRAW, Move.SEND_BACK) and not data.get("reason", "").strip():
            self.add_error("reason", _("Please say why."))
        if not self.errors and not any(value for name, value in data.items() if name != "reason"):
            raise ValidationError(_("Choose at least one thing to change."))
        return data

    def wishes(self) -> Wishes:
        data = self.cleaned_data
        series = data["series"]
        lists = {
            which: {column: data[f"{which}_{column}"] for column in ("topics", *VOCABULARIES)}
            for which in ("add", "remove")
        }
        for listed in lists.values():
            listed["topics"] = [int(key) for key in listed["topics"]]
        return Wishes(
            status=data["status"] or None,
            checked_on=data["checked_on"],
            series=Series.objects.get(pk=series) if series not in ("", NONE) else None,
            no_series=series == NONE,
            adds=lists["add"],
            removes=lists["remove"],
            move=Move(data["move"]) if data["move"] else None,
            topics=Topic.objects.in_bulk(lists["add"]["topics"]),
        )
