"""The page that asks before somebody is anonymised: where the name stands, and what shall take its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import AdminForm
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lib.editing.forms import Text
from privacy import places, prose
from privacy.names import Wording
from privacy.prose import Mention
from speakers.actions import traces
from speakers.models import Speaker


class AnonymiseForm(forms.Form):
    """A field for each language, such as `instead_de`; whether the family name alone means the person."""

    alone = forms.BooleanField(
        label=gettext_lazy("The family name alone means this person, too"),
        required=False,
        help_text=gettext_lazy("Only where the name is so rare that nobody else is meant."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, language in settings.LANGUAGES:
            label = _("Instead of the name (%(language)s)") % {"language": _(str(language))}
            self.fields[f"instead_{code}"] = forms.CharField(label=label, max_length=80, required=False)
        self.fields[f"instead_{settings.LANGUAGE_CODE}"].help_text = _(
            "Takes the place of the whole name in texts, “a speaker” for instance. Left empty, texts stay."
        )
        self.order_fields([*(name for name in self.fields if name != "alone"), "alone"])

    @property
    def wording(self) -> Wording:
        """Of a valid form."""
        told = self.cleaned_data
        texts = {code: told[f"instead_{code}"] for code, _language in settings.LANGUAGES}
        return Wording(texts, told["alone"])

    @property
    def for_admin(self) -> AdminForm:
        return AdminForm(self, [(None, {"fields": list(self.fields)})], {})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Place:
    """A text that says the name; `remedy` is what to do with it where no wording helps."""

    address: str
    entry: str
    field: str
    excerpt: str
    remedy: Text = ""


def found(people: Iterable[Speaker], site: AdminSite) -> dict[str, Any]:
    """For the template: where the names stand in texts, and beside them [(what, how many)]."""
    mentions: list[Mention] = []
    beside: dict[str, int] = {}
    for speaker in people:
        told = traces(speaker)
        mentions += told.mentions
        beside |= {label: beside.get(label, 0) + number for label, number in told.beside.items()}
    # The whole name first.
    shown = sorted(mentions, key=lambda one: not one.is_certain)[: prose.MOST]
    entries = prose.owners(shown)
    names = {label: places.model_of(label)._meta.verbose_name_plural for label in beside}
    return {
        "places": [_place(one, entries, site) for one in shown],
        "more": len(mentions) - len(shown),
        "beside": [(capfirst(str(names[label])), number) for label, number in beside.items()],
    }


def _place(one: Mention, entries: dict[tuple[str, int], Any], site: AdminSite) -> Place:
    entry = entries[one.noun, one.owner]
    meta = entry._meta
    remedy: Text = ""
    if not one.is_certain:
        remedy = _("Perhaps somebody else: look, and rewrite it by hand.")
    elif not one.is_text:
        remedy = _("An address: change it by hand.")
    try:
        address = reverse(f"{site.name}:{meta.app_label}_{meta.model_name}_change", args=[entry.pk])
    except NoReverseMatch:
        address = ""
    return Place(address, str(entry), capfirst(one.label), one.excerpt, remedy)
