"""The words in which the exchange file is spoken of inside the app: entries, rejections, reports."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

Values = dict[str, Any]
Record = dict[str, Any]


@dataclass
class Entry:
    """One record with Python values under the names of the model's columns; references are slugs.

    `children` maps the key of a list (sessions, sources …) to its rows in order.
    """

    section: str
    slug: str
    values: Values
    children: dict[str, list[Values]] = field(default_factory=dict)

    def says_the_same_as(self, other: "Entry") -> bool:
        """Whether all but the slug is equal."""
        return self.values == other.values and self.children == other.children


@dataclass(frozen=True)
class Rejection:
    """Why a record cannot be loaded. `field` is a path such as sources[2].url, counted from 1."""

    section: str
    slug: str
    field: str
    reason: str

    def __str__(self) -> str:
        place = " · ".join(part for part in (self.section, self.slug, self.field) if part)
        return f"{place}: {self.reason}" if place else self.reason


class RefusedError(Exception):
    """The file was not loaded and nothing was changed; `rejections` says why, record by record."""

    def __init__(self, rejections: list[Rejection]) -> None:
        super().__init__("\n".join(str(rejection) for rejection in rejections))
        self.rejections = rejections

    @classmethod
    def whole(cls, reason: str) -> "RefusedError":
        """The file as a whole is at fault, no single record."""
        return cls([Rejection("", "", "", reason)])


@dataclass(frozen=True)
class Notice:
    """A record that was left alone, and why."""

    section: str
    slug: str
    reason: str

    def __str__(self) -> str:
        return f"{self.section} · {self.slug}: {self.reason}"


@dataclass
class Report:
    """What a load did: counts by section, and the records it left alone."""

    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    left_alone: list[Notice] = field(default_factory=list)

    @property
    def changed_nothing(self) -> bool:
        return self.created.total() == 0 and self.updated.total() == 0

    def left_in(self, section: str) -> int:
        return sum(notice.section == section for notice in self.left_alone)


class Entries(Protocol):
    """The entries of a section: a list, or what keeps a long one on disk (catalogue.spool)."""

    def append(self, entry: Entry, /) -> None: ...

    def __iter__(self) -> Iterator[Entry]: ...

    def __len__(self) -> int: ...


@dataclass
class Batch:
    """The readable records of one file and the rejections met while reading them.

    `named` holds every slug of the file in its order, also of rejected records: a reference to a record that
    is rejected anyway is not reported a second time.
    """

    entries: dict[str, Entries]
    named: dict[str, dict[str, None]]
    rejections: list[Rejection]

    def __iter__(self) -> Iterator[Entry]:
        for entries in self.entries.values():
            yield from entries
