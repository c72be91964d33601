"""What can be searched: each noun says here what text it has, who may see it and whom its changes concern."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import QuerySet

# Where a word stands, strongest first: title and series, names of those who take part, topics and places,
# text.
TITLE, NAMES, ABOUT, TEXT = "A", "B", "C", "D"


class Field(NamedTuple):
    """A text of an entry; `kind` is told to visitors: title, series, organisation, person, topic, place, …"""

    kind: str
    weight: str
    text: str


@dataclass
class Entry:
    """All that the search knows of an entry.

    `names` are suggested and, equal to a question, put first; `same` are lists of names that mean one
    thing; `marks`
    are facts to filter by, such as "city/koeln".
    """

    pk: int
    fields: list[Field] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    same: list[list[str]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None

    def tell(self, kind: str, weight: str, *texts: str) -> None:
        self.fields += [Field(kind, weight, text) for text in texts if text]

    @property
    def texts(self) -> list[Field]:
        """The fields, strongest first; what several linked entries tell alike is said once."""
        return sorted(dict.fromkeys(self.fields), key=lambda one: one.weight)


@dataclass(frozen=True)
class Phrase:
    """Words that say a filter: "kostenlos" is free=1. `mark` is what entries carry that fulfil it."""

    words: str
    values: tuple[tuple[str, str], ...]
    mark: str


@dataclass(frozen=True)
class Searchable:
    """A noun. `entries` reads many in a constant number of queries."""

    noun: str
    entries: Callable[[Collection[int]], Iterable[Entry]]
    visible: Callable[[dt.datetime | None], QuerySet]
    everything: Callable[[], QuerySet]
    phrases: tuple[Phrase, ...] = ()
    # What of these texts says a filter by its value, a town's name for instance: {text: phrase}.
    values: Callable[[Collection[str]], dict[str, Phrase]] = lambda texts: {}


Concerned = Callable[[Collection[int]], QuerySet]

_nouns: dict[str, Searchable] = {}
_concerned: dict[str, list[tuple[str, Concerned]]] = {}


def register(searchable: Searchable) -> None:
    _nouns[searchable.noun] = searchable


def nouns() -> dict[str, Searchable]:
    """{noun: what it can do} of all that registered, in the order of the apps."""
    return _nouns


def concern(noun: str, other: str, concerned: Concerned) -> None:
    """Entries of the other noun tell something of this one; `concerned` yields their primary keys."""
    _concerned.setdefault(noun, []).append((other, concerned))


def concerned(noun: str, keys: Collection[int]) -> list[tuple[str, QuerySet]]:
    """(other noun, primary keys) of the entries that tell something of these."""
    return [(other, find(keys)) for other, find in _concerned.get(noun, [])]
