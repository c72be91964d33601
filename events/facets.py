"""Facets: beside each value, how many events there would be if it alone were chosen in its facet.

All other facets stay as they are. They are counted among sets of bits, or by one query, labels included.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.db.models import CharField, Count, F, Func, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.bits.choice import Choice
from events.filters import EventFilter
from events.models import Event, EventQuerySet, EventTopic, EventVenue, Participation, Series, Topic, Venue
from events.models.choices import ORGANISING, Audience, Format, Language, Mode, Status, VenueUse
from events.near import around
from lib import dates
from lib.places import country_name, state_name
from organisations.models import Organisation
from speakers.models import Speaker

TOP = 12  # values shown of a facet that may have thousands

# An event has no value of these twice, so that rows can be counted instead of events, which is cheaper.
_ONCE = ("topic", "mode", "status", "free")

Rows = QuerySet[Any]
# (value, label, number of events); without a label where the value tells it.
Counts = list[tuple[str, str, int]]
Counter = Callable[[EventQuerySet], Rows]


@dataclass(slots=True)
class Option:
    value: str
    label: str
    count: int
    checked: bool


@dataclass
class Facet:
    name: str
    label: str
    options: list[Option] = field(default_factory=list)
    hidden_count: int = 0
    # The whole of it as HTML, once it has been drawn (events/templatetags/facet_options.py).
    drawn: str = field(default="", compare=False, repr=False)

    def labelled(self, labels: Mapping[tuple[str, str], str]) -> "Facet":
        """The facet with the names of chosen values that no event has."""
        if not labels:
            return self
        told = [labels.get((self.name, option.value), option.label) for option in self.options]
        if told == [option.label for option in self.options]:
            return self
        options = [replace(option, label=label) for option, label in zip(self.options, told, strict=True)]
        return replace(self, options=options, drawn="")

    @property
    def is_open(self) -> bool:
        """Whether something is chosen here, so that the page shows it unfolded."""
        return any(option.checked for option in self.options)


def facets_of(filterset: EventFilter, choice: Choice | None = None) -> list[Facet]:
    """All facets of a filter, with counts among its events, in the order in which the page shows them.

    `choice` are the same events as sets of bits; without them one query counts.
    """
    chosen = filterset.form.cleaned_data
    if choice is None:
        told = {name: (rows, len(rows)) for name, rows in _queried(filterset).items()}
        return [_facet(name, *told[name], _as_list(chosen.get(name))) for name in _COUNTERS]
    if any(chosen.get(name) for name in _COUNTERS):
        return _tallied(choice, chosen)
    # Then all of them tell of the same events, whichever these are.
    kept, language = choice.kept, get_language()
    if language not in kept:
        kept[language] = _tallied(choice, chosen)
    return list(kept[language])


def _tallied(choice: Choice, chosen: Mapping[str, Any]) -> list[Facet]:
    return [_facet(name, *choice.tally(name, TOP), _as_list(chosen.get(name))) for name in _COUNTERS]


def labels_of(
    values: Mapping[str, Any], facets: list[Facet], choice: Choice | None = None
) -> dict[tuple[str, str], str]:
    """{(parameter, value): label} of all chosen values, with at most one query."""
    if not any(values.get(name) for name in (*_NAMES, *_NOUNS, "near")):
        return {}
    known = {
        (facet.name, option.value): option.label
        for facet in facets
        for option in facet.options
        if option.count
    }
    for name, names in _NAMES.items():
        known |= {(name, value): str(names(value)) for value in _as_list(values.get(name))}
    if near := around(values.get("near") or "", values.get("radius")):
        known["near", values["near"]] = str(near)
    asked = [(name, value) for name in _NOUNS for value in _as_list(values.get(name))]
    if choice:
        known |= {pair: label for pair in asked if pair not in known and (label := choice.name_of(*pair))}
    wanted = {
        name: [slug for one, slug in asked if one == name and (one, slug) not in known] for name in _NOUNS
    }
    queries = [_labelled(name, slugs) for name, slugs in wanted.items() if slugs]
    if queries:
        rows = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
        known |= {(name, slug): label for name, slug, label in rows}
    return known


# -- counting -------------------------------------------------------------------------------------


def _queried(filterset: EventFilter) -> dict[str, Counts]:
    chosen = filterset.form.cleaned_data
    # Where nothing is chosen in a facet its events are those of the list: put together once for all of these.
    published: Any = filterset.queryset
    listed = filterset.filter_queryset(published)
    parts = [
        _counted(name, filterset.filter_queryset(published, without=name) if chosen.get(name) else listed)
        for name in _COUNTERS
    ]
    counts: dict[str, Counts] = {name: [] for name in _COUNTERS}
    for name, value, label, number in parts[0].union(*parts[1:], all=True):
        counts[name].append((value, label, number))
    return counts


def _counted(name: str, events: EventQuerySet) -> Rows:
    """Rows of (facet, value, label, number of events)."""
    rows = _COUNTERS[name](events.order_by())
    return rows.annotate(
        facet=Value(name, output_field=CharField()),
        number=Count("pk" if rows.model is Event else "event", distinct=name not in _ONCE),
    ).values_list("facet", "value", "label", "number")


def _column(name: str) -> Counter:
    return lambda events: events.annotate(value=_text(F(name)), label=_text(Value(""))).values(
        "value", "label"
    )


def _elements(name: str) -> Counter:
    """The elements of an array column."""

    def rows(events: EventQuerySet) -> Rows:
        value = Func(F(name), function="unnest", output_field=CharField(), set_returning=True)
        return events.annotate(value=value, label=_text(Value(""))).values("value", "label")

    return rows


def _topics(events: EventQuerySet) -> Rows:
    links = EventTopic.objects.filter(event__in=events.values("pk")).order_by()
    return links.annotate(value=_text(F("topic__slug")), label=_text(_topic_name("topic__"))).values(
        "value", "label"
    )


def _organisers(events: EventQuerySet) -> Rows:
    links = Participation.objects.filter(event__in=events.values("pk"), role__in=ORGANISING).order_by()
    label = _organisation_label("organisation__")
    return links.annotate(value=_text(F("organisation__slug")), label=_text(label)).values("value", "label")


def _places(column: str, label: str = "") -> Counter:
    def rows(events: EventQuerySet) -> Rows:
        links = EventVenue.objects.filter(event__in=events.values("pk"), use=VenueUse.VENUE).order_by()
        named = F(f"venue__{label}") if label else Value("")
        links = links.exclude(**{f"venue__{column}": ""})
        return links.annotate(value=_text(F(f"venue__{column}")), label=_text(named)).values("value", "label")

    return rows


def _free(events: EventQuerySet) -> Rows:
    return events.free().annotate(value=_text(Value("1")), label=_text(Value(""))).values("value", "label")


def _text(expression: Any) -> Cast:
    return Cast(expression, CharField())


def _topic_name(path: str) -> Any:
    if get_language() == "en":
        return Coalesce(NullIf(F(f"{path}name_en"), Value("")), F(f"{path}name_de"))
    return F(f"{path}name_de")


def _organisation_label(path: str) -> Any:
    return Coalesce(NullIf(F(f"{path}short_name"), Value("")), F(f"{path}name"))


_COUNTERS: dict[str, Counter] = {
    "topic": _topics,
    "format": _elements("formats"),
    "mode": _column("mode"),
    "state": _places("state"),
    "city": _places("city_slug", "city"),
    "country": _places("country"),
    "organiser": _organisers,
    "audience": _elements("audiences"),
    "language": _elements("languages"),
    "status": _column("status"),
    "free": _free,
}
_NAMES: dict[str, Callable[[str], Any]] = {
    "format": lambda value: Format(value).label,
    "mode": lambda value: Mode(value).label,
    "audience": lambda value: Audience(value).label,
    "language": lambda value: Language(value).label,
    "status": lambda value: Status(value).label,
    "state": state_name,
    "country": country_name,
    "free": lambda value: _("Free of charge"),
    "from": lambda value: dates.day(dt.date.fromisoformat(value)),
    "to": lambda value: dates.day(dt.date.fromisoformat(value)),
}
_NOUNS: dict[str, tuple[type[Any], str]] = {
    "topic": (Topic, "slug"),
    "organiser": (Organisation, "slug"),
    "organisation": (Organisation, "slug"),
    "speaker": (Speaker, "slug"),
    "series": (Series, "slug"),
    "venue": (Venue, "slug"),
    "city": (Venue, "city_slug"),
}


# -- showing --------------------------------------------------------------------------------------


def _facet(name: str, rows: Counts, number: int, chosen: list[str]) -> Facet:
    """Chosen values always, of the others the most frequent; zero counts only where chosen.

    `number` values have events; `rows` are all of them, or those that can be shown.
    """
    facet = Facet(name, str(EventFilter.base_filters[name].label))
    options = [
        Option(value, label or _name(name, value), count, value in chosen) for value, label, count in rows
    ]
    there = {option.value for option in options}
    missing = [Option(value, _name(name, value), 0, True) for value in chosen if value not in there]
    options += missing
    options.sort(key=lambda option: (-option.count, option.label.casefold()))
    kept = [option for place, option in enumerate(options) if place < TOP or option.checked]
    facet.options, facet.hidden_count = kept, number + len(missing) - len(kept)
    return facet


def _name(name: str, value: str) -> str:
    return _named(name, value, get_language()) if name in _NAMES else value


@lru_cache(maxsize=2_000)
def _named(name: str, value: str, language: str | None) -> str:
    """In the language, which is the active one."""
    return str(_NAMES[name](value))


def _labelled(name: str, slugs: list[str]) -> Rows:
    """Rows of (parameter, slug, label) of one kind of noun."""
    model, column = _NOUNS[name]
    rows = model.objects.filter(**{f"{column}__in": slugs}).order_by()
    label: Any = F("name") if hasattr(model, "name") else Value("")
    if model is Topic:
        label = _topic_name("")
    elif model is Organisation:
        label = _organisation_label("")
    elif model is Speaker:
        label = Func(Value(" "), F("given_name"), F("family_name"), function="concat_ws")
    elif column == "city_slug":
        rows, label = rows.distinct(), F("city")
    named = Value(name, output_field=CharField())
    return rows.annotate(parameter=named, key=_text(F(column)), label=_text(label)).values_list(
        "parameter", "key", "label"
    )


def _as_list(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
