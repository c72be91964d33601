from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from addresses.editing import SLUG_MESSAGE, NounAdmin, NounForm, PlacedAdmin
from addresses.models import NounKind
from lib.editing.forms import Rules
from lib.editing.listing import CountryFilter, SampleFilter, StateFilter
from organisations.models import Organisation

STATE_MESSAGE = _("The state's code begins with the country's, as in DE-NW.")
RULES: Rules = {
    "organisation_slug_is_plain": ("slug", SLUG_MESSAGE),
    "organisation_country_is_iso": ("country", _("Two capital letters as in ISO 3166-1, such as DE.")),
    "organisation_state_is_iso": ("state", _("A code as in ISO 3166-2, such as DE-NW.")),
    "organisation_state_in_country": ("state", STATE_MESSAGE),
    "organisation_ars_agrees_with_state": (
        "ars",
        _("The first two digits name another state than the one given, as Destatis numbers them."),
    ),
    "organisation_not_own_parent": ("parent", _("An organisation is no part of itself.")),
    "organisation_not_own_successor": ("successor", _("An organisation does not succeed itself.")),
}


class OrganisationForm(NounForm):
    noun = NounKind.ORGANISATION
    rules = RULES
    acyclic: ClassVar[tuple[str, ...]] = ("parent", "successor")

    def proposal(self, data: dict[str, Any]) -> str:
        return super().proposal({"name": data.get("short_name") or data.get("name")})


@admin.register(Organisation)
class OrganisationAdmin(PlacedAdmin):
    form = OrganisationForm
    rules = RULES
    public_url = "organisations:detail"
    list_display = ["shown_name", "short_name", "kind", "level", "city", "state", "modified_at", "is_sample"]
    list_filter = [
        "kind",
        "level",
        ("successor", admin.EmptyFieldListFilter),
        CountryFilter,
        StateFilter,
        SampleFilter,
    ]
    search_fields = ["sort_name", "short_name", "name_en", "aliases", "slug"]
    search_help_text = _("Finds names, short names, other names and address names.")
    autocomplete_fields = ["parent", "successor"]
    ordering = ["sort_name", "pk"]
    fieldsets = [
        (_("Name"), {"fields": ["name", "name_en", "short_name", "aliases"]}),
        (_("What it is"), {"fields": ["kind", "level", "parent", "successor"]}),
        (_("About it"), {"fields": ["summary", "summary_en", "description", "website"]}),
        (_("Where"), {"fields": [("city", "state", "country")]}),
        (_("Identifiers"), {"fields": ["wikidata", "ars"]}),
        (_("Address and record"), {"fields": ["slug", *NounAdmin.readonly_fields]}),
    ]

    @admin.display(description=_("name"), ordering="sort_name")
    def shown_name(self, organisation: Organisation) -> str:
        return organisation.name
