"""What waits for editors: any app offers kinds of tasks, in its `AppConfig.ready()`.

The start page counts them, and the noun's list can be narrowed to exactly the entries counted: which ones a
task concerns is said once, by `Task.which`.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lib.editing.forms import Text

# (entries that a person may see, moment or None for now) -> those that wait, as a plain filter
Which = Callable[[Any, dt.datetime | None], Any]


@dataclass(frozen=True)
class Way:
    """A link beside a waiting entry to an admin page whose only argument is the entry's key."""

    label: Text
    route: str


@dataclass(frozen=True)
class Step:
    """A button that mends a waiting entry at once: `do(request, entry)`, in one transaction."""

    name: str
    label: Text
    do: Callable[[HttpRequest, Any], None]


@dataclass(frozen=True)
class Task:
    """One kind of work at the entries of a noun.

    `name` is its value in the list's address. `words`, `note` and `day` are columns or expressions: what an
    entry is called, a remark, a date; the last two may be missing. `anchor` is the id in the entry's form
    where to begin. `rank` orders the kinds: 10 is urgent, 90 may wait.
    """

    name: str
    model: str
    label: Text
    why: Text
    which: Which
    words: Any = "title"
    note: Any = ""
    day: Any = ""
    order: tuple[Any, ...] = ("pk",)
    anchor: str = ""
    ways: tuple[Way, ...] = ()
    steps: tuple[Step, ...] = ()
    rank: int = 50


_tasks: dict[str, dict[str, Task]] = defaultdict(dict)


def offer(task: Task) -> None:
    _tasks[task.model][task.name] = task


def tasks_of(model: type[Model]) -> list[Task]:
    """In order of rank."""
    return sorted(_tasks[model._meta.label].values(), key=lambda task: task.rank)


def all_tasks() -> list[Task]:
    """In order of rank, of all nouns."""
    return sorted((task for tasks in _tasks.values() for task in tasks.values()), key=lambda task: task.rank)


def find(model: str, name: str) -> Task | None:
    """The task of that name; `model` is a label such as "events.Event"."""
    return _tasks[model].get(name) if model in _tasks else None


class TaskFilter(admin.SimpleListFilter):
    """Narrows a noun's list to the entries of one kind of task."""

    title = _("to do")
    parameter_name = "task"
    # Conditions on other tables: looked up and counted in one go.
    is_costly = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        self.tasks = {task.name: task for task in tasks_of(model_admin.model)}
        return [(task.name, task.label) for task in self.tasks.values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        task = self.tasks.get(self.value() or "")
        return task.which(queryset, None) if task else queryset
