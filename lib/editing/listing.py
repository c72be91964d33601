"""What lists in the admin show and filter by."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from lib.editing.forms import Text
from lib.german import fold
from lib.places import country_name, state_name


def mark(kind: str, word: object) -> SafeString:
    """A word with a coloured mark before it; kinds: good, busy, quiet, bad (shape and colour differ)."""
    return format_html('<span class="mark mark-{}">{}</span>', kind, word)


def named(title: str, names: Iterable[object], most: int = 3) -> SafeString:
    """The title with names behind it, shortened after a few."""
    shown = [str(name) for name in names]
    rest = "" if len(shown) <= most else " …"
    return format_html("{}{}{}", title, ", ".join(shown[:most]), rest)


class FindFilter(admin.SimpleListFilter):
    """A filter by words or by an address name, for things too many to be listed.

    `none` are the words for entries without one, which the value "none" stands for.
    """

    template = "admin/find_filter.html"
    none: Text

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", self.none)]

    def choices(self, changelist: Any) -> Any:
        name, value = self.parameter_name, self.value() or ""
        yield {
            "name": name,
            "value": "" if value == "none" else value,
            "others": _pairs(changelist.get_query_string(remove=[name, "p"])),
            "links": [
                (changelist.get_query_string(remove=[name]), _("All"), not value),
                (changelist.get_query_string({name: "none"}), self.none, value == "none"),
            ],
        }


def _pairs(query_string: str) -> list[tuple[str, str]]:
    return parse_qsl(query_string.lstrip("?"), keep_blank_values=True)


class CodeFilter(admin.SimpleListFilter):
    """Values of a column of codes that occur, by their names, and entries without one."""

    column: str

    @staticmethod
    def name_of(code: str) -> str:
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        codes = model_admin.model._default_manager.order_by().values_list(self.column, flat=True).distinct()
        named_codes = sorted((fold(self.name_of(code)), code) for code in codes if code)
        return [*((code, self.name_of(code)) for _folded, code in named_codes), ("none", _("Not given"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset.filter(**{self.column: "" if value == "none" else value}) if value else queryset


class CountryFilter(CodeFilter):
    title = _("country")
    parameter_name = column = "country"
    name_of = staticmethod(country_name)


class StateFilter(CodeFilter):
    title = _("state")
    parameter_name = column = "state"
    name_of = staticmethod(state_name)


class SampleFilter(admin.SimpleListFilter):
    title = _("samples")
    parameter_name = "samples"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("only", _("Samples only")), ("without", _("Without samples"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in ("only", "without"):
            return queryset.filter(is_sample=self.value() == "only")
        return queryset
