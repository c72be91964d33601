from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from addresses.editing import NounAdmin
from events import actions
from events.admin import clash, columns
from events.admin.bulk.pages import edit_many
from events.admin.entering import EnteringPages
from events.admin.filters import FreshnessFilter, GapFilter, SeriesFilter, StageFilter, WhenFilter
from events.admin.forms import EventForm
from events.admin.inlines import EVENT_INLINES
from events.admin.layout import FIELDSETS
from events.admin.rules import RULES
from events.admin.workflow import WorkflowPages
from events.completeness import BY_SCORE, with_facts
from events.models import Appearance, Event
from events.models.choices import Language
from lib.editing.listing import SampleFilter


@admin.register(Event)
class EventAdmin(EnteringPages, WorkflowPages, NounAdmin):
    form = EventForm
    rules = RULES
    public_url = "events:detail"
    inlines = EVENT_INLINES
    fieldsets = FIELDSETS
    readonly_fields = (*NounAdmin.readonly_fields, "uid", "published_at", "withdrawn_at", "revision")
    autocomplete_fields = ["series", "parent"]
    list_display = [
        "shown_title",
        "shown_state",
        "date",
        "place",
        "organisers",
        "checked",
        "changed",
        "missing",
    ]
    list_filter = [
        StageFilter,
        WhenFilter,
        "status",
        "mode",
        GapFilter,
        FreshnessFilter,
        "date_precision",
        SeriesFilter,
        SampleFilter,
    ]
    search_fields = ["sort_title"]
    search_help_text = gettext_lazy("Finds words in titles, series, organisations and people.")
    date_hierarchy = "starts_on"
    ordering = ["-starts_on", "-pk"]
    actions = [edit_many, "submit", "send_back", "publish", "mark_checked", "withdraw"]

    # -- list ---------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        found = super().get_queryset(request)
        # The list asks for what its columns tell when it knows which entries it shows.
        return with_facts(found) if self._is_form(request) else found

    def listed(self, entries: QuerySet[Any], keys: list[int]) -> list[Event]:
        return columns.told(keys)

    def find(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        found: Any = queryset
        return found.matching(text)

    @admin.display(description=gettext_lazy("title"), ordering="sort_title")
    def shown_title(self, event: Event) -> str:
        return columns.title(event)

    @admin.display(description=gettext_lazy("editorial state"), ordering="state")
    def shown_state(self, event: Event) -> str:
        return columns.state(event)

    @admin.display(description=gettext_lazy("date"), ordering="starts_on")
    def date(self, event: Event) -> str:
        return columns.date(event)

    @admin.display(description=gettext_lazy("place"), empty_value="–")
    def place(self, event: Event) -> str:
        return columns.place(event)

    @admin.display(description=gettext_lazy("organisers"), empty_value="–")
    def organisers(self, event: Event) -> str:
        return columns.organisers(event)

    @admin.display(description=gettext_lazy("checked"), ordering="checked_on")
    def checked(self, event: Event) -> str:
        return columns.checked(event)

    @admin.display(description=gettext_lazy("changed"), ordering="modified_at")
    def changed(self, event: Event) -> str:
        return columns.changed(event)

    @admin.display(description=gettext_lazy("completeness"), ordering=BY_SCORE)
    def missing(self, event: Event) -> str:
        return columns.missing(event)

    # -- form ---------------------------------------------------------------------------------

    class Media:
        js = ("admin_site/clash.js", "admin_site/pictures.js")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(partial(clash.hint, model_admin=self))
        return [path("clash/", view, name="events_event_clash"), *super().get_urls()]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"languages": [Language.DE.value], **super().get_changeform_initial_data(request)}

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None:
            context["standing"] = [columns.state(obj), columns.checked(obj)]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        event = form.instance
        if "_checked" in request.POST:
            actions.mark_checked(event)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """As Django does, without people's names: the history outlives an anonymisation."""
        message: Any = super().construct_change_message(request, form, formsets, add)
        people = str(Appearance._meta.verbose_name_raw)
        for change in message if isinstance(message, list) else []:
            for facts in change.values():
                if facts.get("name") == people:
                    facts["object"] = "…"
        return message

    # -- actions ------------------------------------------------------------------------------

    @admin.action(description=gettext_lazy("Mark selected events as checked today"), permissions=["change"])
    @transaction.atomic
    def mark_checked(self, request: HttpRequest, queryset: QuerySet[Event]) -> None:
        own: Any = queryset
        events = own.editable_by(request.user)
        count = self.do_each(request, events, actions.mark_checked, _("Marked as checked."))
        text = ngettext(
            "%(count)d event is marked as checked.", "%(count)d events are marked as checked.", count
        )
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
