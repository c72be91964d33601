import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.completeness import event_facts, lacking
from events.models import Series
from events.workflow import Stage, at_stage
from lib.editing.listing import FindFilter
from lib.editing.search import search


class StageFilter(admin.SimpleListFilter):
    """The state, with what is published for later apart from what is public."""

    title = _("editorial state")
    parameter_name = "state__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Stage.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset.filter(at_stage([Stage(value)])) if value in Stage.values else queryset


class WhenFilter(admin.SimpleListFilter):
    title = _("period")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("upcoming", _("Upcoming")), ("past", _("Past"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        # The order is the list's own: both predicates bring one, for pages.
        if self.value() == "upcoming":
            return queryset.filter(ends_at__gt=timezone.now())
        if self.value() == "past":
            return queryset.filter(ends_at__lte=timezone.now())
        return queryset


class GapFilter(admin.SimpleListFilter):
    title = _("what is missing")
    parameter_name = "missing"
    is_costly = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(fact.name, fact.label) for fact in event_facts()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return lacking(queryset, value) if value in dict(self.lookup_choices) else queryset


class FreshnessFilter(admin.SimpleListFilter):
    title = _("last check")
    parameter_name = "checked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("never", _("Never checked")), ("stale", _("Not checked for a year"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "never":
            return queryset.filter(checked_on=None)
        if self.value() == "stale":
            year_ago = timezone.localdate() - dt.timedelta(days=365)
            return queryset.filter(Q(checked_on=None) | Q(checked_on__lt=year_ago))
        return queryset


class SeriesFilter(FindFilter):
    title = _("series")
    parameter_name = "series"
    none = _("Without a series")

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if not value:
            return queryset
        if value == "none":
            return queryset.filter(series=None)
        named = search(Series.objects.order_by(), ("sort_name", "short_name", "aliases"), value)
        return queryset.filter(Q(series__slug=value) | Q(series__in=named))
