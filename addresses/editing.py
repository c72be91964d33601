"""The base of a noun's form and page in the admin: its address, present and former."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from addresses.models import FormerSlug
from lib.editing.admin import EditorAdmin
from lib.editing.forms import EditorForm
from lib.german import slugify
from lib.nouns import Noun

LONGEST = 80
SLUG_MESSAGE = _("Only lower-case letters a to z, digits and single hyphens between them.")


class NounForm(EditorForm):
    """Makes the address from `slug_from` when it is left empty."""

    noun: ClassVar[str]
    slug_from: ClassVar[tuple[str, ...]] = ("name",)
    reserved: ClassVar[Collection[str]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "slug" in self.fields and not data.get("slug") and "slug" not in self.errors:
            data["slug"] = self._free(self.proposal(data))
        return data

    def proposal(self, data: dict[str, Any]) -> str:
        """What the address should be if it is free."""
        return slugify(" ".join(str(data.get(name) or "") for name in self.slug_from))

    def _free(self, wanted: str) -> str:
        """The proposal, or with the first number that nobody else uses or has used."""
        base = wanted[: LONGEST - 5].rpartition("-")[0] if len(wanted) > LONGEST - 5 else wanted
        base = base or wanted[: LONGEST - 5] or self.noun
        others = self._meta.model._default_manager.exclude(pk=self.instance.pk)
        former = FormerSlug.objects.filter(noun=self.noun).exclude(target=self.instance.pk or 0)
        taken = {slug for rows in (others, former) for slug in _slugs(rows, base)}
        taken.update(self.reserved)
        number = 1
        while (slug := base if number == 1 else f"{base}-{number}") in taken:
            number += 1
        return slug


def _slugs(rows: Any, start: str) -> Any:
    return rows.filter(slug__startswith=start).values_list("slug", flat=True)


class NounAdmin(EditorAdmin):
    """`public_url` is the name of the page that visitors see."""

    public_url: ClassVar[str]
    form = NounForm
    readonly_fields: ClassVar[Any] = ("former_addresses", "is_sample", "created_at", "modified_at")

    @admin.display(description=_("former address names"))
    def former_addresses(self, noun: Noun) -> str:
        if noun.pk is None:
            return "–"
        rows = FormerSlug.objects.filter(noun=self.form.noun, target=noun.pk).order_by("slug")
        return ", ".join(rows.values_list("slug", flat=True)) or "–"

    def view_on_site(self, noun: Noun) -> str:
        return reverse(self.public_url, args=[noun.slug])

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        slug = form.base_fields.get("slug")
        if slug is not None and obj is None:
            slug.help_text = _("Part of the page's address. Left empty, it is made from the title or name.")
        return form


class PlacedAdmin(NounAdmin):
    """Of a noun that has an address: a new one begins where most others are."""

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"state": settings.DEFAULT_STATE} | super().get_changeform_initial_data(request)
