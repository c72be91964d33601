"""One question to every noun: what a page of results tells of the hits."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from addresses.models import NounKind
from events.cards import cards
from events.found import LABELS, OTHER_NAMES, Finder, Found
from events.understood import Understood, understood
from index import search
from search.lines import Line, lines

# Of one kind, on one page: beside others, and alone.
SHOWN, MOST = 10, 100
# Entries of other kinds that answer better than any event stand above the events.
DIRECT = 3
# The order of the groups, with the way from an entry to its events.
TITLES: dict[str, Any] = {
    NounKind.EVENT: _("Events"),
    NounKind.SERIES: _("Event series"),
    NounKind.ORGANISATION: _("Organisations"),
    NounKind.SPEAKER: _("People"),
    NounKind.TOPIC: _("Topics"),
    NounKind.VENUE: _("Places"),
}


@dataclass(frozen=True)
class EventHit:
    """An event's card with its hits marked, and the lines that tell where else it matched."""

    name: str
    card: str
    found: list[Found]


@dataclass(frozen=True)
class Group:
    """The best hits among one noun, and how many there are; `is_capped` if even more."""

    noun: str
    title: Any
    hits: list[Any]
    total: int
    is_capped: bool
    more_url: str


@dataclass(frozen=True)
class Answer:
    """`words` are those that were looked for: the question, or what it was corrected to."""

    words: str
    groups: list[Group]
    direct: list[Line]
    understood: Understood
    matcher: Any

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)


def answer(q: str, noun: str, path: str, at: dt.datetime) -> Answer:
    """All that the page at `path` says to the question, of one kind of entry if `noun` names it.

    Kinds without a hit are left out.
    """
    only = noun in TITLES
    results = search.find(q, nouns=[noun] if only else None, limit=MOST if only else SHOWN, at=at)
    entries = _entries(q, results, at)
    shown = {noun: list(told.values()) for noun, told in entries.items() if told}
    groups = [_group(noun, hits, results, q, path) for noun, hits in shown.items()]
    return Answer(
        words=results.correction if results.corrected and results.correction else q,
        groups=groups,
        direct=_direct(results.hits, entries),
        understood=understood(q, results, lambda words: f"{path}?{urlencode({'q': words})}"),
        matcher=results.matcher,
    )


def _group(noun: str, hits: list[Any], results: Any, q: str, path: str) -> Group:
    total, more_url = results.totals[noun], ""
    if noun == NounKind.EVENT:
        more_url = f"{reverse('events:list')}?{urlencode({'when': 'all', 'q': q})}"
    elif total > len(hits) and len(hits) < MOST:
        more_url = f"{path}?{urlencode({'q': q, 'noun': noun})}"
    return Group(noun, TITLES[noun], hits, total, noun in results.capped, more_url)


def _direct(hits: list[Any], entries: Mapping[str, Mapping[int, Any]]) -> list[Line]:
    """The entries that stand before the first event in the common order of all nouns."""
    found: list[Line] = []
    for hit in hits:
        if hit.noun == NounKind.EVENT or len(found) == DIRECT:
            break
        if hit.pk in entries[hit.noun]:
            found.append(entries[hit.noun][hit.pk])
    return found


def _entries(q: str, results: Any, at: dt.datetime) -> dict[str, dict[int, Any]]:
    """{noun: {primary key: EventHit or Line}}, in the order of the hits; no query without hits."""
    places = search.where(results.hits, results.matcher)
    finder = Finder(q, results.matcher)
    events = {
        key: EventHit(
            name=card.title,
            card=card.html(results.matcher),
            found=finder.lines(places.get((NounKind.EVENT, key), ()), card.texts, LABELS),
        )
        for key, card in cards([hit.pk for hit in results.of(NounKind.EVENT)]).items()
    }
    told = lines([(hit.noun, hit.pk) for hit in results.hits if hit.noun != NounKind.EVENT], at)
    for key, line in told.items():
        line.found = finder.lines(places.get(key, ()), [line.name, line.detail], OTHER_NAMES)
    entries: dict[str, dict[int, Any]] = {noun: {} for noun in TITLES}
    for hit in results.hits:
        one = events.get(hit.pk) if hit.noun == NounKind.EVENT else told.get((hit.noun, hit.pk))
        if one is not None:
            entries[hit.noun][hit.pk] = one
    return entries
