"""Where a name may stand beside the entries, and what becomes of such rows when it is to be forgotten.

Each app offers its own in `AppConfig.ready()`. Entries' own texts are not among them: a sentence is
rewritten by editors, or with their words (see `privacy.prose`).
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import unquote

from django.apps import apps
from django.db.models import QuerySet

from privacy.names import Names, escaped


class Way(StrEnum):
    # A dash takes the name's place.
    STRIKE = "strike"
    # The whole field is emptied.
    BLANK = "blank"
    # Rows that hold the name are deleted.
    DELETE = "delete"
    # All rows are deleted: what is in them cannot be searched, and is made anew or not missed.
    EMPTY = "empty"


@dataclass(frozen=True)
class Place:
    """`model` is a label such as "feedback.Report"."""

    model: str
    way: Way
    fields: tuple[str, ...] = ()

    @property
    def manager(self) -> Any:
        return apps.get_model(self.model)._base_manager

    def rows(self, names: Names) -> QuerySet[Any]:
        """Those that may hold the name, be it within another word."""
        found: QuerySet[Any] = self.manager.all()
        if self.way is Way.EMPTY:
            return found
        if not names.spelt:
            return found.none()
        columns = ", ".join(f'"{self.manager.model._meta.get_field(name).column}"' for name in self.fields)
        # Whatever stands between the parts of a name; what is found so is looked at again.
        patterns = [f"%{escaped(word).replace(' ', '%')}%" for word in names.spelt]
        return found.extra(where=[f"concat_ws(' ', {columns}) ILIKE ANY(%s)"], params=[patterns])  # noqa: S610

    def forget(self, names: Names) -> int:
        """How many rows were changed or deleted."""
        rows = self.rows(names)
        if self.way is Way.DELETE:
            rows = self.manager.filter(pk__in=[row.pk for row in rows if self.holds(row, names)])
        if self.way in (Way.DELETE, Way.EMPTY):
            return int(rows.delete()[0])
        return sum(self._strike(row, names) for row in rows)

    def holds(self, row: Any, names: Names) -> bool:
        """Whether the name stands there as words of its own, as in an address as well."""
        texts = (unquote(str(getattr(row, name))).replace("_", " ") for name in self.fields)
        return any(names.struck(text) != text for text in texts)

    def _strike(self, row: Any, names: Names) -> bool:
        was = {name: str(getattr(row, name)) for name in self.fields}
        struck = {name: names.struck(text) for name, text in was.items()}
        became = {name: text for name, text in struck.items() if text != was[name]}
        if self.way is Way.BLANK:
            became = dict.fromkeys(self.fields, "") if became else {}
        return bool(became and self.manager.filter(pk=row.pk).update(**became))


_places: list[Place] = []
_others: list[Callable[[], None]] = []


def offer(model: str, way: Way, *fields: str) -> None:
    _places.append(Place(model, way, fields))


def offer_memory(forget: Callable[[], None]) -> None:
    """Something beside the database that keeps what was public, and can be emptied as a whole."""
    _others.append(forget)


def known() -> list[Place]:
    return list(_places)


def forget(names: Names) -> dict[str, int]:
    """{model's label: how many rows}, of those where there were any."""
    done = Counter[str]()
    for place in _places:
        done[place.model] += place.forget(names)
    return {label: count for label, count in done.items() if count}


def count(names: Names) -> dict[str, int]:
    """The same without doing it."""
    found = Counter[str]()
    for place in _places:
        if place.way is not Way.EMPTY:
            number = sum(place.holds(row, names) for row in place.rows(names))
            found[place.model] = max(found[place.model], number)
    return {label: number for label, number in found.items() if number}


def empty_memories() -> None:
    """To be called after the commit: what is read from then on names nobody who was forgotten."""
    for forget_it in _others:
        forget_it()


def model_of(label: str) -> Any:
    return apps.get_model(label)
