"""The way to the public in the admin: buttons, the page that asks before a step, what was done so far."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.rights import rights_of
from addresses.editing import NounAdmin
from events import actions, workflow
from events.admin.step_words import button, done, effects, logged, question
from events.models import Event
from events.models.belonging import own
from events.models.choices import State
from events.rights import insist, look_up, may_publish
from events.workflow import Move, NotAllowedError, Stage
from lib.editing.forms import LAST_YEAR, Text
from lib.editing.widgets import MomentInput

AT_ONCE = (Move.PUBLISH, Move.SUBMIT)


class StepForm(forms.Form):
    """What a step may need: a word why, and a moment to wait for."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("For colleagues; it stands among the steps of the entry."),
    )
    publish_from = forms.DateTimeField(
        label=gettext_lazy("Publish from"),
        required=False,
        widget=MomentInput,
        help_text=gettext_lazy("Empty for at once. Until then visitors do not see the entry."),
    )

    def __init__(self, move: Move, events: Sequence[Event], data: Any = None) -> None:
        waiting = [event.publish_from for event in events if event.publish_from and not event.is_public()]
        super().__init__(data, initial={"publish_from": waiting[0] if len(events) == 1 and waiting else None})
        ways = [workflow.transition(event, move) for event in events]
        self.fields["note"].required = any(way.needs_note for way in ways)
        if not any(way.may_wait for way in ways):
            del self.fields["publish_from"]

    def clean_publish_from(self) -> Any:
        moment = self.cleaned_data["publish_from"]
        if moment and moment.year > LAST_YEAR:
            raise ValidationError(_("Is the year right?"))
        return moment

    def moment_for(self, event: Event, alone: bool) -> Any:
        """What is asked of several entries at a time takes none of them the moment it already has."""
        moment = self.cleaned_data.get("publish_from")
        waits = event.publish_from is not None and event.publish_from > timezone.now()
        return event.publish_from if moment is None and waits and not alone else moment


class WorkflowPages(NounAdmin):
    """The part of the events' page that is about who may bring which entry how far."""

    class Media:
        css = {"all": ["admin_site/workflow.css"]}

    # -- rights -------------------------------------------------------------------------------

    def has_publish_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None:
            return may_publish(request.user, obj)
        return self.has_change_permission(request) and rights_of(request.user).publishes_something

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The state changes by steps alone; a moment to wait for is part of publishing."""
        fixed = [*super().get_readonly_fields(request, obj), "state"]
        is_open = obj is None or workflow.stage(obj) in (Stage.DRAFT, Stage.IN_REVIEW)
        return fixed if is_open and self.has_publish_permission(request, obj) else [*fixed, "publish_from"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Without the larger event where that is one of others and not public."""
        groups = super().get_fieldsets(request, obj)
        if obj is None or obj.parent_id is None or rights_of(request.user).every_entry:
            return groups
        if obj.parent.is_public() or Event.objects.own_of(request.user).filter(pk=obj.parent_id).exists():
            return groups
        return [
            (name, {**group, "fields": [field for field in group["fields"] if field != "parent"]})
            for name, group in groups
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """An event of others cannot be chosen as the larger one: its page would tell of this one."""
        form = super().get_form(request, obj, change, **kwargs)
        parent = form.base_fields.get("parent")
        if parent is not None and not rights_of(request.user).every_entry:
            chosen = Q(pk=obj.parent_id) if obj is not None and obj.parent_id else Q(pk__in=())
            parent.queryset = Event.objects.filter(own(request.user) | chosen)
        return form

    # -- form ---------------------------------------------------------------------------------

    def view_on_site(self, noun: Any) -> Any:
        return super().view_on_site(noun) if noun.is_public() else None

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """With what may be done while saving, what was done before, and the page as it would be."""
        if obj is None:
            can_wait = self.has_publish_permission(request)
            context["at_once"] = [move for move in AT_ONCE if move != Move.PUBLISH or can_wait]
        else:
            open_moves = workflow.moves(request.user, obj) if workflow.stage(obj) != Stage.SCHEDULED else []
            context["at_once"] = [move for move in AT_ONCE if move in open_moves]
            context.update(_steps_of(obj))
            context["preview_url"] = None if obj.is_public() else obj.get_absolute_url()
        return super().render_change_form(request, context, add, change, form_url, obj)

    def confirmed_actions(self, request: HttpRequest, obj: Any) -> list[tuple[str, Text]]:
        return [(move.value, f"{move.label} …") for move in workflow.moves(request.user, obj)]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            actions.begin(obj, by=request.user)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        insist(request.user, form.instance)
        for move in AT_ONCE:
            if f"_{move.value}" in request.POST:
                self._go_at_once(request, form.instance, move)

    def _go_at_once(self, request: HttpRequest, event: Event, move: Move) -> None:
        try:
            actions.take(event, move, by=request.user, publish_from=event.publish_from)
        except NotAllowedError:
            self.message_user(request, _("Saved; the state had changed meanwhile."), messages.WARNING)
        else:
            self.log_change(request, event, str(logged(move)))
            self.message_user(request, done(move, 1), messages.SUCCESS)

    # -- actions ------------------------------------------------------------------------------

    @admin.action(description=gettext_lazy("Send selected events to review …"), permissions=["change"])
    def submit(self, request: HttpRequest, queryset: QuerySet[Event]) -> HttpResponse | None:
        return self._go(request, queryset, Move.SUBMIT)

    @admin.action(description=gettext_lazy("Publish selected events …"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Event]) -> HttpResponse | None:
        return self._go(request, queryset, Move.PUBLISH)

    @admin.action(description=gettext_lazy("Return selected events to draft …"), permissions=["change"])
    def send_back(self, request: HttpRequest, queryset: QuerySet[Event]) -> HttpResponse | None:
        return self._go(request, queryset, Move.SEND_BACK)

    @admin.action(description=gettext_lazy("Withdraw selected events …"), permissions=["publish"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Event]) -> HttpResponse | None:
        return self._go(request, queryset, Move.WITHDRAW)

    def _go(self, request: HttpRequest, queryset: QuerySet[Event], move: Move) -> HttpResponse | None:
        """Asks, with what the step needs to know; once answered, goes it with each of the entries."""
        events = look_up(request.user, queryset.filter(workflow.at_stage(workflow.starts(move))))
        events = [event for event in events if move in workflow.moves(request.user, event)]
        is_answered = "confirmed" in request.POST and bool(events)
        form = StepForm(move, events, request.POST if is_answered else None)
        if is_answered and form.is_valid() and self._went(request, events, move, form):
            is_from_entry = request.POST.get("back") == "entry" and len(events) == 1
            return HttpResponseRedirect(self._address(events[0])) if is_from_entry else None
        return self.ask(
            request,
            events,  # type: ignore[arg-type]
            action=move.value,
            title=question(move),
            effects=[*effects(move), *_left_out(queryset.count() - len(events))],
            button=button(move),
            adminform=AdminForm(form, [(None, {"fields": list(form.fields)})], {}),  # type: ignore[arg-type]
            back="entry" if request.POST.get("back") == "entry" else "",
            back_url=self._address(events[0]) if request.POST.get("back") == "entry" and events else "",
        )

    def _went(self, request: HttpRequest, events: list[Event], move: Move, form: StepForm) -> bool:
        """Whether all of them went; what stands in the way is said beside its field."""
        note, alone = form.cleaned_data["note"], len(events) == 1
        try:
            with transaction.atomic():
                for event in events:
                    moment = form.moment_for(event, alone)
                    actions.take(event, move, by=request.user, note=note, publish_from=moment)
                    self.log_change(request, event, str(logged(move)))
        except (NotAllowedError, PermissionDenied):
            form.add_error(None, _("Somebody else has just changed the state of one of them."))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            self.message_user(request, done(move, len(events)), messages.SUCCESS)
            return True
        return False

    def _address(self, event: Event) -> str:
        return reverse(f"{self.admin_site.name}:events_event_change", args=[event.pk])


def _steps_of(event: Event) -> dict[str, Any]:
    """The steps, and whether the last one was a return, whose note somebody should read."""
    steps = list(event.steps.select_related("by"))
    last = steps[-1] if steps else None
    came_back = last is not None and not last.is_first and last.to_state == State.DRAFT
    return {"steps": steps, "last_step": last, "came_back": came_back}


def _left_out(number: int) -> list[str]:
    if not number:
        return []
    text = ngettext(
        "%(count)d of the selected entries is left out: it stands elsewhere, or others decide on it.",
        "%(count)d of the selected entries are left out: they stand elsewhere, or others decide on them.",
        number,
    )
    return [text % {"count": number}]
