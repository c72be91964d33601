"""How much waits of each kind, and its first entries: all kinds of all nouns in one query."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateField,
    F,
    QuerySet,
    TextField,
    Value,
    Window,
)
from django.db.models.functions import Cast
from django.http import HttpRequest

from lib.editing.tasks import Task

SHOWN = 3
_KEY = ("task", "pk", "named", "told", "on", "in_all")


@dataclass(frozen=True)
class Entry:
    """One that waits: its key, what it is called, a remark, a day."""

    key: int
    name: str
    note: str
    day: dt.date | None


@dataclass(frozen=True)
class Waiting:
    task: Task
    count: int
    entries: list[Entry]


def waiting(
    site: AdminSite, request: HttpRequest, tasks: list[Task], at: dt.datetime | None = None
) -> list[Waiting]:
    """Of each task what this person may see, also where nothing waits; without nouns closed to the person."""
    # Once per noun: what a noun's page adds to its entries takes longer to say than the conditions.
    bases = {model: entries_of(site, request, model) for model in {task.model for task in tasks}}
    opened = {
        f"{task.model}:{task.name}": (task, base) for task in tasks if (base := bases[task.model]) is not None
    }
    parts = [_first(name, task, task.which(base, at)) for name, (task, base) in opened.items()]
    found: dict[str, list[Any]] = defaultdict(list)
    if parts:
        for row in parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]:
            found[row[0]].append(row)
    return [_told(task, found[name]) for name, (task, _base) in opened.items()]


def entries_of(site: AdminSite, request: HttpRequest, model: str) -> QuerySet[Any] | None:
    """Those of a noun that this person may see in the admin; None where it has no page for them."""
    page = next((page for noun, page in site._registry.items() if noun._meta.label == model), None)
    if page is None or not page.has_view_or_change_permission(request):
        return None
    return page.get_queryset(request)


def _first(name: str, task: Task, entries: QuerySet[Any]) -> QuerySet[Any]:
    """Rows as in `_KEY`; `in_all` is how many there are in all."""
    rows = entries.order_by(*task.order).annotate(
        task=Value(name, output_field=CharField()),
        named=Cast(_expression(task.words), TextField()),
        told=Cast(_expression(task.note), TextField()),
        on=Cast(_expression(task.day), DateField()),
        in_all=Window(Count("pk"), output_field=BigIntegerField()),
    )
    return rows.values_list(*_KEY)[:SHOWN]


def _expression(given: Any) -> Any:
    if isinstance(given, str):
        return F(given) if given else Value(None)
    return given


def _told(task: Task, rows: list[Any]) -> Waiting:
    entries = [Entry(key, name, note or "", day) for _task, key, name, note, day, _all in rows]
    return Waiting(task, rows[0][5] if rows else 0, entries)
