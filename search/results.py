"""One question to every noun: what a page of results tells of the hits."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from addresses.models import NounKind
from events.cards import cards
from events.found import LABELS, OTHER_NAMES, Finder
from events.understood import Understood, understood
from index import search
from index.highlighting import Matcher
from index.search import Results
from search import drawing
from search.drawing import EventHit
from search.lines import Line, lines

# Of one kind, on one page: beside others, and alone.
SHOWN, MOST = 10, 100
# Entries of other kinds that answer better than any event stand above the events.
DIRECT = 3
# The order of the groups, with the way from an entry to its events.
TITLES: dict[str, Any] = {
    NounKind.EVENT: gettext_lazy("Events"),
    NounKind.SERIES: gettext_lazy("Event series"),
    NounKind.ORGANISATION: gettext_lazy("Organisations"),
    NounKind.SPEAKER: gettext_lazy("People"),
    NounKind.TOPIC: gettext_lazy("Topics"),
    NounKind.VENUE: gettext_lazy("Places"),
}


@dataclass(frozen=True)
class Group:
    """The best hits among one noun, also as HTML, and how many there are; `is_capped` if even more."""

    noun: str
    title: Any
    hits: list[Any]
    drawn: SafeString
    total: int
    is_capped: bool
    more_url: str

    @property
    def number(self) -> str:
        """How many hits there are, in words if they were not all counted."""
        return _("more than %(number)s") % {"number": self.total} if self.is_capped else str(self.total)


@dataclass(frozen=True)
class Answer:
    """`words` are what was looked for: the question, or what it was corrected to. `direct` are entries that
    answer better than any event, `direct_drawn` the same as HTML."""

    words: str
    groups: list[Group]
    direct: list[Line]
    direct_drawn: SafeString
    understood: Understood

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)

    @property
    def is_capped(self) -> bool:
        """Whether there are more than the total says."""
        return any(group.is_capped for group in self.groups)


def answer(q: str, noun: str, path: str, at: dt.datetime) -> Answer:
    """All that the page at `path` says to the question, of one kind of entry if `noun` names it.

    Kinds without a hit are left out.
    """
    only = noun in TITLES
    results = search.find(q, nouns=[noun] if only else None, limit=MOST if only else SHOWN, at=at)
    matcher = results.matcher
    entries = _entries(q, results, matcher, at)
    shown = {noun: list(told.values()) for noun, told in entries.items() if told}
    direct = _direct(results.hits, entries)
    groups = [_group(noun, hits, results, matcher, q, path) for noun, hits in shown.items()]
    return Answer(
        words=results.correction if results.corrected and results.correction else q,
        groups=groups,
        direct=direct,
        direct_drawn=drawing.lines(direct, matcher.highlight, with_kind=True),
        understood=understood(q, results, lambda words: f"{path}?{urlencode({'q': words})}"),
    )


def _group(noun: str, hits: list[Any], results: Results, matcher: Matcher, q: str, path: str) -> Group:
    total, more_url = results.totals[noun], ""
    if noun == NounKind.EVENT:
        more_url = f"{reverse('events:list')}?{urlencode({'when': 'all', 'q': q})}"
    elif total > len(hits) and len(hits) < MOST:
        more_url = f"{path}?{urlencode({'q': q, 'noun': noun})}"
    is_event = noun == NounKind.EVENT
    drawn = drawing.events(hits) if is_event else drawing.lines(hits, matcher.highlight)
    return Group(noun, TITLES[noun], hits, drawn, total, noun in results.capped, more_url)


def _direct(hits: list[Any], entries: Mapping[str, Mapping[int, Any]]) -> list[Line]:
    """The entries that stand before the first event in the common order of all nouns."""
    found: list[Line] = []
    for hit in hits:
        if hit.noun == NounKind.EVENT or len(found) == DIRECT:
            break
        if hit.pk in entries[hit.noun]:
            found.append(entries[hit.noun][hit.pk])
    return found


def _entries(q: str, results: Results, matcher: Matcher, at: dt.datetime) -> dict[str, dict[int, Any]]:
    """{noun: {primary key: EventHit or Line}}, in the order of the hits; no query without hits."""
    finder = Finder(q, matcher)
    drawn = cards([hit.pk for hit in results.of(NounKind.EVENT)])
    told = lines([(hit.noun, hit.pk) for hit in results.hits if hit.noun != NounKind.EVENT], at)
    seen = {(str(NounKind.EVENT), key): card.texts for key, card in drawn.items()}
    seen |= {key: (line.name, line.detail) for key, line in told.items()}
    places = search.where([key for key, texts in seen.items() if not finder.is_enough(texts)], matcher)
    events = {
        key: EventHit(
            name=card.title,
            card=card.html(matcher),
            found=finder.lines(places.get((NounKind.EVENT, key), ()), card.texts, LABELS),
        )
        for key, card in drawn.items()
    }
    for key, line in told.items():
        line.found = finder.lines(places.get(key, ()), seen[key], OTHER_NAMES)
    entries: dict[str, dict[int, Any]] = {noun: {} for noun in TITLES}
    for hit in results.hits:
        one = events.get(hit.pk) if hit.noun == NounKind.EVENT else told.get((hit.noun, hit.pk))
        if one is not None:
            entries[hit.noun][hit.pk] = one
    return entries
