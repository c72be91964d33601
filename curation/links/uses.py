"""Which entries use an address: asked of the entries themselves, so that it is always true."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model, Q, QuerySet

from events.models import Event, Series, Source, Venue
from events.models.choices import State
from lib.fields import WebAddressField
from organisations.models import Organisation
from speakers.models import Speaker

# {model: (the path to the noun that it belongs to, what visitors may see of it)}
_NOUNS: dict[type[Model], tuple[str, Q]] = {
    Event: ("", Q(state=State.PUBLISHED)),
    Source: ("event", Q(event__state=State.PUBLISHED)),
    Series: ("", Q()),
    Venue: ("", Q()),
    Organisation: ("", Q()),
    Speaker: ("", Q()),
}


@dataclass(frozen=True)
class Use:
    """An entry and the field in which it holds the address; `row` is the entry itself or a row of it."""

    entry: Any
    row: Any
    field: Any

    @property
    def anchor(self) -> str:
        return f"id_{self.field.name}" if self.row is self.entry else "sources-group"


def columns() -> Iterator[tuple[type[Model], Any]]:
    """Each column that holds public addresses: (model, field)."""
    for model in _NOUNS:
        for field in model._meta.concrete_fields:
            if isinstance(field, WebAddressField):
                yield model, field


def holders(model: type[Model], field: Any) -> QuerySet[Any]:
    """Rows with an address in this column that visitors may see. Samples lead nowhere, so nobody asks."""
    path, seen = _NOUNS[model]
    sample = f"{path}__is_sample" if path else "is_sample"
    rows = model._default_manager.filter(seen, **{sample: False}).exclude(**{field.name: ""})
    return rows.order_by()


def all_addresses() -> tuple[str, tuple[Any, ...]]:
    """SQL that gives every address in use, once each, and its values."""
    parts = [
        holders(model, field).values_list(field.name).query.sql_with_params() for model, field in columns()
    ]
    return " UNION ".join(sql for sql, _values in parts), tuple(
        value for _sql, values in parts for value in values
    )


def collect() -> tuple[int, int]:
    """Takes in what entries use by now and lets go of what none uses any more: (new ones, former ones)."""
    used, values = all_addresses()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO curation_link (url, state, target, first_seen, due_at, failed_days) "  # noqa: S608
            f"SELECT url, 'unknown', '', now(), now(), 0 FROM ({used}) AS used (url) "
            "WHERE url ~ '^https?://' ON CONFLICT (url) DO NOTHING",
            values,
        )
        new = cursor.rowcount
        cursor.execute(
            "DELETE FROM curation_linkcheck WHERE link_id IN "  # noqa: S608
            f"(SELECT id FROM curation_link WHERE url NOT IN ({used}))",
            values,
        )
        cursor.execute(f"DELETE FROM curation_link WHERE url NOT IN ({used})", values)  # noqa: S608
        return new, cursor.rowcount


def uses_of(url: str) -> list[Use]:
    """Every visible place of the address, events first."""
    found = []
    for model, field in columns():
        path, _seen = _NOUNS[model]
        rows = holders(model, field).filter(**{field.name: url})
        rows = rows.select_related(path) if path else rows
        found += [Use(getattr(row, path) if path else row, row, field) for row in rows]
    return found


def events_using(addresses: Any) -> Q:
    """Events that lead to one of the addresses: a subquery or a collection of them.

    Column by column, so that each has its index: addresses that are asked for are few, entries many.
    """
    parts = [
        Event.objects.order_by().filter(**{f"{field.name}__in": addresses}).exclude(**{field.name: ""})
        for model, field in columns()
        if model is Event
    ]
    sources = Source.objects.order_by().filter(url__in=addresses).values("event")
    return Q(pk__in=sources.union(*(part.values("pk") for part in parts), all=True))


def used_by(event: Event) -> Q:
    """Which links the event's entry has."""
    own = {getattr(event, field.name) for model, field in columns() if model is Event}
    return Q(url__in=own - {""}) | Q(url__in=Source.objects.filter(event=event).values("url"))
