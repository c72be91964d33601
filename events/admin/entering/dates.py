"""Dates as an organiser writes them, in one field that fills the others."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from events.models.choices import Precision
from lib import dates
from lib.pasted_dates import Pasted, parse
from lib.pasted_times import NotUnderstood

FIELD = "pasted_dates"
# Far longer than any date; a whole page that was pasted by mistake is not read.
LONGEST = 120


class PastedDatesField(forms.CharField):
    """Understood or refused; its value goes to the fields of the date and nowhere else."""

    def __init__(self) -> None:
        super().__init__(
            label=_("dates as the organiser writes them"),
            help_text=_(
                "Fills in the fields below, such as “20.–22.11.2027”, “5. Mai 2027, 9–17 Uhr”, “November "
                "2027”, “Q3 2027”. It may stay empty."
            ),
            required=False,
            max_length=LONGEST,
            widget=forms.TextInput(
                {
                    "class": "vTextField",
                    "autocomplete": "off",
                    "data-url": reverse_lazy("admin:events_event_dates"),
                }
            ),
        )

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        try:
            if text:
                parse(text)
        except NotUnderstood as reason:
            raise forms.ValidationError(str(reason), code="invalid") from None
        return text

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


def spread(data: QueryDict | None) -> QueryDict | None:
    """What was sent, with the fields of the date as the text says them; as it is where it says nothing."""
    text = str(data.get(FIELD, "")).strip() if data else ""
    if data is None or not text or len(text) > LONGEST:
        return data
    try:
        read = parse(text)
    except NotUnderstood:
        return data
    filled = data.copy()
    for name, value in values_of(read).items():
        filled[name] = value
    return filled


def values_of(read: Pasted) -> dict[str, str]:
    """{field: its value as a form sends it}. Times that were not named stay as they are beside a day."""
    values = {
        "starts_on": read.first.isoformat(),
        "ends_on": read.last.isoformat(),
        "date_precision": read.precision,
    }
    if read.start_time or read.precision != Precision.DAY:
        times = {"start_time": read.start_time, "end_time": read.end_time}
        values |= {name: time.strftime("%H:%M") if time else "" for name, time in times.items()}
    return values


@require_safe
def read(request: HttpRequest, page: Any) -> HttpResponse:
    """What a pasted text means: {"values": {field: value}, "said": "20.–22. Mai 2027"}, or {"error": …}."""
    if not (page.has_view_permission(request) or page.has_add_permission(request)):
        raise PermissionDenied
    try:
        read = parse(request.GET.get("text", "")[: LONGEST + 1])
    except NotUnderstood as reason:
        return JsonResponse({"error": str(reason)})
    said = dates.span(read.first, read.last, read.precision)
    if read.first == read.last:
        said = dates.day(read.first, weekday=True)
    return JsonResponse({"values": values_of(read), "said": said})
