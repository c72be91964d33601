"""What stands in the way of a deletion: other entries that name the one to be deleted."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin import AdminSite
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import ngettext

# So many entries of each kind are named; a topic may have thousands of events.
NAMED = 20
# The entry on whose page a row is mended that has no page of its own.
_OWNERS = ("event", "series")


def obstacles(site: AdminSite, entries: Sequence[models.Model]) -> list[SafeString]:
    """What refers to an entry and protects it, each with a link; of many the first and a number."""
    if not entries:
        return []
    related: list[Any] = [one for one in entries[0]._meta.related_objects if one.on_delete is models.PROTECT]
    return [line for one in related for line in _lines(site, one, entries)]


def _lines(site: AdminSite, relation: Any, entries: Sequence[models.Model]) -> list[SafeString]:
    model = relation.related_model
    found = model._base_manager.filter(**{f"{relation.field.name}__in": [entry.pk for entry in entries]})
    owners = [name for name in _OWNERS if name in {field.name for field in model._meta.fields}]
    things = list(found.select_related(*owners).order_by("pk")[: NAMED + 1] if owners else found[: NAMED + 1])
    lines = sorted({_where(site, thing) for thing in things[:NAMED]})
    if len(things) > NAMED:
        more = found.count() - NAMED
        words = ngettext("%(number)d further entry", "%(number)d further entries", more) % {"number": more}
        lines.append(format_html("{}: {}", capfirst(model._meta.verbose_name_plural), words))
    return lines


def _where(site: AdminSite, thing: models.Model) -> SafeString:
    owner: Any = thing
    if not site.is_registered(type(thing)):
        owner = next(filter(None, (getattr(thing, name, None) for name in _OWNERS)), thing)
    what = "" if owner is thing else f" ({thing._meta.verbose_name})"
    kind = capfirst(owner._meta.verbose_name)
    if not site.is_registered(type(owner)):
        return format_html("{}: {}{}", kind, owner, what)
    route = f"{site.name}:{owner._meta.app_label}_{owner._meta.model_name}_change"
    link = format_html('<a href="{}">{}</a>', reverse(route, args=[owner.pk]), owner)
    return format_html("{}: {}{}", kind, link, what)
