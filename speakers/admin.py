from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from addresses.editing import SLUG_MESSAGE, NounAdmin, NounForm
from addresses.models import NounKind
from lib.editing.forms import Rules, Text
from lib.editing.listing import SampleFilter
from privacy.prose import Mention
from speakers.actions import anonymise
from speakers.anonymising import AnonymiseForm, found
from speakers.models import ErasedPerson, Speaker

RULES: Rules = {
    "speaker_slug_is_plain": ("slug", SLUG_MESSAGE),
    "speaker_has_name": ("family_name", gettext_lazy("A person needs a family name.")),
}


class SpeakerForm(NounForm):
    noun = NounKind.SPEAKER
    rules = RULES
    slug_from = ("given_name", "family_name")


class AnonymisedFilter(admin.SimpleListFilter):
    """Nameless rows are hidden unless they are asked for."""

    title = gettext_lazy("anonymised")
    parameter_name = "anonymised"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("Anonymised people"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(anonymised_at__isnull=self.value() != "yes")


@admin.register(Speaker)
class SpeakerAdmin(NounAdmin):
    form = SpeakerForm
    rules = RULES
    public_url = "speakers:detail"
    list_display = ["shown_name", "academic_title", "slug", "modified_at", "is_sample"]
    list_filter = [AnonymisedFilter, SampleFilter]
    search_fields = ["sort_name", "aliases", "slug"]
    search_help_text = gettext_lazy("Finds names, other names and address names.")
    ordering = ["sort_name", "pk"]
    actions = ["anonymise"]
    readonly_fields = (*NounAdmin.readonly_fields, "anonymised_at")
    fieldsets = [
        (gettext_lazy("Name"), {"fields": [("academic_title", "given_name", "family_name"), "aliases"]}),
        (gettext_lazy("Public role"), {"fields": ["description", "website", "wikidata"]}),
        (gettext_lazy("Address and record"), {"fields": ["slug", *readonly_fields]}),
    ]

    @admin.display(description=gettext_lazy("name"), ordering="sort_name")
    def shown_name(self, speaker: Speaker) -> str:
        return ", ".join(filter(None, (speaker.family_name, speaker.given_name))) or str(speaker)

    def choosable(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(anonymised_at=None)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing may be written into an anonymised row again."""
        erased = obj is not None and obj.anonymised_at is not None
        return not erased and super().has_change_permission(request, obj)

    def is_erased(self, request: HttpRequest, entry: Any) -> bool:
        """Also who was deleted first; who is not known any more, by what was typed."""
        if entry is None:
            names = ("slug", "given_name", "family_name")
            entry = Speaker(**{name: request.POST.get(name, "") for name in names})
        if entry.anonymised_at is not None:
            return True
        return ErasedPerson.objects.remembers(entry.slug, entry.plain_name)

    def view_on_site(self, noun: Any) -> Any:
        return None if noun.anonymised_at else super().view_on_site(noun)

    def confirmed_actions(self, request: HttpRequest, obj: Any) -> list[tuple[str, Text]]:
        return [("anonymise", _("Anonymise …"))] if self.has_change_permission(request, obj) else []

    @admin.action(description=gettext_lazy("Anonymise selected people …"), permissions=["change"])
    def anonymise(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> HttpResponse | None:
        people = queryset.filter(anonymised_at=None)
        form = AnonymiseForm(request.POST if "confirmed" in request.POST else None)
        if not form.is_valid():
            words = {"found": found(people, self.admin_site), "adminform": form.for_admin}
            return self.ask(request, people, action="anonymise", **words, **_anonymise_words())
        left: list[Mention] = []
        with transaction.atomic():
            count = self.do_each(
                request,
                people,
                lambda one: left.extend(anonymise(one, form.wording).mentions),
                _("Anonymised."),
            )
        text = ngettext("%(count)d person was anonymised.", "%(count)d people were anonymised.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
        if left:
            text = ngettext(
                "The name still stands in %(count)d text: search for it, and rewrite it.",
                "The name still stands in %(count)d texts: search for it, and rewrite them.",
                len(left),
            )
            self.message_user(request, text % {"count": len(left)}, messages.WARNING)
        return None


def _anonymise_words() -> dict[str, Any]:
    return {
        "title": _("Anonymise for good?"),
        "effects": [
            _("Name, other names, description, website, Wikidata identifier and page address are erased."),
            _("The office and organisation at each event are erased; the events themselves stay."),
            _("The person's page and former addresses disappear from the site and from every output."),
            _("An import will recognise the person and not bring the entry back."),
            _("This cannot be undone."),
        ],
        "button": _("Anonymise for good"),
        "beside": "admin/mentions.html",
    }
