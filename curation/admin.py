"""The editors' page of links: how each address does, where it is used, and what it leads to by now."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from curation.links.offering import may_see_links, shown_uses
from curation.models import Link
from curation.models.links import LinkState
from lib.editing.listing import mark
from lib.editing.tasks import TaskFilter

MARKS = {
    LinkState.OK: "good",
    LinkState.REDIRECTED: "busy",
    LinkState.DEAD: "bad",
    LinkState.UNKNOWN: "quiet",
    LinkState.ROBOTS: "quiet",
}


@admin.register(Link)
class LinkAdmin(admin.ModelAdmin):
    """Nobody enters links: they come from the entries. Whoever may edit all of these may look at them."""

    change_form_template = "curation/links_entry.html"
    list_display = ["url", "shown_state", "status", "shown_target", "checked_at", "due_at"]
    list_filter = [TaskFilter, "state"]
    search_fields = ["url", "target"]
    search_help_text = _("Finds parts of addresses.")
    list_per_page = 50
    fields: ClassVar[Any] = [
        "address",
        "shown_state",
        "status",
        "target",
        "failing_since",
        "first_seen",
        "checked_at",
        "due_at",
    ]
    readonly_fields = fields

    class Media:
        css: ClassVar[Any] = {"all": ["admin_site/work_list.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_see_links(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.display(description=_("address"))
    def address(self, link: Link) -> SafeString:
        return format_html('<a href="{0}" rel="noreferrer">{0}</a>', link.url)

    @admin.display(description=pgettext_lazy("of a link", "state"), ordering="state")
    def shown_state(self, link: Link) -> SafeString:
        return mark(MARKS.get(LinkState(link.state), "busy"), link.get_state_display())

    @admin.display(description=_("leads to"), ordering="target", empty_value="–")
    def shown_target(self, link: Link) -> str:
        return link.target

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> Any:
        found: Any = self.get_object(request, object_id)
        facts: dict[str, Any] = {"show_save": False, "show_save_and_continue": False}
        if found is not None:
            uses = shown_uses(self.admin_site, request, found.url)
            facts |= {"uses": uses, "checks": found.checks.all()[:20]}
            facts["may_take_over"] = bool(found.target) and any(use.may_change for use in uses)
        return super().change_view(request, object_id, form_url, facts | (extra_context or {}))
