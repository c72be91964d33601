"""Which entries a list holds and in which order: the website's filters and its search, read more strictly."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict

from api import cursors
from api.fetching import EVENTS, Collection, looked_up
from api.parameters import MOST_VALUES, as_date
from api.problems import Fault, bad_parameters, not_found
from events.bits.choice import Choice
from events.filters import FIRST_YEAR, LAST_YEAR, Sort, When
from events.models.choices import State
from events.selection import Selection
from index import search
from lib.http import Moved
from lib.planned import Planned

FIRST_DAY, LAST_DAY = dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)
LAST_PLACE = 2**31 - 1
# The same rule as `EventQuerySet.published`.
_EVENTS = Planned(
    "api_events",
    f"""
SELECT id, modified_at, starts_at FROM events_event
WHERE id = ANY(%(keys)s) AND state = '{State.PUBLISHED}'
  AND (publish_from IS NULL OR publish_from <= %(at)s)
ORDER BY starts_at, id
""",  # noqa: S608 - all of it is words of ours
    {"keys": "bigint[]", "at": "timestamptz"},
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a request wants of a list, checked: values by parameter as api.parameters.read gives them."""

    collection: Collection
    values: dict[str, list[str]]
    path: str
    query: QueryDict
    limit: int
    at: dt.datetime
    # Every transaction with an earlier time of change had ended when the request came in.
    settled_at: dt.datetime

    def one(self, name: str) -> str:
        return self.values.get(name, [""])[0]

    @property
    def expand(self) -> list[str]:
        return list(dict.fromkeys(self.values.get("expand", [])))


@dataclass(frozen=True)
class Chosen:
    """Entries that were chosen, from the database."""

    collection: Collection
    rows: QuerySet[Any]
    order: tuple[str, ...]

    @property
    def total(self) -> int:
        return self.rows.order_by().count()

    def behind(self, key: Sequence[Any], most: int) -> list[Any]:
        """The next ones behind that sort key, all with their own; the first ones without any (1 query)."""
        rows = self.rows.filter(cursors.after(self.order, key)) if key else self.rows
        return looked_up(self.collection, rows.order_by(*self.order)[:most], columns(self.order))


class _Event(NamedTuple):
    pk: int
    modified_at: dt.datetime
    starts_at: dt.datetime
    place: int = LAST_PLACE


class ChosenEvents:
    """The same of events, told from sets of bits where these can tell."""

    def __init__(self, selection: Selection, at: dt.datetime) -> None:
        self._selection, self._at = selection, at
        self.order: tuple[str, ...] = Sort.ORDERS[selection.sort]
        if (selection.q and selection.sort == Sort.RELEVANCE) or selection.sort == Sort.DISTANCE:
            # A place in what was found, behind all of which the rest follows.
            self.order = ("place", *self.order)

    @property
    def rows(self) -> QuerySet[Any]:
        events: QuerySet[Any] = self._selection.events
        if self.order[0] != "place":
            return events
        return events.annotate(place=Coalesce(events.query.order_by[0], LAST_PLACE))

    @property
    def total(self) -> int:
        return self._selection.total

    def behind(self, key: Sequence[Any], most: int) -> list[Any]:
        known = self._known(key, most)
        return Chosen(EVENTS, self.rows, self.order).behind(key, most) if known is None else known

    def _known(self, key: Sequence[Any], most: int) -> list[Any] | None:
        """None where SQL has to tell: for other orders, and where an edit came between sets and rows. Behind
        one that was moved meanwhile a cursor would skip others."""
        choice = self._selection.choice
        if choice is None:
            return None
        if self.order[0] == "place":
            is_first = self._selection.sort == Sort.RELEVANCE and not key
            return self._best(choice, most) if is_first else None
        if self.order not in (Sort.ORDERS[Sort.DATE], Sort.ORDERS[Sort.LATEST]):
            return None
        sort = Sort.DATE if self.order == Sort.ORDERS[Sort.DATE] else Sort.LATEST
        keys = choice.behind(sort, (key[0], key[1]), most) if key else choice.keys(sort, 0, most)
        found = self._rows(keys)
        if sort == Sort.LATEST:
            found.reverse()
        return found if [one.pk for one in found] == keys else None

    def _best(self, choice: Choice, most: int) -> list[Any] | None:
        """What the search has put in order, then the latest."""
        keys = choice.keys(Sort.RELEVANCE, 0, most)
        best = self._selection.filterset.answers(self._selection.q).best
        places = {pk: place for place, pk in enumerate(best, 1)}
        found = [one._replace(place=places.get(one.pk, LAST_PLACE)) for one in self._rows(keys)]
        found.sort(key=lambda one: (-one.place, one.starts_at, one.pk), reverse=True)
        return found if [one.pk for one in found] == keys else None

    def _rows(self, keys: list[int] | None) -> list[_Event]:
        """Of those that visitors still see, the earliest first."""
        return [_Event(*row) for row in _EVENTS.rows(keys=keys, at=self._at)] if keys else []


def columns(order: Sequence[str]) -> list[str]:
    return [column.lstrip("-") for column in order]


def chosen(asked: Asked) -> Chosen | ChosenEvents:
    """Raises Refusal for what cannot be read and Moved for former slugs."""
    return _chosen_events(asked) if asked.collection is EVENTS else _chosen_nouns(asked)


def _chosen_events(asked: Asked) -> Chosen | ChosenEvents:
    """The events that the website's filters choose."""
    query = asked.query.copy()
    days = {name: as_date(asked.one(name)) for name in ("from", "to")}
    for name, day in days.items():
        if day is not None:
            query[name] = min(max(day, FIRST_DAY), LAST_DAY).isoformat()
    if "updated_since" in asked.values:
        query.setdefault("when", When.ALL)
    # A span that ends before it begins holds no event; the website asks back, a program is told the truth.
    is_void = bool(days["from"] and days["to"] and days["to"] < days["from"])
    if is_void:
        del query["to"]
    # Each parameter has a limit of its own here, which its description tells.
    selection = Selection(query, asked.path, at=asked.at, most=len(query) * MOST_VALUES)
    faults = [Fault(one.parameter, one.value, one.text) for one in selection.refused]
    if faults:
        # A name like any other that leads nowhere, as a cursor may: the request was well-formed.
        raise not_found(faults) if {one.parameter for one in faults} == {"near"} else bad_parameters(faults)
    moved = selection.successor_query()
    if moved is not None:
        raise Moved(f"{asked.path}?{moved}")
    events = ChosenEvents(selection, asked.at)
    return Chosen(EVENTS, events.rows.none(), events.order) if is_void else events


def _chosen_nouns(asked: Asked) -> Chosen:
    """The entries that the website's search finds for the words."""
    rows, words = asked.collection.shown(asked.at), asked.one("q")
    if words.strip():
        found = search.matching(asked.collection.noun, words, asked.at)
        rows = rows.none() if found is None else rows.filter(pk__in=found)
    return Chosen(asked.collection, rows, asked.collection.order)
