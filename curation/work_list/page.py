"""What the admin's start page shows of the work list."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from curation.work_list.counting import Entry, Waiting, waiting
from lib.editing.tasks import Task, all_tasks

Text = str | Promise


@dataclass(frozen=True)
class Line:
    """A waiting entry: where it is mended, and further ways and buttons as (address, label)."""

    entry: Entry
    address: str
    ways: list[tuple[str, Text]]
    steps: list[tuple[str, Text]]


@dataclass(frozen=True)
class Card:
    task: Task
    count: int
    address: str
    lines: list[Line]

    @property
    def more(self) -> int:
        """Entries that are counted and not shown."""
        return self.count - len(self.lines)

    @property
    def id(self) -> str:
        """For the heading: unique on the page."""
        return f"task-{self.task.model.replace('.', '-').lower()}-{self.task.name}"


def work_list(site: AdminSite, request: HttpRequest, at: dt.datetime | None = None) -> dict[str, Any]:
    """`cards` for what waits, most urgent first; `done` are the kinds of which nothing does."""
    told = waiting(site, request, all_tasks(), at)
    cards = [_card(site, request, one) for one in told if one.count]
    done = [one.task for one in told if not one.count]
    # Kinds that several nouns share are named once.
    labels = dict.fromkeys(str(task.label) for task in done)
    return {"cards": cards, "done": done, "done_labels": list(labels)}


def _card(site: AdminSite, request: HttpRequest, one: Waiting) -> Card:
    task = one.task
    route = f"{site.name}:{task.model.replace('.', '_').lower()}"
    page = next(page for model, page in site._registry.items() if model._meta.label == task.model)
    may_change = page.has_change_permission(request)
    lines = [_line(site, task, route, entry, may_change) for entry in one.entries]
    return Card(task, one.count, f"{reverse(f'{route}_changelist')}?task={task.name}", lines)


def _line(site: AdminSite, task: Task, route: str, entry: Entry, may_change: bool) -> Line:
    anchor = f"#{task.anchor}" if task.anchor else ""
    address = reverse(f"{route}_change", args=[entry.key]) + anchor
    if not may_change:
        return Line(entry, address, [], [])
    ways = [(found, way.label) for way in task.ways if (found := _address(site, way.route, entry.key))]
    steps = [(done, step.label) for step in task.steps if (done := _done(site, task, step.name, entry.key))]
    return Line(entry, address, ways, steps)


def _address(site: AdminSite, route: str, *arguments: Any) -> str:
    """Empty where no app brings such a page."""
    try:
        return reverse(f"{site.name}:{route}", args=arguments)
    except NoReverseMatch:
        return ""


def _done(site: AdminSite, task: Task, step: str, key: int) -> str:
    return _address(site, "curation_mend", task.model, task.name, step, key)
