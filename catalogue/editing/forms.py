from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.tables import files
from catalogue.tables.grids import Grid, UnreadableError, check_size

FORMATS = [
    ("xlsx", _("Workbook (.xlsx) for any spreadsheet, with a sheet that explains the columns")),
    ("csv-german", _("CSV with semicolons and decimal commas, for spreadsheets in German")),
    ("csv", _("CSV with commas and decimal points, for programs")),
]


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=_("File format"), choices=FORMATS, initial="xlsx", widget=forms.RadioSelect
    )


class UploadForm(forms.Form):
    """After it is valid, `grid` holds what the file holds and `content` its bytes."""

    grid: Grid
    content: bytes
    file = forms.FileField(
        label=_("Table"),
        help_text=_("A workbook (.xlsx) or CSV of up to 10 MB and 5,000 rows."),
        widget=forms.FileInput({"accept": ".xlsx,.csv,.txt"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            check_size(file.size)
            self.content = file.read()
            self.grid = files.read(self.content)
        except UnreadableError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        return file


class AgreeForm(forms.Form):
    fingerprint = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why, for the history"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"class": "vTextField"}),
    )
