"""Lists of entries in the admin that stay quick whatever the number of entries.

Keys are looked up and counted first, in indexes alone where possible; then the entries of one page are read,
with all that the columns tell.
"""

import calendar
import datetime as dt
from functools import cached_property
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Count, Max, Min, QuerySet, Window
from django.http import HttpRequest
from django.utils.formats import date_format

from lib.editing.search import first_of

# Of a search with more hits, the list holds as many: the first ones in the list's usual order.
MOST_HITS = 1_000


class EditorList(ChangeList):
    """`is_cut`: there are more hits than the list holds."""

    is_cut = False
    # How many entries a search has found.
    _hits: int | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Django would look up in all addresses, row by row, which page a link leads to before it adds these.
        self._way_back, self.preserved_filters = self.preserved_filters, ""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        found = super().get_queryset(request, exclude_parameters)
        return self._bounded(found) if self.query.strip() else found

    def _bounded(self, found: QuerySet[Any]) -> QuerySet[Any]:
        keys, self.is_cut = first_of(found, self.model_admin.ordering or ["pk"], MOST_HITS)
        self._hits = len(keys)
        return self.root_queryset.filter(pk__in=keys).order_by(*found.query.order_by)

    def get_results(self, request: HttpRequest) -> None:
        self.paginator = CountedPaginator(self.queryset, self.list_per_page)
        if self._hits is not None:
            self.paginator.count = self._hits
        elif any(getattr(spec, "is_costly", False) and spec.used_parameters for spec in self.filter_specs):
            self.paginator.count_along(self.page_num)
        self.result_count = self.paginator.count
        self.multi_page = self.result_count > self.list_per_page
        try:
            self.result_list = self._page(self.page_num if self.multi_page else 1)
        except InvalidPage as error:
            raise IncorrectLookupParameters from error
        self.can_show_all = self.show_full_result_count = False
        self.full_result_count = None
        self.show_admin_actions = True

    def _page(self, number: int) -> list[Any]:
        """The entries of a page, with what the columns tell. Raises `InvalidPage`."""
        keys = self.paginator.keys(number)
        if not keys:
            return []
        page: Any = self.model_admin
        asked = self.apply_select_related(self.root_queryset.filter(pk__in=keys).order_by())
        entries = {entry.pk: entry for entry in page.listed(asked, keys)}
        return [entries[key] for key in keys if key in entries]

    # -- links --------------------------------------------------------------------------------

    def url_for_result(self, result: Any) -> str:
        before, after = self._around_key
        return f"{before}{result.pk}{after}"

    @cached_property
    def _around_key(self) -> tuple[str, str]:
        """What stands before and after the key in the address of an entry's page, with the way back."""
        before, after = super().url_for_result(self.model(pk=0)).rsplit("0", 1)
        return before, f"{after}?{self._way_back}" if self._way_back else after

    # -- dates --------------------------------------------------------------------------------

    @cached_property
    def days(self) -> dict[str, Any]:
        """The choice of a year, then of a month: {"back": link, "choices": [(link, words, chosen)]}."""
        field = str(self.date_hierarchy)
        year, month = (self._number(f"{field}__{part}") for part in ("year", "month"))
        if year is None and self.query:
            return {}
        if year is None:
            span = self.model._default_manager.aggregate(first=Min(field), last=Max(field))
            years = range(span["first"].year, span["last"].year + 1) if span["first"] else range(0)
            return {"choices": [(self._days_link(year=one), str(one), False) for one in years]}
        months = [
            (self._days_link(year=year, month=number), date_format(dt.date(2000, number, 1), "F"))
            for number in range(1, len(calendar.month_name))
        ]
        chosen = [(link, words, number == month) for number, (link, words) in enumerate(months, 1)]
        return {"back": self._days_link(), "year": year, "choices": chosen}

    def _number(self, name: str) -> int | None:
        text = str(self.params.get(name, ""))
        return int(text) if text.isdecimal() else None

    def _days_link(self, **parts: int) -> str:
        field = str(self.date_hierarchy)
        return self.get_query_string(
            {f"{field}__{name}": value for name, value in parts.items()}, [f"{field}__"]
        )


class CountedPaginator(Paginator):
    """Pages of keys; the number of entries is asked for once."""

    def count_along(self, number: int) -> None:
        """Counts while it looks up the keys of a page: for conditions that are costly to check twice."""
        first = (max(number, 1) - 1) * self.per_page
        found: Any = self.object_list
        counted = found.annotate(in_all=Window(Count("pk"))).values_list("pk", "in_all")
        rows = list(counted[first : first + self.per_page])
        if rows or first == 0:
            self.count = rows[0][1] if rows else 0
            self._known = {number: [key for key, _number in rows]}

    _known: dict[int, list[Any]] = {}

    def keys(self, number: int) -> list[Any]:
        """Raises `InvalidPage`."""
        if number in self._known:
            return self._known[number]
        found: Any = self.page(number).object_list
        return list(found.values_list("pk", flat=True)) if self.count else []


class AheadPaginator(Paginator):
    """Looks one entry ahead rather than counting: enough for "more" below the choices of an autocomplete."""

    def page(self, number: Any) -> Any:
        number = max(int(number), 1)
        first = (number - 1) * self.per_page
        found: Any = self.object_list
        entries = list(found[first : first + self.per_page + 1])
        # As many as there are for certain.
        self.count = first + len(entries)
        return Page(entries[: self.per_page], number, self)
