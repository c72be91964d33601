"""One question to every noun: what a page of results tells of the hits."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Func, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from addresses.models import NounKind
from events.found import OTHER_NAMES, Finder, Found
from events.models import Event, Series, Topic, Venue, public
from events.understood import Understood, understood
from index import search
from organisations.models import Organisation
from speakers.models import Speaker

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

KINDS: dict[str, Any] = {
    NounKind.EVENT: _("Event"),
    NounKind.SERIES: pgettext_lazy("singular", "Series"),
    NounKind.ORGANISATION: _("Organisation"),
    NounKind.SPEAKER: _("Person"),
    NounKind.TOPIC: _("Topic"),
    NounKind.VENUE: _("Venue"),
}


@dataclass(frozen=True)
class Line:
    """A hit of any noun but events."""

    entry: Any
    kind: Any
    name: str
    detail: str
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
    places = search.where(results.hits, results.matcher)
    finder = Finder(q, results.matcher)
    entries = {
        noun: _entries(noun, [hit.pk for hit in results.of(noun)], places, finder, at) for noun in TITLES
    }
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


def _entries(noun: str, pks: list[int], places: Any, finder: Finder, at: dt.datetime) -> dict[int, Any]:
    """{pk: event or Line} in the order of the hits; no query without hits."""
    if not pks:
        return {}
    known = {entry.pk: entry for entry in _fetched(noun, at).filter(pk__in=pks)}
    if noun == NounKind.EVENT:
        finder.add_to(known.values(), places)
        return {pk: known[pk] for pk in pks if pk in known}
    return {pk: _line(noun, known[pk], places.get((noun, pk), ()), finder) for pk in pks if pk in known}


def _fetched(noun: str, at: dt.datetime) -> QuerySet[Any]:
    """The entries with what a line tells of them: an event's card, else the number of events."""
    if noun == NounKind.EVENT:
        return Event.objects.published(at).for_listing()
    if noun == NounKind.SERIES:
        # Counted for each by itself: grouping would first join all its events to all that is told of it.
        events = Event.objects.published(at).filter(series=OuterRef("pk")).order_by()
        number = Subquery(events.annotate(number=Func(F("pk"), function="count")).values("number"))
        return Series.objects.annotate(event_count=number)
    found, way = {
        NounKind.ORGANISATION: (Organisation.objects.all(), "participations__event"),
        NounKind.SPEAKER: (Speaker.objects.listed(), "appearances__event"),
        NounKind.TOPIC: (Topic.objects.all(), "events"),
        NounKind.VENUE: (Venue.objects.all(), "events"),
    }[NounKind(noun)]
    counted = Count(way, filter=public(f"{way}__", at), distinct=True)
    return found.annotate(event_count=counted)


def _line(noun: str, entry: Any, places: Any, finder: Finder) -> Line:
    details = {
        NounKind.ORGANISATION: lambda: [entry.get_kind_display(), entry.city],
        NounKind.VENUE: lambda: [entry.city],
    }.get(NounKind(noun), list)()
    name, detail = getattr(entry, "display_name", None) or str(entry), ", ".join(filter(None, details))
    return Line(entry, KINDS[noun], name, detail, finder.lines(places, [name, detail], OTHER_NAMES))
