import datetime as dt
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from addresses.editing import NounForm
from addresses.models import NounKind
from events.admin.entering.dates import PastedDatesField, spread
from events.admin.rules import RULES
from events.models.rules import RESERVED_SLUGS
from lib.editing.forms import Text, require
from lib.german import slugify

HELP: dict[str, Text] = {
    "edition": gettext_lazy("Which one of the series it is: 15 for the fifteenth."),
    "title_en": gettext_lazy("Only where the organiser uses an English title."),
    "summary": gettext_lazy("One or two sentences in your own words; they stand on cards and in calendars."),
    "timezone": gettext_lazy("As in the IANA database, such as Europe/Berlin or Europe/Tallinn."),
    "date_note": gettext_lazy("What visitors should know of the date, such as “opening on the eve”."),
    "status": gettext_lazy(
        "What became of the announced date. Beside a published event, the links above the form set it and"
        " keep the former date."
    ),
    "online_url": gettext_lazy(
        "Where one takes part online; leave it empty if the link comes after registration."
    ),
    "is_free": gettext_lazy("“Unknown” where the organiser does not say."),
    "partner_country": gettext_lazy("Two capital letters, such as EE for Estonia."),
    "partner_region": gettext_lazy("Such as DE-NW."),
    "hashtag": gettext_lazy("With #."),
    "image": gettext_lazy(
        "JPEG, PNG or WebP of up to 10 MB, best 1,440 pixels wide. Only with the right to publish it."
        " Place, camera and whatever else the file tells are removed."
    ),
    "image_alt": gettext_lazy("What the image shows, for people who do not see it."),
    "publish_from": gettext_lazy("Only for an embargo: once published, the entry is hidden until then."),
    "checked_on": gettext_lazy("When somebody last compared the entry with its sources."),
}
WIDGETS: dict[str, forms.Widget] = {
    "summary": forms.Textarea({"rows": 3}),
    "summary_en": forms.Textarea({"rows": 3}),
    "description": forms.Textarea({"rows": 12}),
}


class EventForm(NounForm):
    noun = NounKind.EVENT
    rules = RULES
    reserved = RESERVED_SLUGS
    acyclic: ClassVar[tuple[str, ...]] = ("parent",)

    class Meta:
        help_texts = HELP
        widgets = WIDGETS

    pasted_dates = PastedDatesField()

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(spread(data), *args, **kwargs)

    def proposal(self, data: dict[str, Any]) -> str:
        """The series, or else the title, and the year: smart-country-convention-2025."""
        series, starts_on = data.get("series"), data.get("starts_on")
        slug = series.slug if series else slugify(data.get("title") or "")
        year = str(starts_on.year) if starts_on else ""
        return slug if year in slug.split("-") else f"{slug}-{year}".strip("-")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("image"):
            message = _("An image needs this.")
            require(self, {"image_alt": message, "image_credit": message, "image_licence": message})
        return data

    def clean_timezone(self) -> str:
        zone = str(self.cleaned_data["timezone"]).strip()
        if zone not in available_timezones():
            raise forms.ValidationError(_("No time zone of the IANA database, such as Europe/Berlin."))
        return zone


def is_stale(checked_on: dt.date | None, today: dt.date) -> bool:
    """Whether nobody has compared the entry with its sources for a year."""
    return checked_on is None or checked_on < today - dt.timedelta(days=365)
