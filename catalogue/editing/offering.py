"""The pages of tables are offered to the nouns' lists; the nouns know nothing of them."""

from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from catalogue.editing.pages import TablePages
from catalogue.fields import Section
from catalogue.schema import SECTIONS
from lib.editing import offers


def offer_tables() -> None:
    offers.pages(_urls)
    for section in SECTIONS:
        label = section.model._meta.label
        offers.above_list(label, offers.Button(f"catalogue_table_{section.name}", _("Table"), needs="view"))
        offers.action(label, "export_table", _("Fetch selected entries as a table …"), _action(section))


def _urls(site: AdminSite) -> list[URLPattern]:
    return [pattern for section in SECTIONS for pattern in TablePages(site, section).urls()]


def _action(section: Section) -> offers.Action:
    def export_table(page: Any, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponseBase:
        return TablePages(page.admin_site, section).export(page, request, chosen)

    export_table.allowed_permissions = ("view",)  # type: ignore[attr-defined]
    return export_table
