"""Fetches events with all that belongs to them, quickly.

`prefetch_related` makes a QuerySet for each event and each kind of row, and a model instance for each mention
of an organisation: half of the time that a page of a hundred events may take. So rows come in one query per
kind here, and each entry that they mention once, with no more columns than a reference tells.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model, QuerySet

from events.models import (
    Appearance,
    Award,
    Event,
    EventTopic,
    EventVenue,
    Participation,
    PreviousDate,
    Price,
    Series,
    Session,
    Source,
    Topic,
    Venue,
)
from organisations.models import Organisation
from speakers.models import Speaker

SHORT = ("uid", "slug", "is_sample")
# What a reference to an entry tells.
NOUNS: dict[type[Model], tuple[str, ...]] = {
    Organisation: (*SHORT, "name", "name_en"),
    Series: (*SHORT, "name", "name_en"),
    Speaker: (*SHORT, "academic_title", "given_name", "family_name"),
    Topic: (*SHORT, "name_de", "name_en"),
    Venue: (*SHORT, "name", "kind", "street", "postal_code", "city", "state", "country"),
}
# The rows of an event, by the name under which it knows them.
ROWS: dict[str, QuerySet[Any]] = {
    "participations": Participation.objects.all(),
    "appearances": Appearance.objects.filter(speaker__anonymised_at=None),
    "awards": Award.objects.all(),
    "venue_links": EventVenue.objects.all(),
    "topic_links": EventTopic.objects.all(),
    "previous_dates": PreviousDate.objects.all(),
    "prices": Price.objects.all(),
    "sessions": Session.objects.all(),
    "sources": Source.objects.all(),
}


class Listed(list[Any]):
    """Rows that are asked for as a related manager's are."""

    def all(self) -> "Listed":
        return self


def gathered(found: QuerySet[Any]) -> list[Event]:
    """The events with their rows, and what these mention."""
    events: list[Event] = list(found)
    keys = [event.pk for event in events]
    rows = {name: list(all_rows.filter(event__in=keys)) for name, all_rows in ROWS.items()}
    for name, one_kind in rows.items():
        _attach(events, name, one_kind, "event_id")
    for model in NOUNS:
        _put_in(model, [*events, *(row for one_kind in rows.values() for row in one_kind)])
    return events


def _attach(owners: Sequence[Any], name: str, rows: Iterable[Any], column: str) -> None:
    """Puts rows where the related manager of that name looks for what was prefetched."""
    by_owner: dict[int, Listed] = defaultdict(Listed)
    for row in rows:
        by_owner[getattr(row, column)].append(row)
    for owner in owners:
        vars(owner).setdefault("_prefetched_objects_cache", {})[name] = by_owner[owner.pk]


def _put_in(model: type[Model], holders: Iterable[Any]) -> None:
    """Fetches the entries of that model that the holders mention and puts them in."""
    mentions = defaultdict(list)
    for holder in holders:
        for field in _FIELDS[model].get(type(holder), ()):
            mentions[field].append(holder)
    wanted = {key for field, rows in mentions.items() for key in _keys(rows, field)}
    things = {one.pk: one for one in model._default_manager.filter(pk__in=wanted).only(*NOUNS[model])}
    for field, rows in mentions.items():
        _set(rows, field, things)


def _keys(holders: Iterable[Any], field: str) -> set[int]:
    return {key for holder in holders if (key := getattr(holder, f"{field}_id")) is not None}


def _set(holders: Sequence[Any], name: str, things: dict[int, Any]) -> None:
    for holder in holders:
        key = getattr(holder, f"{name}_id")
        holder._meta.get_field(name).set_cached_value(holder, things.get(key))


def _mentioning(model: type[Model]) -> dict[type, tuple[str, ...]]:
    """{kind of row: its fields that lead to the model}."""
    holders: list[type[Model]] = [Event, *(rows.model for rows in ROWS.values())]
    found: dict[type, tuple[str, ...]] = {}
    for holder in holders:
        names = [one.name for one in holder._meta.concrete_fields if one.related_model is model]
        found[holder] = tuple(names)
    return found


_FIELDS = {model: _mentioning(model) for model in NOUNS}
