"""The accessibility statement at the editors' desk: one draft, all that was published, the yearly review."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lib.editing import digests
from lib.editing.admin import EditorAdmin
from lib.editing.forms import Text
from lib.editing.inlines import StackedOrderedInline
from lib.editing.meanwhile import Since, since_of
from lib.editing.tasks import TaskFilter
from lib.http import keep_private
from pages import statements
from pages.models import Barrier, Statement
from pages.statement_page import told_of

# What to look at, in the order in which the statement tells it.
QUESTIONS = [
    gettext_lazy("Has the website been assessed again, or been changed a lot, since the day named here?"),
    gettext_lazy("Is everything still inaccessible that stands here, for this reason? Is anything missing?"),
    gettext_lazy("Do the contact details still reach those who answer?"),
    gettext_lazy("Is the enforcement body still the right one, and is its address right?"),
]
FIELDSETS: Any = [
    (
        gettext_lazy("Who and what for"),
        {"fields": ["authority", "law", "scope", "scope_en"]},
    ),
    (
        gettext_lazy("Compliance and assessment"),
        {
            "fields": [
                "status",
                "method",
                ("evaluated_on", "prepared_on", "reviewed_on"),
                "report_url",
                "notes",
                "notes_en",
            ]
        },
    ),
    (
        gettext_lazy("Feedback and contact"),
        {"fields": ["contact_address", "contact_email", "contact_phone", "answer_days"]},
    ),
    (
        gettext_lazy("Enforcement procedure"),
        {
            "fields": [
                "enforcement_name",
                "enforcement_address",
                "enforcement_url",
                "enforcement_law",
                "enforcement_email",
                "enforcement_phone",
            ]
        },
    ),
]


class BarrierInline(StackedOrderedInline):
    model = Barrier
    fields = [
        "ground",
        ("part", "part_en"),
        ("reason", "reason_en"),
        ("alternative", "alternative_en"),
        "position",
    ]

    def has_add_permission(self, request: HttpRequest, obj: Any) -> bool:
        return super().has_add_permission(request, obj) and not (obj and obj.is_published)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_published)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_published)


@admin.register(Statement)
class StatementAdmin(EditorAdmin):
    """Nothing published is changed: a draft begins as a copy of what holds, and takes its place."""

    list_display = ["__str__", "status", "reviewed_on", "published_at", "published_by"]
    list_filter = [TaskFilter, "status"]
    list_select_related = ["published_by"]
    ordering = ["-number"]
    search_fields = ["notes", "barriers__part"]
    fieldsets = FIELDSETS
    inlines: ClassVar[Any] = [BarrierInline]
    rules: ClassVar[Any] = {
        "statement_number_unique": (None, gettext_lazy("There is a draft already.")),
        "statement_reviewed_after_prepared": (
            "reviewed_on",
            gettext_lazy("A statement is reviewed on the day it was prepared, or later."),
        ),
    }

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return list(Statement._meta.ordering or [])

    # -- rights -------------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        """By the page of the review alone, which begins with what holds."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_published)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and bool(obj) and not obj.is_published

    def may_write(self, request: HttpRequest) -> bool:
        return super().has_change_permission(request)

    @staticmethod
    def may_publish(request: HttpRequest) -> bool:
        return bool(request.user.has_perm("pages.publish_statement"))

    # -- pages --------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("review/", wrap(self.review), name="pages_statement_review"),
            path("<int:key>/review/", wrap(self.review), name="pages_statement_review_one"),
            path("<int:key>/preview/", wrap(self.preview), name="pages_statement_preview"),
            *super().get_urls(),
        ]

    def review(self, request: HttpRequest, key: int = 0) -> HttpResponse:
        """Is all of it still right? Then that is noted by a new version; else one is written."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._decided(request)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Review the accessibility statement"),
            "opts": self.opts,
            "may_write": self.may_write(request),
            "may_publish": self.may_publish(request),
            "draft": Statement.objects.filter(published_at=None).first(),
            "checks": QUESTIONS,
            **told_of(statements.shown()),
        }
        return TemplateResponse(request, "pages/editing/review.html", context)

    def _decided(self, request: HttpRequest) -> HttpResponse:
        if "confirm" not in request.POST:
            if not self.may_write(request):
                raise PermissionDenied
            return HttpResponseRedirect(reverse("admin:pages_statement_change", args=[statements.draft().pk]))
        if not self.may_publish(request):
            raise PermissionDenied
        return self._published(request, lambda: statements.confirm(by=request.user))

    def _published(self, request: HttpRequest, do: Any, back: str = "") -> HttpResponse:
        """Publishes, and says so or why not."""
        try:
            done = do()
        except ValueError as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(back or reverse("admin:pages_statement_review"))
        self.log_change(request, done, _("Published."))
        text = _("%(version)s of the accessibility statement is published.") % {"version": done}
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:pages_statement_changelist"))

    def preview(self, request: HttpRequest, key: int) -> HttpResponse:
        """The page as visitors would see it."""
        found = get_object_or_404(self.get_queryset(request), pk=key)
        if not self.has_view_permission(request, found):
            raise PermissionDenied
        keep_private(request)
        facts = told_of(found) | {"is_draft": not found.is_published, "noindex": True}
        return render(request, "pages/accessibility.html", facts)

    # -- the form -----------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return FIELDSETS

    def since_shown(self, request: HttpRequest, object_id: str) -> Since | None:
        """There are versions instead of a trail."""
        return digests.since_shown(self, request, object_id)

    def way_on(self, request: HttpRequest) -> tuple[str, Text] | None:
        label = gettext_lazy("Begin a new draft")
        return (reverse("admin:pages_statement_review"), label) if self.may_write(request) else None

    def view_on_site(self, statement: Statement) -> str | None:
        return statement.get_absolute_url() if statement.is_published else None

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        found = kwargs.get("obj")
        context["may_publish"] = bool(found) and self.may_publish(request)
        if (since := since_of(request)) is not None:
            rows = [inline.formset for inline in context["inline_admin_formsets"]]
            since.moment = digests.showing(context["adminform"].form, rows)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if "_publish" not in request.POST:
            return super().response_change(request, obj)
        if not self.may_publish(request):
            raise PermissionDenied
        fresh = Statement.objects.get(pk=obj.pk)
        return self._published(request, lambda: statements.publish(fresh, by=request.user), request.path)
