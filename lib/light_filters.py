"""A set of filters that reads and filters, and shows no form.

django-filter copies all filters and fields for each set and makes a class of a form of them, so that they may
be changed and shown. Nobody does either here, and it took longer than the rest of what a list reads.
"""

import copy
from functools import cache, cached_property
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict


class Read:
    """What parameters say, as far as they can be read; has what a set of filters asks of a form.

    A parameter that is not there says the same each time: `nothing` is what its field makes of that.
    """

    def __init__(
        self, data: QueryDict, filters: dict[str, django_filters.Filter], nothing: dict[str, Any]
    ) -> None:
        self.cleaned_data: dict[str, Any] = {}
        self.errors: dict[str, list[str]] = {}
        for name, one in filters.items():
            if name not in data and name in nothing:
                told = nothing[name]
                self.cleaned_data[name] = told.copy() if isinstance(told, list) else told
                continue
            try:
                value = one.field.widget.value_from_datadict(data, {}, name)
                self.cleaned_data[name] = one.field.clean(value)
            except ValidationError as error:
                self.errors[name] = error.messages

    def is_valid(self) -> bool:
        return not self.errors


class LightFilterSet(django_filters.FilterSet):
    """Takes the same arguments as the parent's."""

    def __init__(self, data: QueryDict, queryset: QuerySet[Any]) -> None:
        # The parent's attributes, without its copies.
        self.is_bound, self.data, self.queryset = True, data, queryset
        self.request = self.form_prefix = None

    @cached_property
    def filters(self) -> dict[str, django_filters.Filter]:
        """Copied where SQL has to filter: sets of bits do without."""
        return {name: self._own(one) for name, one in self.base_filters.items()}

    def _own(self, shared: django_filters.Filter) -> django_filters.Filter:
        """The same filter with the same field, which asks the methods of this set."""
        own = copy.copy(shared)
        own.model, own.parent = self.queryset.model, self
        if own.method:
            own.method = own.method
        return own

    @cached_property
    def form(self) -> Read:
        return Read(self.data, self.base_filters, self._nothing())

    @classmethod
    @cache
    def _nothing(cls) -> dict[str, Any]:
        """{name: what its field makes of no value}"""
        read = Read(QueryDict(), cls.base_filters, {})
        return read.cleaned_data
