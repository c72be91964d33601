"""Hits that are no events, each as a line: what an entry is called, what it is, how many events it has."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Count, F, Func, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from addresses.models import NounKind
from events.found import Found
from events.models import (
    Appearance,
    Event,
    EventTopic,
    EventVenue,
    Participation,
    Series,
    Topic,
    Venue,
    public,
)
from journal.kept import Kept
from organisations.models import Organisation
from organisations.models import OrganisationKind as Kind
from speakers.models import Speaker

ROUTES = {
    NounKind.EVENT: "events:detail",
    NounKind.SERIES: "events:series",
    NounKind.ORGANISATION: "organisations:detail",
    NounKind.SPEAKER: "speakers:detail",
    NounKind.TOPIC: "events:topic",
    NounKind.VENUE: "events:venue",
}
KINDS: dict[str, Any] = {
    NounKind.EVENT: _("Event"),
    NounKind.SERIES: pgettext_lazy("singular", "Series"),
    NounKind.ORGANISATION: _("Organisation"),
    NounKind.SPEAKER: _("Person"),
    NounKind.TOPIC: _("Topic"),
    NounKind.VENUE: _("Venue"),
}
# Entries whose events are remembered as counted, some megabytes.
_MOST_KEPT = 20_000

Key = tuple[str, int]


@dataclass
class Line:
    """A hit of any noun but events; `found` is where it matched."""

    noun: str
    url: str
    name: str
    detail: str
    is_sample: bool
    event_count: int = 0
    found: list[Found] = field(default_factory=list)

    @property
    def kind(self) -> Any:
        return KINDS[self.noun]


def lines(keys: Collection[Key], at: dt.datetime) -> dict[Key, Line]:
    """The same as `named`, with the numbers of events (2 more queries, one if they are known)."""
    found = named(keys)
    for key, number in _event_counts(found, at).items():
        found[key].event_count = number
    return found


def named(keys: Collection[Key]) -> dict[Key, Line]:
    """{(noun, primary key): its line} of those that are there still and may be shown (1 query)."""
    wanted = {noun: [pk for one, pk in keys if one == noun] for noun in _TOLD}
    queries = [_told(noun, pks) for noun, pks in wanted.items() if pks]
    found: dict[Key, Line] = {}
    if not queries:
        return found
    for noun, pk, slug, is_sample, name, name_en, kind, town in queries[0].union(*queries[1:], all=True):
        told = (name_en if get_language() == "en" else "") or name
        if noun == NounKind.VENUE and town and town not in told:
            told = f"{told}, {town}"
        detail = ", ".join(filter(None, [str(Kind(kind).label) if kind else "", town]))
        found[noun, pk] = Line(noun, reverse(ROUTES[noun], kwargs={"slug": slug}), told, detail, is_sample)
    return found


_NONE, _PERSON = (
    Value(""),
    Func(
        Value(" "),
        *(
            Func(F(part), Value(""), function="nullif")
            for part in ("academic_title", "given_name", "family_name")
        ),
        function="concat_ws",
    ),
)
# How to ask for name, English name, kind and town.
_TOLD: dict[str, tuple[Any, tuple[Any, ...]]] = {
    NounKind.SERIES: (Series.objects, (F("name"), F("name_en"), _NONE, _NONE)),
    NounKind.ORGANISATION: (Organisation.objects, (F("name"), F("name_en"), F("kind"), F("city"))),
    NounKind.SPEAKER: (Speaker.objects.listed(), (_PERSON, _NONE, _NONE, _NONE)),
    NounKind.TOPIC: (Topic.objects, (F("name_de"), F("name_en"), _NONE, _NONE)),
    NounKind.VENUE: (Venue.objects, (F("name"), _NONE, _NONE, F("city"))),
}


def _told(noun: str, pks: Collection[int]) -> QuerySet[Any, Any]:
    found, columns = _TOLD[noun]
    names = ("told_name", "told_name_en", "told_kind", "told_town")
    told = {name: Cast(column, CharField()) for name, column in zip(names, columns, strict=True)}
    rows = found.filter(pk__in=pks).order_by().annotate(told_noun=Value(noun, CharField()), **told)
    return rows.values_list("told_noun", "pk", "slug", "is_sample", *names)


# -- how many events ------------------------------------------------------------------------------

# Keyed by the minute, too: entries become public by the clock.
_numbers: Kept[int] = Kept(most=_MOST_KEPT)
# The rows that link events, by what they link, and whether an event may be linked twice.
_LINKS: dict[str, tuple[Any, str, str, bool]] = {
    NounKind.SERIES: (Event.objects, "series", "", False),
    NounKind.ORGANISATION: (Participation.objects, "organisation", "event__", True),
    NounKind.SPEAKER: (Appearance.objects, "speaker", "event__", True),
    NounKind.TOPIC: (EventTopic.objects, "topic", "event__", False),
    NounKind.VENUE: (EventVenue.objects, "venue", "event__", False),
}


def _event_counts(keys: Iterable[Key], at: dt.datetime) -> dict[Key, int]:
    """{(noun, primary key): how many of its events visitors may see}."""
    minute = at.replace(second=0, microsecond=0)
    kept = _numbers.many([(*key, minute) for key in keys], _counted)
    return {(noun, pk): number for (noun, pk, _minute), number in kept.items()}


def _counted(keys: Iterable[tuple[str, int, dt.datetime]]) -> dict[tuple[str, int, dt.datetime], int]:
    """Of all keys, in one query; they share their minute."""
    keys = list(keys)
    parts = []
    for noun, (links, column, event, repeats) in _LINKS.items():
        pks = [pk for one, pk, _minute in keys if one == noun]
        if pks:
            rows = links.filter(public(event, keys[0][2]), **{f"{column}__in": pks}).order_by()
            rows = rows.annotate(told_noun=Value(noun, CharField())).values_list("told_noun", column)
            parts.append(rows.annotate(number=Count(f"{event}pk" if repeats else "pk", distinct=repeats)))
    told = {(noun, pk): number for noun, pk, number in parts[0].union(*parts[1:], all=True)}
    return {key: told.get(key[:2], 0) for key in keys}
