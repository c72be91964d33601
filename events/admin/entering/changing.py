"""What became of an announced event, each on a small page: a new date, none for now, online, cancelled."""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events import actions
from events.admin.entering.dates import PastedDatesField, spread
from events.admin.entering.preview import with_rows
from events.admin.rules import RULES
from events.models import Event, PreviousDate
from events.models.choices import Mode, Precision, Status, VenueUse
from lib.editing.forms import EditorForm, Text
from lib.editing.widgets import ClockInput, DayInput
from trail.acting import because

Values = Mapping[str, Any]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("reason"),
        help_text=_("For the entry's history, which editors see. It may stay empty."),
        required=False,
        max_length=300,
        widget=forms.TextInput({"class": "vTextField"}),
    )


class OnlineForm(ReasonForm):
    online_url = forms.URLField(
        label=_("address of the online part"),
        help_text=_("Leave it empty if the link comes after registration."),
        required=False,
        widget=forms.URLInput({"class": "vURLField"}),
    )
    field_order = ("online_url", "reason")


class NewDateForm(EditorForm):
    """The days and times of the event itself begin empty: they are those that hold no longer."""

    rules = RULES
    pasted_dates = PastedDatesField()
    reason = ReasonForm.base_fields["reason"]
    field_order = (
        "pasted_dates",
        "starts_on",
        "ends_on",
        "start_time",
        "end_time",
        "date_precision",
        "reason",
    )

    class Meta:
        model = Event
        fields = ("starts_on", "ends_on", "start_time", "end_time", "date_precision")
        widgets = {
            "starts_on": DayInput, "ends_on": DayInput, "start_time": ClockInput, "end_time": ClockInput,
        }  # fmt: skip

    def __init__(self, data: Any = None, *, instance: Event) -> None:
        self.before = (instance.starts_on, instance.ends_on, instance.start_time, instance.date_precision)
        blank = dict.fromkeys(("starts_on", "ends_on", "start_time", "end_time"))
        initial = {**blank, "date_precision": Precision.DAY}
        super().__init__(spread(data), instance=instance, initial=initial)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if (data.get("starts_on"), data.get("ends_on"), data.get("start_time")) == self.before[:3]:
            self.add_error("starts_on", _("This is the date that the event has already."))
        return data


@dataclass(frozen=True)
class Change:
    """`form` asks, `show` does it to an event that is not saved, `do` does it; `effects` say what follows."""

    name: str
    title: Text
    button: Text
    done: Text
    effects: tuple[Text, ...]
    form: Callable[..., Any]
    show: Callable[[Event, Values], None]
    do: Callable[[Event, Values], None]


_CALENDARS = _(
    "Calendars that subscribed to it learn of it the next time they ask; feeds and the page's history say it."
)


def _show_new_date(event: Event, values: Values) -> None:
    former = PreviousDate(
        event=event,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        start_time=event.start_time,
        date_precision=event.date_precision,
    )
    with_rows(event, {"previous_dates": [*event.previous_dates.all(), former]})
    for name, value in _new_date(values).items():
        setattr(event, "date_precision" if name == "precision" else name, value)
    event.status = Status.RESCHEDULED


def _new_date(values: Values) -> dict[str, Any]:
    names = ("starts_on", "ends_on", "start_time", "end_time")
    return {name: values[name] for name in names} | {"precision": values["date_precision"]}


def _show_online(event: Event, values: Values) -> None:
    event.mode, event.status, event.online_url = Mode.ONLINE, Status.MOVED_ONLINE, values["online_url"]
    for link in event.venue_links.all():
        link.use = VenueUse.PLANNED if link.use == VenueUse.VENUE else link.use


def _show(status: Status) -> Callable[[Event, Values], None]:
    return lambda event, values: setattr(event, "status", status)


NEW_DATE = Change(
    "new_date",
    _("New date for “%(title)s”"),
    _("Set the new date"),
    _("The event has a new date; the former one is kept."),
    (
        _("The date it had stays on the page, struck through, and in the record of previous dates."),
        _CALENDARS,
    ),
    NewDateForm,
    _show_new_date,
    lambda event, values: actions.reschedule(event, **_new_date(values)),
)
POSTPONED = Change(
    "postponed",
    _("“%(title)s” is postponed"),
    _("Mark as postponed"),
    _("The event is marked as postponed."),
    (
        _("The date is shown struck through. The event stays in lists, and leaves the calendars' days."),
        _("As soon as there is a new date, enter it with “New date”."),
        _CALENDARS,
    ),
    ReasonForm,
    _show(Status.POSTPONED),
    lambda event, values: actions.postpone(event),
)
MOVED_ONLINE = Change(
    "moved_online",
    _("“%(title)s” is moved online"),
    _("Move it online"),
    _("The event is moved online."),
    (_("Nobody is sent to its venues any longer; they are kept as planned ones."), _CALENDARS),
    OnlineForm,
    _show_online,
    lambda event, values: actions.move_online(event, url=values["online_url"]),
)
CANCELLED = Change(
    "cancelled",
    _("“%(title)s” is cancelled"),
    _("Mark as cancelled"),
    _("The event is marked as cancelled."),
    (
        _("The entry stays, with its date struck through, so that nobody travels in vain."),
        _("To take back an entry that should not be there, withdraw it instead."),
        _CALENDARS,
    ),
    ReasonForm,
    _show(Status.CANCELLED),
    lambda event, values: actions.cancel(event),
)


def new_date(request: HttpRequest, key: int, page: Any) -> HttpResponse:
    return _page(request, key, page, NEW_DATE)


def postponed(request: HttpRequest, key: int, page: Any) -> HttpResponse:
    return _page(request, key, page, POSTPONED)


def moved_online(request: HttpRequest, key: int, page: Any) -> HttpResponse:
    return _page(request, key, page, MOVED_ONLINE)


def cancelled(request: HttpRequest, key: int, page: Any) -> HttpResponse:
    return _page(request, key, page, CANCELLED)


def _page(request: HttpRequest, key: int, page: Any, change: Change) -> HttpResponse:
    """Asks, shows on request what it would look like, and does it."""
    event = _event(request, key, page)
    # A form writes into its entry what was typed, long before it is saved.
    form = _form(change, request, copy(event))
    if request.method == "POST" and form.is_valid() and "_preview" not in request.POST:
        return _do(request, page, change, event, form.cleaned_data)
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "original": event,
        "title": change.title % {"title": event.title},
        "change": change,
        "form": form,
        "media": page.media,
        "after": _after(copy(event), change, form),
    }
    return TemplateResponse(request, "admin/events/event/move.html", context)


def _event(request: HttpRequest, key: int, page: Any) -> Event:
    event: Event | None = page.get_queryset(request).for_listing().filter(pk=key).first()
    if event is None:
        raise Http404
    if not page.has_change_permission(request, event):
        raise PermissionDenied
    return event


def _form(change: Change, request: HttpRequest, event: Event) -> Any:
    data = request.POST if request.method == "POST" else None
    return change.form(data, instance=event) if change is NEW_DATE else change.form(data)


def _after(event: Event, change: Change, form: Any) -> Event | None:
    """How it would look then; None as long as that depends on something that is still to be typed."""
    if not form.is_valid() if form.is_bound else change is NEW_DATE:
        return None
    change.show(event, form.cleaned_data if form.is_bound else {"online_url": ""})
    return event


def _do(request: HttpRequest, page: Any, change: Change, event: Event, values: Values) -> HttpResponse:
    with transaction.atomic(), because(values["reason"] or str(change.done)):
        change.do(event, values)
        page.log_change(request, event, str(change.done))
    page.message_user(request, change.done, messages.SUCCESS)
    return HttpResponseRedirect(reverse(f"{page.admin_site.name}:events_event_change", args=[event.pk]))
