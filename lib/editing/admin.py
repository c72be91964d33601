"""The base of every noun's page in the admin."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.paginator import Paginator
from django.db import DataError, IntegrityError
from django.db.models import ProtectedError, QuerySet
from django.forms import Media
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext as words_of_django

from lib.editing import gone, offers, scopes, tasks
from lib.editing.change_list import AheadPaginator, EditorList
from lib.editing.forms import EditorForm, Rules, Text, boxes_for, explain
from lib.editing.gone import KeepsTyped
from lib.editing.meanwhile import Since, since_of, tell
from lib.editing.obstacles import obstacles
from lib.editing.problems import problems
from lib.editing.search import choices, search
from lib.editing.widgets import NATIVE_INPUTS, known_select
from lib.picture_field import draw_ahead

_CHECKBOX = '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">'


class EditorAdmin(KeepsTyped, admin.ModelAdmin):
    """Search is folded; only what an editor changed is written; what the database refuses is explained.

    Rights are those of Django, with the entries that they are about (lib/editing/scopes.py).
    """

    form = EditorForm
    rules: ClassVar[Rules] = {}
    formfield_overrides = NATIVE_INPUTS
    list_per_page = 50
    list_max_show_all = 0
    # Counting beside each choice of each filter would read all entries many times over.
    show_facets = admin.ShowFacets.NEVER
    save_on_top = True

    # -- rights -------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return scopes.visible(request.user, super().get_queryset(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and self._is_theirs(request, "view", obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_theirs(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_theirs(request, "delete", obj)

    @staticmethod
    def _is_theirs(request: HttpRequest, right: str, entry: Any) -> bool:
        return entry is None or scopes.may(request.user, right, entry)

    # -- forms --------------------------------------------------------------------------------

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """What was done to an entry since its form was shown is asked before the entry is read."""
        if from_field is None and self._is_form(request):
            draw_ahead(self.model, request.FILES)
            request.since = self.since_shown(request, object_id)  # type: ignore[attr-defined]
        found = super().get_object(request, object_id, from_field)
        if found is None and gone.brought_back(self, request, object_id):
            request.since = self.since_shown(request, object_id)  # type: ignore[attr-defined]
            found = super().get_object(request, object_id, from_field)
        return found

    def since_shown(self, request: HttpRequest, object_id: str) -> Since | None:
        return offers.since_shown(self, request, object_id)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return boxes_for(db_field, super().formfield_for_dbfield(db_field, request, **kwargs))

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(
            db_field, request, **known_select(self, db_field, request, kwargs)
        )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        told = {"refusal": getattr(request, "refusal", None), "since": since_of(request)}
        return type(form.__name__, (form,), told)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Shows the form again, as typed, where the database refuses what the form could not know."""
        if object_id is None and gone.FILLED in request.POST:
            request.refusal = gone.not_yet()  # type: ignore[attr-defined]
        try:
            answer = super().changeform_view(request, object_id, form_url, extra_context)
        except PermissionDenied:
            closed = gone.closed(self, request, object_id) if object_id else None
            if closed is None:
                raise
            return closed
        except (IntegrityError, DataError) as error:
            request.refusal = explain(error, self.rules)  # type: ignore[attr-defined]
            answer = super().changeform_view(request, object_id, form_url, extra_context)
        tell(request)
        return answer

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Writes what was changed, so that nothing kept by the database is overwritten with an old value."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        own = {field.name for field in obj._meta.concrete_fields}
        obj.save(update_fields=own.intersection(form.changed_data))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for do in offers.saved_of(self.model):
            do(self, request, form.instance)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        context["since"] = since_of(request)
        context["confirmed_actions"] = self.confirmed_actions(request, obj) if obj else []
        context["offered_buttons"] = offers.buttons_of(self, request, obj) if obj else []
        context["offered_panels"] = offers.panels_of(self, request, obj)
        if context.get("errors"):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["problems"] = problems(context["adminform"].form, formsets)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def confirmed_actions(self, request: HttpRequest, obj: Any) -> list[tuple[str, Text]]:
        """Actions offered on the entry's own page, behind a page that asks: [(action, label)]."""
        return []

    # -- lists --------------------------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        # PostgreSQL knows no such character; Django's own filters would pass it on.
        if any("\x00" in value for values in request.GET.lists() for value in values[1]):
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
        offered = {"offered_buttons": offers.buttons_of(self, request, None)}
        return super().changelist_view(request, offered | (extra_context or {}))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[EditorList]:
        return EditorList

    def get_paginator(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Paginator:
        """Asked for by autocompletes alone; lists bring their own."""
        return AheadPaginator(*args, **kwargs)

    def listed(self, entries: QuerySet[Any], keys: list[int]) -> Iterable[Any]:
        """The entries of one page, in any order, with what the columns tell beside the rows' own fields."""
        return entries

    def action_checkbox(self, obj: Any) -> SafeString:
        """As Django's own, without a form's widget for each row."""
        label = words_of_django("Select this object for an action - {}")
        return format_html(_CHECKBOX, ACTION_CHECKBOX_NAME, obj.pk, format_html(label, str(obj)))

    def get_list_filter(self, request: HttpRequest) -> Any:
        waiting = [tasks.TaskFilter] if tasks.tasks_of(self.model) else []
        return [*waiting, *super().get_list_filter(request)]

    def _get_base_actions(self) -> list[Any]:
        return [*super()._get_base_actions(), *offers.actions_of(self.model)]  # type: ignore[misc]

    @property
    def media(self) -> Any:
        return super().media + Media(js=["admin_site/entering.js", *offers.scripts_of(self.model)])

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if not self._is_autocomplete(request):
            return self.find(queryset, search_term), False
        every, field = self.choosable(queryset), str(self.search_fields[0])
        found = self.find(every, search_term)
        return choices(found, every, field, self.get_ordering(request) or ["pk"], search_term), False

    def find(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return search(queryset, tuple(map(str, self.search_fields)), text)

    def choosable(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """What an autocomplete may offer."""
        return queryset

    @staticmethod
    def _is_autocomplete(request: HttpRequest) -> bool:
        return request.resolver_match is not None and request.resolver_match.url_name == "autocomplete"

    @staticmethod
    def _is_form(request: HttpRequest) -> bool:
        """Whether the page asked for is the form of an entry that is there."""
        match = request.resolver_match
        return match is not None and str(match.url_name).endswith("_change")

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(key.isdecimal() for key in [*chosen, request.POST.get("index") or "0"]):
            raise SuspiciousOperation("Not a number of an entry.")
        return super().response_action(request, queryset)

    def ask(self, request: HttpRequest, queryset: QuerySet[Any], **words: Any) -> TemplateResponse:
        """A page that says what an action does and asks whether to go on.

        Words: `action` (its name), `title`, `effects` (sentences), `button`.
        """
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "things": queryset,
            "checkbox": ACTION_CHECKBOX_NAME,
            "media": self.media,
            **words,
        }
        return TemplateResponse(request, "admin/confirm_action.html", context)

    def do_each(
        self, request: HttpRequest, queryset: QuerySet[Any], do: Callable[[Any], None], log: Text
    ) -> int:
        """Does something to every entry and notes it in each one's history; how many there were."""
        things = list(queryset)
        for thing in things:
            do(thing)
            self.log_change(request, thing, str(log))
        return len(things)

    # -- deletion -----------------------------------------------------------------------------

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Django's own answer, but what stands in the way is named by the page where it is mended."""
        in_the_way = obstacles(self.admin_site, list(objs))
        if in_the_way:
            return [], {}, set(), in_the_way
        return super().get_deleted_objects(objs, request)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        try:
            return super().delete_view(request, object_id, extra_context)
        except ProtectedError:
            text = _("Not deleted: somebody has just linked another entry with this one.")
            self.message_user(request, text, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
