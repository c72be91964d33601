"""The query parameters of every list of events, in one place.

A filter is one form field, one query parameter, one QuerySet method. Pages, outputs and the API
take the same parameters. A repeated key means "or", different keys mean "and".
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, IntegerField, QuerySet, Value
from django.utils.translation import gettext_lazy as _
from django_filters.constants import EMPTY_VALUES

from addresses.models import NounKind
from events.models import Event, EventQuerySet
from events.models.choices import Audience, Format, Language, Mode, Status
from events.near import LEAST, MOST, Around, around
from index import search
from lib import gazetteer
from lib.fields import COUNTRY, SUBDIVISION
from lib.light_filters import LightFilterSet
from lib.questions import cleaned

MAX_VALUES = 50
MAX_LENGTH = 200
# Each word is looked for in every title and name: a page may not be made to work for half a minute.
MAX_WORDS = 10
FIRST_YEAR, LAST_YEAR = 1900, 2200


class Unreadable(ValueError):
    """A value that does not say anything in its parameter; may bear a sentence of its own about %(value)s."""


class When:
    UPCOMING, PAST, ALL = "upcoming", "past", "all"
    CHOICES = ((UPCOMING, _("Upcoming")), (PAST, _("Past")), (ALL, _("All")))


class Sort:
    DATE, LATEST, TITLE, NEWEST = "date", "-date", "title", "newest"
    RELEVANCE, DISTANCE = "relevance", "distance"
    CHOICES = (
        (RELEVANCE, _("Best match first")),
        (DISTANCE, _("Nearest first")),
        (DATE, _("Earliest date first")),
        (LATEST, _("Latest date first")),
        (TITLE, _("Title A to Z")),
        (NEWEST, _("Newly entered first")),
    )
    ORDERS = {
        DATE: ("starts_at", "pk"),
        LATEST: ("-starts_at", "-pk"),
        TITLE: ("sort_title", "pk"),
        NEWEST: ("-published_at", "-pk"),
        # Behind what the search has put in order, and where nothing was asked for.
        RELEVANCE: ("-starts_at", "-pk"),
        # Among what is equally far away, in whole kilometres.
        DISTANCE: ("starts_at", "pk"),
    }


def read_text(value: str) -> str:
    if "\x00" in value or len(value) > MAX_LENGTH:
        raise Unreadable
    return value.strip()


def read_words(value: str) -> str:
    text = cleaned(read_text(value))
    if len(set(text.split())) > MAX_WORDS:
        raise Unreadable
    return text


def read_place(value: str) -> str:
    """The name or postal code of a place that the gazetteer knows, as it was typed."""
    text = read_text(value)
    if text and not gazetteer.find(text):
        raise Unreadable(_("No place called “%(value)s” is known here."))
    return text


def read_date(value: str) -> dt.date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise Unreadable
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        raise Unreadable from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unreadable
    return day


@dataclass(frozen=True)
class Code:
    """A reader of codes such as DE-NW, in any case."""

    pattern: str

    def __call__(self, value: str) -> str:
        if not (value.isascii() and re.fullmatch(self.pattern, value.upper())):
            raise Unreadable
        return value.upper()


@dataclass(frozen=True)
class Number:
    """A reader of whole numbers, both ends included."""

    least: int
    most: int

    def __call__(self, value: str) -> int:
        if not (re.fullmatch(r"[0-9]{1,9}", value, re.ASCII) and self.least <= int(value) <= self.most):
            raise Unreadable
        return int(value)


@dataclass(frozen=True)
class Vocabulary:
    """A reader of a closed vocabulary: `choices` are (value, label) as in TextChoices."""

    choices: Sequence[tuple[str, Any]]

    def __call__(self, value: str) -> str:
        if value not in dict(self.choices):
            raise Unreadable
        return value


class ManyField(forms.Field):
    """All values of a repeated key; `read` turns each into what it means or raises Unreadable."""

    widget: type[forms.Widget] = forms.MultipleHiddenInput

    def __init__(self, *, read: Callable[[str], Any] = read_text, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read

    def clean(self, value: Any) -> list[Any]:
        found = []
        for text in list(value or [])[:MAX_VALUES]:
            try:
                found.append(self.read(text))
            except Unreadable:
                raise forms.ValidationError(_("This value cannot be read."), code="unreadable") from None
        return [one for one in dict.fromkeys(found) if one not in EMPTY_VALUES]


class OneField(ManyField):
    """The last value of a key."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Any:
        found = super().clean([value] if value not in EMPTY_VALUES else [])
        return found[0] if found else None


class Many(django_filters.Filter):
    """A filter whose values go to the QuerySet method `via`."""

    field_class: type[forms.Field] = ManyField

    def __init__(self, via: str, *, noun: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.via, self.noun = via, noun

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs if value in EMPTY_VALUES or value == [] else getattr(qs, self.via)(value)


class One(Many):
    field_class = OneField


class EventFilter(LightFilterSet):
    """Which events a list shows. `at` is the moment that "upcoming" is asked for."""

    q = One("", label=_("Search term"), read=read_words, method="by_words")
    when = One("", label=_("Period"), read=Vocabulary(When.CHOICES), method="by_time")
    topic = Many("about", noun=NounKind.TOPIC, label=_("Topic"))
    format = Many("of_format", label=_("Format"), read=Vocabulary(Format.choices))
    mode = Many("in_mode", label=_("Mode"), read=Vocabulary(Mode.choices))
    organiser = Many("organised_by", noun=NounKind.ORGANISATION, label=_("Organiser"))
    organisation = Many("involving", noun=NounKind.ORGANISATION, label=_("Organisation in any role"))
    speaker = Many("with_speaker", noun=NounKind.SPEAKER, label=_("Person"))
    series = Many("in_series", noun=NounKind.SERIES, label=_("Series"))
    state = Many("in_state", label=_("State"), read=Code(SUBDIVISION))
    city = Many("in_city", label=_("Town"))
    country = Many("in_country", label=_("Country"), read=Code(COUNTRY))
    venue = Many("at_venue", noun=NounKind.VENUE, label=_("Venue"))
    near = One("", label=_("Near"), read=read_place, method="by_distance")
    radius = One("", label=_("Radius"), read=Number(LEAST, MOST), method="of_near")
    audience = Many("for_audience", label=_("Audience"), read=Vocabulary(Audience.choices))
    language = Many("in_language", label=_("Language"), read=Vocabulary(Language.choices))
    status = Many("with_status", label=_("Status"), read=Vocabulary(Status.choices))
    free = One(
        "", label=_("Free of charge"), read=Vocabulary([("1", _("Free of charge"))]), method="by_price"
    )
    to = One("", label=_("To"), read=read_date, method="until")
    sort = One("", label=_("Order"), read=Vocabulary(Sort.CHOICES), method="in_order")

    class Meta:
        model = Event
        fields: list[str] = []

    def __init__(
        self, *args: Any, at: dt.datetime | None = None, when: str = When.UPCOMING, **kwargs: Any
    ) -> None:
        """`when` is the period that holds where the parameters name none."""
        super().__init__(*args, **kwargs)
        self.at, self.default_when = at, when
        self._found: search.Found | None = None

    @property
    def chosen(self) -> dict[str, Any]:
        """{parameter: what it says}, the period in any case and first."""
        values = {"when": None, **self.form.cleaned_data}
        return values | {"when": values["when"] or self.default_when}

    def filter_queryset(self, queryset: EventQuerySet, without: str | None = None) -> EventQuerySet:
        """The events of all parameters, or of all but one (for the facet of that one)."""
        for name, value in self.chosen.items():
            if name != without:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    def by_words(self, queryset: EventQuerySet, name: str, value: str) -> EventQuerySet:
        return queryset.filter(pk__in=self.answers(value).keys)

    def answers(self, question: str) -> search.Found:
        """Asked once: the list and each of its facets take the same answer."""
        if self._found is None:
            self._found = search.among("event", question, self.at)
        return self._found

    def by_time(self, queryset: EventQuerySet, name: str, value: str) -> EventQuerySet:
        """Without an order of its own a question about all of time is answered best match first."""
        if value == When.ALL:
            return self.in_order(queryset, "sort", Sort.RELEVANCE)
        return queryset.past(self.at) if value == When.PAST else queryset.upcoming(self.at)

    def by_distance(self, queryset: EventQuerySet, name: str, value: str) -> EventQuerySet:
        return queryset.at_any(self.around.venues) if self.around else queryset

    def of_near(self, queryset: EventQuerySet, name: str, value: int) -> EventQuerySet:
        """Says how far `near` reaches, and nothing alone."""
        return queryset

    @cached_property
    def around(self) -> Around | None:
        """The surroundings asked for; their venues are looked up once for the list and all of its facets."""
        values = self.form.cleaned_data
        return around(values["near"], values.get("radius")) if values.get("near") else None

    def by_price(self, queryset: EventQuerySet, name: str, value: str) -> EventQuerySet:
        return queryset.free()

    def since(self, queryset: EventQuerySet, name: str, value: dt.date) -> EventQuerySet:
        return queryset.between(value, None)

    def until(self, queryset: EventQuerySet, name: str, value: dt.date) -> EventQuerySet:
        return queryset.between(None, value)

    def in_order(self, queryset: EventQuerySet, name: str, value: str) -> EventQuerySet:
        if value == Sort.DISTANCE and self.around:
            return queryset.nearest_first(self.around.venues)
        question = self.form.cleaned_data.get("q")
        if value != Sort.RELEVANCE or not question:
            return queryset.order_by(*Sort.ORDERS[value])
        best = Value(self.answers(question).best, output_field=ArrayField(BigIntegerField()))
        place = Func(best, F("pk"), function="array_position", output_field=IntegerField())
        return queryset.order_by(place, *Sort.ORDERS[value])


# "from" is a word of Python, so this one filter cannot be written as an attribute.
EventFilter.base_filters["from"] = One("", label=_("From"), read=read_date, method="since")
