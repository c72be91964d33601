"""The addresses of quick entry beside those of an event's page."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from addresses.editing import NounAdmin
from events.admin.entering import changing, dates, preview, proposing
from events.editions import Proposal
from events.models import Event
from events.models.choices import State
from lib.editing.forms import Text

CHANGES = (
    ("new_date", _("New date …")),
    ("postponed", _("Postponed …")),
    ("moved_online", _("Moved online …")),
    ("cancelled", _("Cancelled …")),
)


class EnteringPages(NounAdmin):
    """For the page of events. A request may bear a proposal, with which the empty form is filled in."""

    class Media:
        js = ("admin_site/live_preview.js",)
        css: ClassVar[Any] = {"all": ("admin_site/entering.css",)}

    def get_urls(self) -> list[URLPattern]:
        def page(address: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
            view = self.admin_site.admin_view(partial(view, page=self))
            return path(address, view, name=f"events_event_{name}")

        return [
            page("<int:key>/next/", proposing.propose_next, "next"),
            page("of-series/<int:key>/next/", proposing.propose_next_of_series, "next_of_series"),
            page("<int:key>/duplicate/", proposing.propose_duplicate, "duplicate"),
            page("<int:key>/new-date/", changing.new_date, "new_date"),
            page("<int:key>/postponed/", changing.postponed, "postponed"),
            page("<int:key>/moved-online/", changing.moved_online, "moved_online"),
            page("<int:key>/cancelled/", changing.cancelled, "cancelled"),
            page("dates/", dates.read, "dates"),
            page("preview/", preview.show, "preview"),
            *super().get_urls(),
        ]

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        context["changes"] = self._changes(request, obj) if change else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Without the field for pasted dates where there is nothing to fill in."""
        groups = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return groups
        return [
            (name, {**group, "fields": [field for field in group["fields"] if field != dates.FIELD]})
            for name, group in groups
        ]

    def _changes(self, request: HttpRequest, event: Event) -> list[tuple[str, Text]]:
        """[(route, label)] of the pages for what became of it, once people may have read of it."""
        if event.state != State.PUBLISHED or not self.has_change_permission(request, event):
            return []
        return [(f"{self.admin_site.name}:events_event_{name}", label) for name, label in CHANGES]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        proposal = proposal_of(request)
        return proposal.fields if proposal else super().get_changeform_initial_data(request)

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """An empty row for each that is proposed."""
        inlines = super().get_inline_instances(request, obj)
        proposal = proposal_of(request)
        if proposal:
            for inline in inlines:
                inline.extra = len(proposal.rows.get(_rows_of(inline.model), []))
        return inlines

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        proposal = proposal_of(request)
        if proposal:
            kwargs["initial"] = proposal.rows.get(_rows_of(inline.model), [])
        return kwargs


def proposal_of(request: HttpRequest) -> Proposal | None:
    return getattr(request, "proposal", None)


def _rows_of(model: Any) -> str:
    """The name by which an event knows rows of this kind."""
    return str(model._meta.get_field("event").remote_field.get_accessor_name())
