"""Hits that are no events, each as a line: what an entry is called, what it is, how many events it has."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, Func, IntegerField, OuterRef, QuerySet, Subquery, Value
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
from index.models import Listed
from lib.planned import Recurring
from lib.prepared import MOMENT, Table, rows
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
# Of so many rows that link events at most, the events beside a name are counted; then it is "more than 50".
MOST_COUNTED = 60
# Which nouns are among the hits, and what is asked of them.
_SHAPES = Recurring("search_lines", 16)

Key = tuple[str, int]


@dataclass
class Line:
    """A hit of any noun but events; `found` is where it matched.

    It has `event_count` events, or more than these if `has_more_events`.
    """

    noun: str
    url: str
    name: str
    detail: str
    is_sample: bool
    event_count: int = 0
    has_more_events: bool = False
    found: list[Found] = field(default_factory=list)

    @property
    def kind(self) -> Any:
        return KINDS[self.noun]


def lines(keys: Collection[Key], at: dt.datetime) -> dict[Key, Line]:
    """The same as `named`, with the numbers of events that visitors may see (1 more query)."""
    found = named(keys)
    for noun, pk, number, links in rows(_of_each(_COUNTED, found), at, _SHAPES):
        line = found[noun, pk]
        line.has_more_events = links == MOST_COUNTED
        # Somebody may have several roles at each event: a round number below what was counted.
        step = 50 if number > 50 else 10
        line.event_count = (number - 1) // step * step if line.has_more_events and number else number
    return found


def named(keys: Collection[Key]) -> dict[Key, Line]:
    """{(noun, primary key): its line} of those that are there still and may be shown (1 query)."""
    found: dict[Key, Line] = {}
    for noun, pk, slug, is_sample, name, name_en, kind, town in rows(_of_each(_TOLD, keys), shapes=_SHAPES):
        told = (name_en if get_language() == "en" else "") or name
        if noun == NounKind.VENUE and town and town not in told:
            told = f"{told}, {town}"
        detail = ", ".join(filter(None, [str(Kind(kind).label) if kind else "", town]))
        found[noun, pk] = Line(noun, reverse(ROUTES[noun], kwargs={"slug": slug}), told, detail, is_sample)
    return found


def _of_each(tables: Mapping[str, Table], keys: Collection[Key]) -> list[tuple[Table, list[int]]]:
    """Each noun's table with the keys asked of it."""
    return [(table, [pk for one, pk in keys if one == noun]) for noun, table in tables.items()]


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


def _told(noun: str, found: Any, *columns: Any) -> Table:
    """Noun, key, slug, whether a sample, name, English name, kind and town."""
    columns = F("slug"), *columns
    names = ("told_slug", "told_name", "told_name_en", "told_kind", "told_town")
    told = {name: Cast(column, CharField()) for name, column in zip(names, columns, strict=True)}

    def made() -> QuerySet[Any, Any]:
        rows = found.all().annotate(told_noun=Value(noun, CharField()), **told)
        return rows.values_list("told_noun", "pk", names[0], "is_sample", *names[1:])

    return Table(made)


_TOLD: dict[str, Table] = {
    NounKind.SERIES: _told("series", Series.objects, F("name"), F("name_en"), _NONE, _NONE),
    NounKind.ORGANISATION: _told(
        "organisation", Organisation.objects, F("name"), F("name_en"), F("kind"), F("city")
    ),
    NounKind.SPEAKER: _told("speaker", Speaker.objects.listed(), _PERSON, _NONE, _NONE, _NONE),
    NounKind.TOPIC: _told("topic", Topic.objects, F("name_de"), F("name_en"), _NONE, _NONE),
    NounKind.VENUE: _told("venue", Venue.objects, F("name"), _NONE, _NONE, F("city")),
}


# -- how many events ------------------------------------------------------------------------------


class _Number(Subquery):
    """How many rows a subquery has."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS few)"
    output_field = IntegerField()


def _counted(noun: str, found: Any, links: Any, column: str, event: str = "event_id") -> Table:
    """Noun, key, and of the first rows that link events: how many events these are, and how many rows."""

    def made() -> QuerySet[Any, Any]:
        def few(entry: OuterRef) -> QuerySet[Any, Any]:
            return links.filter(**{column: entry}).order_by().values(event)[:MOST_COUNTED]

        # Each looked up by itself: in a join, PostgreSQL may walk through all events until it has enough.
        seen = Event.objects.filter(public("", MOMENT), Listed(F("pk"), few(OuterRef(OuterRef("pk")))))
        rows = found.annotate(
            told_noun=Value(noun, CharField()),
            number=_Number(seen.order_by().values("pk")),
            links=_Number(few(OuterRef("pk"))),
        )
        return rows.values_list("told_noun", "pk", "number", "links")

    return Table(made)


_COUNTED: dict[str, Table] = {
    NounKind.SERIES: _counted("series", Series.objects, Event.objects, "series", "pk"),
    NounKind.ORGANISATION: _counted(
        "organisation", Organisation.objects, Participation.objects, "organisation"
    ),
    NounKind.SPEAKER: _counted("speaker", Speaker.objects, Appearance.objects, "speaker"),
    NounKind.TOPIC: _counted("topic", Topic.objects, EventTopic.objects, "topic"),
    NounKind.VENUE: _counted("venue", Venue.objects, EventVenue.objects, "venue"),
}
