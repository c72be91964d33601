from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from addresses.models import FormerSlug, NounKind
from lib.editing.admin import EditorAdmin

_APPS = {NounKind.ORGANISATION: "organisations", NounKind.SPEAKER: "speakers"}


@admin.register(FormerSlug)
class FormerSlugAdmin(EditorAdmin):
    """To be read only: the database keeps the rows itself."""

    list_display = ["slug", "noun", "now"]
    list_filter = ["noun"]
    search_fields = ["slug"]
    ordering = ["noun", "slug"]
    fields = ["noun", "slug", "now"]
    readonly_fields = ["now"]

    @admin.display(description=_("leads to"))
    def now(self, former: FormerSlug) -> SafeString:
        model = f"{_APPS.get(NounKind(former.noun), 'events')}_{former.noun}"
        url = reverse(f"{self.admin_site.name}:{model}_change", args=[former.target])
        return format_html('<a href="{}">{}</a>', url, _("Open the entry"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
