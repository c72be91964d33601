from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, F, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from addresses.editing import NounAdmin, NounForm, PlacedAdmin
from addresses.models import NounKind
from events.admin import columns
from events.admin.inlines import SeriesOrganiserInline
from events.admin.rules import RULES
from events.completeness import BY_SERIES_SCORE, with_series_completeness
from events.models import Event, EventTopic, EventVenue, Series, Topic, Venue
from lib.editing.listing import CountryFilter, SampleFilter, StateFilter

_RECORD: Any = (_("Address and record"), {"fields": ["slug", *NounAdmin.readonly_fields]})


class CountingAdmin(NounAdmin):
    """Shows how many events there are of it; `counted` are the rows that link both, and their field."""

    rules = RULES
    counted: ClassVar[tuple[type[Model], str]]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        links, field = self.counted
        same = links._default_manager.filter(**{field: OuterRef("pk")}).order_by().values(field)
        count = Subquery(same.annotate(number=Count("*")).values("number"))
        return super().get_queryset(request).alias(event_count=Coalesce(count, 0))

    def listed(self, entries: QuerySet[Any], keys: list[int]) -> QuerySet[Any]:
        return entries.annotate(event_count=F("event_count"))

    @admin.display(description=_("events"), ordering="event_count")
    def event_count(self, noun: Any) -> int:
        return int(noun.event_count)


class SeriesForm(NounForm):
    noun = NounKind.SERIES
    rules = RULES
    acyclic: ClassVar[tuple[str, ...]] = ("predecessor",)


@admin.register(Series)
class SeriesAdmin(CountingAdmin):
    form = SeriesForm
    public_url = "events:series"
    counted = (Event, "series")
    inlines = [SeriesOrganiserInline]
    list_display = [
        "shown_name",
        "short_name",
        "hashtag",
        "event_count",
        "missing",
        "modified_at",
        "is_sample",
    ]
    list_filter = [("predecessor", admin.EmptyFieldListFilter), SampleFilter]
    search_fields = ["sort_name", "short_name", "name_en", "aliases", "hashtag", "slug"]
    autocomplete_fields = ["predecessor"]
    ordering = ["sort_name", "pk"]
    fieldsets = [
        (_("What"), {"fields": ["name", "name_en", "short_name", "aliases", "predecessor"]}),
        (_("About it"), {"fields": ["summary", "summary_en", "description", "website", "hashtag"]}),
        _RECORD,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Series]:
        found = super().get_queryset(request)
        return with_series_completeness(found) if self._is_form(request) else found

    def listed(self, entries: QuerySet[Any], keys: list[int]) -> QuerySet[Any]:
        return with_series_completeness(super().listed(entries, keys))

    @admin.display(description=_("name"), ordering="sort_name")
    def shown_name(self, series: Series) -> str:
        return series.name

    @admin.display(description=_("completeness"), ordering=BY_SERIES_SCORE)
    def missing(self, series: Series) -> str:
        return columns.series_missing(series)


class TopicForm(NounForm):
    noun = NounKind.TOPIC
    rules = RULES
    slug_from = ("name_de",)
    acyclic: ClassVar[tuple[str, ...]] = ("parent",)


@admin.register(Topic)
class TopicAdmin(CountingAdmin):
    form = TopicForm
    public_url = "events:topic"
    counted = (EventTopic, "topic")
    list_display = ["shown_name", "name_en", "parent", "event_count", "modified_at", "is_sample"]
    list_select_related = ["parent"]
    list_filter = [("parent", admin.RelatedOnlyFieldListFilter), SampleFilter]
    search_fields = ["sort_name", "name_en", "synonyms", "slug"]
    autocomplete_fields = ["parent"]
    ordering = ["sort_name", "pk"]
    fieldsets = [
        (_("What"), {"fields": ["name_de", "name_en", "synonyms", "parent"]}),
        (_("About it"), {"fields": ["summary", "summary_en"]}),
        _RECORD,
    ]

    @admin.display(description=_("name"), ordering="sort_name")
    def shown_name(self, topic: Topic) -> str:
        return topic.name_de


class VenueForm(NounForm):
    noun = NounKind.VENUE
    rules = RULES
    slug_from = ("name", "city")

    def proposal(self, data: dict[str, Any]) -> str:
        """The name, and the town where the name does not say it."""
        name, city = data.get("name") or "", data.get("city") or ""
        return super().proposal({"name": name, "city": "" if city.lower() in name.lower() else city})


@admin.register(Venue)
class VenueAdmin(CountingAdmin, PlacedAdmin):
    form = VenueForm
    public_url = "events:venue"
    counted = (EventVenue, "venue")
    list_display = [
        "shown_name",
        "city",
        "state",
        "country",
        "kind",
        "has_position",
        "event_count",
        "modified_at",
    ]
    list_filter = ["kind", CountryFilter, StateFilter, ("latitude", admin.EmptyFieldListFilter), SampleFilter]
    search_fields = ["sort_name", "sort_city", "street", "postal_code", "slug"]
    search_help_text = _("Finds names, towns, streets and postal codes.")
    ordering = ["sort_city", "sort_name", "pk"]
    fieldsets = [
        (_("What"), {"fields": ["name", "kind", "website"]}),
        (_("Where"), {"fields": ["street", ("postal_code", "city"), ("state", "country")]}),
        (
            _("On the map"),
            {
                "description": _("In degrees with a decimal point, as maps give them: 52.5163 and 13.3777."),
                "fields": [("latitude", "longitude")],
            },
        ),
        (_("Accessibility"), {"fields": ["accessibility", "accessibility_note"]}),
        _RECORD,
    ]

    @admin.display(description=_("name"), ordering="sort_name")
    def shown_name(self, venue: Venue) -> str:
        return venue.name

    @admin.display(description=_("on the map"), boolean=True)
    def has_position(self, venue: Venue) -> bool:
        return venue.latitude is not None
