"""The desk of those who answer reports: what is new, what is due, what was done."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from feedback.actions import settle
from feedback.models import Report, State
from lib.editing.tasks import TaskFilter

AS_RECEIVED = [
    "kind",
    "message",
    "page_link",
    "event",
    "name",
    "email",
    "language",
    "created_at",
    "mailed_at",
    "state",
    "answer_due_on",
    "settled_at",
]


class DueFilter(admin.SimpleListFilter):
    title = _("answer")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("overdue", _("overdue")), ("unsent", _("not mailed"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Report] | None:
        wanted = {"overdue": queryset.overdue, "unsent": queryset.unsent}.get(self.value() or "")
        return wanted() if wanted else None


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    """Reports come from visitors: colleagues read them, note something and say what became of them."""

    list_display = ["__str__", "excerpt", "state", "answer_due", "created_at", "mailed_at"]
    list_filter = [TaskFilter, "state", "kind", DueFilter, "language"]
    search_fields = ["message", "page", "note"]
    # What waits for an answer stands first, the most urgent on top.
    ordering = [F("settled_at").desc(nulls_first=True), "answer_due_on", "-created_at"]  # type: ignore[list-item]
    list_per_page = 50
    actions = ["mark_answered", "mark_closed", "mark_new"]
    fields = [*AS_RECEIVED, "note"]
    readonly_fields = AS_RECEIVED

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        return super().get_queryset(request).select_related("event")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("message"))
    def excerpt(self, report: Report) -> str:
        return report.message if len(report.message) <= 80 else f"{report.message[:79]}…"

    @admin.display(description=_("answer due"), ordering="answer_due_on")
    def answer_due(self, report: Report) -> Any:
        if report.is_overdue():
            return format_html("<strong>{} ({})</strong>", report.answer_due_on, _("overdue"))
        return report.answer_due_on

    @admin.display(description=_("page concerned"))
    def page_link(self, report: Report) -> str:
        """A link only to this site: what visitors type may lead anywhere."""
        if report.page.startswith(f"{settings.SITE_URL}/"):
            return format_html('<a href="{0}">{0}</a>', report.page)
        return report.page

    @admin.action(description=_("Mark as answered"), permissions=["change"])
    def mark_answered(self, request: HttpRequest, queryset: Any) -> None:
        self._settle(request, queryset, State.ANSWERED)

    @admin.action(description=_("Close without an answer"), permissions=["change"])
    def mark_closed(self, request: HttpRequest, queryset: Any) -> None:
        self._settle(request, queryset, State.CLOSED)

    @admin.action(description=_("Mark as new again"), permissions=["change"])
    def mark_new(self, request: HttpRequest, queryset: Any) -> None:
        self._settle(request, queryset, State.NEW)

    def _settle(self, request: HttpRequest, reports: Any, state: State) -> None:
        for report in reports.exclude(state=state):
            self.log_change(request, report, f"{report.state} → {state}")
        number = settle(reports, state=state)
        text = ngettext("%(number)d report changed.", "%(number)d reports changed.", number)
        self.message_user(request, text % {"number": number}, messages.SUCCESS)
