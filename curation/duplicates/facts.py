"""What is compared of an entry, and what is said of two of them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from curation.duplicates.wording import Lexicon

# [code, number]: what speaks for it or against it; `curation.duplicates.reasons` says it in words.
Reasons = list[tuple[str, int]]


@dataclass(frozen=True)
class Verdict:
    """`score`: how likely both are the same, out of 100."""

    score: int
    reasons: Reasons


NOTHING = Verdict(0, [])


@dataclass(frozen=True, kw_only=True)
class Facts:
    """`apart` are entries of the kind that this one is linked with as something else: its parent, its
    successor. `links` are places on the web, `identifier` what others call it by."""

    key: int = 0
    names: tuple[str, ...] = ()
    links: frozenset[str] = frozenset()
    identifiers: frozenset[str] = frozenset()
    apart: frozenset[int] = frozenset()
    is_sample: bool = False


@dataclass(frozen=True, kw_only=True)
class PersonFacts(Facts):
    """`bodies` are organisations that the person spoke for, `offices` what the programme called them."""

    given: str = ""
    family: str = ""
    bodies: frozenset[int] = frozenset()
    offices: frozenset[str] = frozenset()
    events: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class OrganisationFacts(Facts):
    """`names` without the short name; `country` and `state` as codes."""

    short: str = ""
    kind: str = ""
    city: str = ""
    state: str = ""
    country: str = ""


@dataclass(frozen=True, kw_only=True)
class VenueFacts(Facts):
    city: str = ""
    kind: str = ""
    street: str = ""
    at: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class EventFacts(Facts):
    """`is_day`: known to the day; `places` are towns; `page` the address of registration; `regular`: whether
    its series has further editions within these weeks."""

    first: dt.date = dt.date.min
    last: dt.date = dt.date.min
    is_day: bool = True
    series: int = 0
    edition: int = 0
    parent: int = 0
    places: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    bodies: frozenset[int] = frozenset()
    neighbours: frozenset[int] = field(default_factory=frozenset)


Judge = Callable[[Facts, Facts, Lexicon], Verdict]
