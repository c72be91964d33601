"""The editors' site: named like the public one, with the nouns in the order of an editor's day."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, reverse
from django.utils.translation import gettext as _

from curation.work_list.page import work_list
from lib.editing import offers
from lib.site import site_name

ORDER = ["Event", "Series", "Organisation", "Speaker", "Topic", "Venue"]


class EditorsSite(AdminSite):
    index_title = ""
    # The nouns stand in the header instead, which leaves lists their width.
    enable_nav_sidebar = False

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        name = _("%(site)s: editors") % {"site": site_name()}
        return {
            **super().each_context(request),
            "site_title": name,
            "site_header": name,
            "site_url": reverse("home"),
            "tools": offers.tools_of(self, request) if self.has_permission(request) else [],
        }

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [*offers.urls(self), *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        return super().index(request, {**work_list(self, request), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Apps by their first noun, nouns by ORDER; what ORDER does not name comes last."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=_rank)
        return sorted(apps, key=lambda app: _rank(app["models"][0]))


def _rank(model: dict[str, Any]) -> int:
    name = model["object_name"]
    return ORDER.index(name) if name in ORDER else len(ORDER)
