"""The rows inside an event's form. `after` names the group of fields that they follow."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from events.admin.rules import RULES
from events.models import (
    Appearance,
    Award,
    EventTopic,
    EventVenue,
    Participation,
    PreviousDate,
    Price,
    SeriesOrganiser,
    Session,
    Source,
)
from events.rights import answers_for_one, not_own
from lib.editing.inlines import OrderedForm, OrderedFormSet, OrderedInline, StackedOrderedInline


class RowForm(OrderedForm):
    rules = RULES


class TopicFormSet(OrderedFormSet):
    unique_together = ("topic",)


class TopicInline(OrderedInline):
    model = EventTopic
    form = RowForm
    formset = TopicFormSet
    after = "topics"
    fields = ["position", "topic"]
    autocomplete_fields = ["topic"]


class VenueFormSet(OrderedFormSet):
    unique_together = ("venue",)


class VenueInline(OrderedInline):
    model = EventVenue
    form = RowForm
    formset = VenueFormSet
    after = "where"
    fields = ["position", "venue", "use", "starts_on", "ends_on"]
    autocomplete_fields = ["venue"]


class PreviousDateInline(OrderedInline):
    model = PreviousDate
    form = RowForm
    after = "when"
    fields = ["position", "starts_on", "ends_on", "start_time", "date_precision"]


class ParticipationFormSet(OrderedFormSet):
    """Keeps members to events of their own organisations: none is given away, none entered for others."""

    unique_together = ("organisation", "role")
    person: Any = None

    def clean(self) -> None:
        super().clean()
        links = [(form.cleaned_data["organisation"].pk, form.cleaned_data["role"]) for form in self._rows()]
        if self.person is not None and not any(self.errors) and not answers_for_one(self.person, links):
            raise ValidationError(not_own())


class ParticipationInline(OrderedInline):
    model = Participation
    form = RowForm
    formset = ParticipationFormSet
    after = "where"
    fields = ["position", "organisation", "role", "name_then"]
    autocomplete_fields = ["organisation"]

    def get_formset(self, request: Any, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        return type(formset.__name__, (formset,), {"person": request.user})


class AppearanceFormSet(OrderedFormSet):
    """Offers the event's own programme items, read once for all rows."""

    unique_together = ("speaker", "role", "session")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sessions: QuerySet[Session] = Session.objects.none()
        if self.instance.pk:
            self.sessions = self.instance.sessions.all()
        self.session_choices = [("", "–"), *((session.pk, str(session)) for session in self.sessions)]

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        field = form.fields.get("session")
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = self.sessions
            field.choices = self.session_choices


class AppearanceInline(OrderedInline):
    model = Appearance
    form = RowForm
    formset = AppearanceFormSet
    after = "where"
    fields = ["position", "speaker", "role", "office", "organisation", "session"]
    autocomplete_fields = ["speaker", "organisation"]


class SessionInline(StackedOrderedInline):
    model = Session
    form = RowForm
    after = "where"
    classes = ["collapse"]
    fields = [("position", "kind"), "title", ("date", "start_time", "end_time", "room"), "abstract"]


class PriceFormSet(OrderedFormSet):
    unique_together = ("group", "is_early_bird")


class PriceInline(OrderedInline):
    model = Price
    form = RowForm
    formset = PriceFormSet
    after = "taking-part"
    fields = ["position", "group", "amount", "amount_to", "currency", "is_early_bird"]


class AwardInline(OrderedInline):
    model = Award
    form = RowForm
    after = "figures"
    fields = ["position", "title", "winner", "organisation"]
    autocomplete_fields = ["organisation"]


class SourceFormSet(OrderedFormSet):
    unique_together = ("url", "title")


class SourceInline(OrderedInline):
    model = Source
    form = RowForm
    formset = SourceFormSet
    after = "image"
    fields = ["position", "url", "title", "publisher", "published", "retrieved"]


class SeriesOrganiserFormSet(OrderedFormSet):
    unique_together = ("organisation",)


class SeriesOrganiserInline(OrderedInline):
    model = SeriesOrganiser
    form = RowForm
    formset = SeriesOrganiserFormSet
    fields = ["position", "organisation"]
    autocomplete_fields = ["organisation"]


EVENT_INLINES: Any = [
    PreviousDateInline,
    VenueInline,
    ParticipationInline,
    AppearanceInline,
    SessionInline,
    PriceInline,
    TopicInline,
    AwardInline,
    SourceInline,
]
