"""The desk of those who answer reports: what is new, what is due, what was done."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from feedback.actions import answer, settle, take
from feedback.meanwhile import ReportForm
from feedback.models import OPEN, Report, State
from lib.editing.digests import AsksByDigests
from lib.editing.gone import KeepsTyped
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
    "answer_mailed_at",
    "earlier_answers",
]


class DueFilter(admin.SimpleListFilter):
    title = _("answer")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("open")), ("overdue", _("overdue")), ("unsent", _("not mailed"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Report] | None:
        known = {"open": queryset.waiting, "overdue": queryset.overdue, "unsent": queryset.unmailed}
        wanted = known.get(self.value() or "")
        return wanted() if wanted else None


class ResponsibleFilter(admin.SimpleListFilter):
    title = _("responsible")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mine", _("mine")), ("nobodys", _("nobody's"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Report] | None:
        if self.value() == "mine":
            return queryset.filter(responsible=request.user)
        return queryset.filter(responsible=None) if self.value() == "nobodys" else None


@admin.register(Report)
class ReportAdmin(AsksByDigests, KeepsTyped, admin.ModelAdmin):
    """Reports come from visitors: colleagues read them, note something and say what became of them."""

    form = ReportForm
    list_display = ["__str__", "excerpt", "state", "answer_due", "responsible", "created_at", "mailed_at"]
    list_filter = [TaskFilter, "state", "kind", DueFilter, ResponsibleFilter, "language"]
    search_fields = ["message", "page", "note", "answer", "earlier_answers"]
    # What waits for an answer stands first, the most urgent on top.
    ordering = [F("settled_at").desc(nulls_first=True), "answer_due_on", "-created_at"]  # type: ignore[list-item]
    list_per_page = 50
    actions = ["take_on", "mark_answered", "mark_closed", "mark_new"]
    fields = [*AS_RECEIVED, "responsible", "answer", "note"]
    readonly_fields = AS_RECEIVED

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        return super().get_queryset(request).select_related("event", "responsible")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """What the visitor was told stays as it was; taken up again, there is a new answer."""
        is_open = obj is None or obj.state in OPEN
        return [*AS_RECEIVED, *([] if is_open else ["answer"])]

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "responsible":
            editors = get_user_model()._default_manager.filter(is_active=True, is_staff=True)
            kwargs["queryset"] = editors.order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Without the ways to make and change accounts, which are nobody's business here."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "responsible" and field is not None:
            field.widget = getattr(field.widget, "widget", field.widget)
        return field

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        report = kwargs.get("obj")
        if report is not None:
            context["is_open"] = report.state in OPEN and self.has_change_permission(request)
            context["is_mine"] = report.state == State.IN_WORK and report.responsible == request.user
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """The buttons of the form, after what was typed in it is saved."""
        if "_take" in request.POST:
            return self._taken(request, obj)
        if "_answer" in request.POST:
            return self._answered(request, obj)
        return super().response_change(request, obj)

    def _taken(self, request: HttpRequest, report: Report) -> HttpResponse:
        if take(Report.objects.filter(pk=report.pk), by=request.user):
            self.log_change(request, report, f"→ {State.IN_WORK}")
        self.message_user(request, _("The report is yours now."), messages.SUCCESS)
        return HttpResponseRedirect(request.path)

    def _answered(self, request: HttpRequest, report: Report) -> HttpResponse:
        try:
            answer(report, report.answer, by=request.user)
        except ValueError as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(request.path)
        self.log_change(request, report, f"{report.state} → {State.ANSWERED}")
        told = _("The answer goes out by mail.") if report.email else _("The report is marked as answered.")
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:feedback_report_changelist"))

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

    @admin.action(description=_("Deal with them myself"), permissions=["change"])
    def take_on(self, request: HttpRequest, queryset: Any) -> None:
        number = 0
        for report in queryset.filter(state__in=OPEN):
            if take(Report.objects.filter(pk=report.pk), by=request.user):
                self.log_change(request, report, f"{report.state} → {State.IN_WORK}")
                number += 1
        self._tell(request, number)

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
        self._tell(request, settle(reports, state=state))

    def _tell(self, request: HttpRequest, number: int) -> None:
        text = ngettext("%(number)d report changed.", "%(number)d reports changed.", number)
        self.message_user(request, text % {"number": number}, messages.SUCCESS)
