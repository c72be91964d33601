"""What lists in the admin show and filter by."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


def mark(kind: str, word: object) -> SafeString:
    """A word with a coloured mark before it; kinds: good, busy, quiet, bad (shape and colour differ)."""
    return format_html('<span class="mark mark-{}">{}</span>', kind, word)


def named(title: str, names: Iterable[object], most: int = 3) -> SafeString:
    """The title with names behind it, shortened after a few."""
    shown = [str(name) for name in names]
    rest = "" if len(shown) <= most else " …"
    return format_html("{}{}{}", title, ", ".join(shown[:most]), rest)


class ChooseFilter(admin.SimpleListFilter):
    """A filter with too many values for a list of links: a select with a button."""

    template = "admin/choose_filter.html"

    def choices(self, changelist: Any) -> Any:
        others = changelist.get_query_string(remove=[self.parameter_name, "p"])
        yield {
            "name": self.parameter_name,
            "value": self.value() or "",
            "others": _pairs(others),
            "options": self.lookup_choices,
        }


def _pairs(query_string: str) -> list[tuple[str, str]]:
    from urllib.parse import parse_qsl

    return parse_qsl(query_string.lstrip("?"), keep_blank_values=True)


class SampleFilter(admin.SimpleListFilter):
    title = _("samples")
    parameter_name = "samples"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("only", _("Samples only")), ("without", _("Without samples"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in ("only", "without"):
            return queryset.filter(is_sample=self.value() == "only")
        return queryset
