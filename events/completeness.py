"""How complete an entry is: 0 to 100, with what is missing and how much each thing counts.

One table for the list's column, its order and filter, the form and the work list. A thing that an entry
cannot have counts neither way: an online event needs no venue, a past one no registration. So each entry can
reach 100.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Avg,
    BooleanField,
    Case,
    Exists,
    Expression,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event, EventTopic, EventVenue, Participation, Price, Series, SeriesOrganiser, Source
from events.models.choices import ORGANISING, Eligibility, Mode, VenueUse
from lib.editing.forms import Text

ALWAYS = Q()
# Of a series, so many editions count: old ones say little about the care it gets.
EDITIONS = 5


@dataclass(frozen=True)
class Fact:
    """Something that an entry should say: its name, how much it counts, the id in the form."""

    name: str
    label: Text
    weight: int
    anchor: str
    said: Any
    needed: Q = ALWAYS


@dataclass(frozen=True)
class Completeness:
    """Of one entry: points of 100, rounded down, and what is missing, the weightiest first."""

    score: int
    missing: list[Fact] = field(default_factory=list)


Linked = Callable[[QuerySet[Any]], Any]


def _linked(rows: QuerySet[Any], to: str = "event") -> Exists:
    """Whether there are such rows of the entry; for conditions on many entries, as one join."""
    return Exists(rows.order_by().filter(**{to: OuterRef("pk")}))


def _looked_up(rows: QuerySet[Any]) -> Any:
    """The same for the few entries of a page: PostgreSQL would read all rows into memory for EXISTS there."""
    return IsNull(Subquery(rows.order_by().filter(event=OuterRef("pk")).values("pk")[:1]), False)


def _upcoming(at: dt.datetime) -> Q:
    return Q(ends_at__gt=at)


def event_facts(at: dt.datetime | None = None, linked: Linked = _linked) -> list[Fact]:
    """What an event's entry should say at that moment."""
    upcoming = _upcoming(at or timezone.now())
    venues = EventVenue.objects.filter(use=VenueUse.VENUE)
    accessible = ~Q(venue__accessibility=[]) | ~Q(venue__accessibility_note="")
    counted = Q(attendees__isnull=False) | Q(attendees_onsite__isnull=False)
    priced = Q(is_free__isnull=False) | ~Q(price_note="") | Q(linked(Price.objects.all()))
    barriers = ~Q(accessibility=[]) | Q(linked(venues.filter(accessible)))
    return [
        Fact("summary", _("summary"), 14, "id_summary", ~Q(summary="")),
        Fact("venue", _("venue"), 12, "venue_links-group", linked(EventVenue.objects.all()), _ON_SITE),
        Fact("organiser", _("organiser"), 12, "participations-group", linked(_ORGANISERS)),
        Fact("topic", _("topic"), 10, "topic_links-group", linked(EventTopic.objects.all())),
        Fact("website", _("website"), 10, "id_website", ~Q(website="")),
        Fact("source", _("source"), 8, "sources-group", linked(Source.objects.all())),
        Fact("description", _("description"), 8, "id_description", ~Q(description="")),
        Fact("price", _("price"), 6, "id_is_free", priced),
        Fact(
            "registration",
            _("registration"),
            6,
            "id_registration_url",
            ~Q(registration_url=""),
            upcoming & ~Q(eligibility=Eligibility.INVITATION),
        ),
        Fact("accessibility", _("accessibility"), 6, "id_accessibility_0", barriers, upcoming),
        Fact(
            "attendees",
            _("head count"),
            4,
            "id_attendees",
            counted | Q(attendees_online__isnull=False),
            ~upcoming,
        ),
        Fact("format", _("format"), 4, "id_formats_0", ~Q(formats=[])),
        Fact("audience", _("audience"), 4, "id_audiences_0", ~Q(audiences=[])),
    ]


_ON_SITE = ~Q(mode=Mode.ONLINE)
_ORGANISERS = Participation.objects.filter(role__in=ORGANISING)


def series_facts() -> list[Fact]:
    """What a series' own entry should say; its editions count apart."""
    return [
        Fact("summary", _("summary"), 40, "id_summary", ~Q(summary="")),
        Fact("website", _("website"), 35, "id_website", ~Q(website="")),
        Fact(
            "organiser",
            _("organiser"),
            25,
            "organiser_links-group",
            _linked(SeriesOrganiser.objects.all(), "series"),
        ),
    ]


# -- one entry ---------------------------------------------------------------------------------------


def judge(facts: Sequence[Fact], said: Iterable[bool | None]) -> Completeness:
    """For each fact whether the entry says it; None where it need not."""
    pairs = [(fact, is_said) for fact, is_said in zip(facts, said, strict=True) if is_said is not None]
    owed = sum(fact.weight for fact, _said in pairs)
    missing = [fact for fact, is_said in pairs if not is_said]
    lost = sum(fact.weight for fact in missing)
    return Completeness(100 * (owed - lost) // owed, sorted(missing, key=lambda fact: -fact.weight))


@lru_cache(maxsize=1)
def _as_told(at: dt.datetime | None) -> list[Fact]:
    # Putting conditions together takes longer than a row of a list may; told facts need none of any moment.
    return event_facts(at)


def completeness(event: Event, at: dt.datetime | None = None) -> Completeness:
    """Of an event from `with_completeness`, for the same moment."""
    return judge(_as_told(at), event.said)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class SeriesCompleteness:
    """Of a series: what its own entry says, and the mean of its latest editions (None without one)."""

    own: Completeness
    editions: int | None

    @property
    def score(self) -> int:
        return (self.own.score + (self.own.score if self.editions is None else self.editions)) // 2


def series_completeness(series: Series) -> SeriesCompleteness:
    """Of a series from `with_series_completeness`."""
    told: Any = series
    return SeriesCompleteness(judge(series_facts(), told.said), told.editions_score)


# -- many entries ------------------------------------------------------------------------------------


def with_completeness(events: QuerySet[Event], at: dt.datetime | None = None) -> QuerySet[Event]:
    """With `said`, which `completeness` reads; a list may be ordered and filtered by `score`."""
    return with_facts(events, at).alias(score=_score(event_facts(at)))


def with_facts(events: QuerySet[Event], at: dt.datetime | None = None) -> QuerySet[Event]:
    """With `said`, which `completeness` reads."""
    return events.annotate(said=_said(event_facts(at, _looked_up)))


def with_series_completeness(series: QuerySet[Series], at: dt.datetime | None = None) -> QuerySet[Series]:
    """With `said` and `editions_score` (None without editions); a list may be ordered by `score`."""
    told = series.annotate(said=_said(series_facts()), editions_score=_of_editions(at))
    return told.alias(score=_halves(_score(series_facts()), F("editions_score")))


def _of_editions(at: dt.datetime | None) -> Func:
    """Of a series: the mean of its latest editions."""
    latest = Event.objects.filter(series=OuterRef(OuterRef("pk"))).order_by("-starts_on", "-pk")
    editions = Event.objects.filter(pk__in=latest.values("pk")[:EDITIONS]).order_by()
    editions = editions.annotate(points=_score(event_facts(at, _looked_up)))
    mean = Subquery(editions.values("series").annotate(mean=Avg("points")).values("mean"))
    return Func(mean, function="floor", output_field=_WHOLE)


def lacking(events: QuerySet[Event], name: str, at: dt.datetime | None = None) -> QuerySet[Event]:
    """Those that lack the fact of this name."""
    fact = next(fact for fact in event_facts(at) if fact.name == name)
    return events.filter(fact.needed, ~Q(fact.said))


_WHOLE: Any = IntegerField()


class Late(Expression):
    """An order that is put together when a list asks for it: that takes longer than most lists may."""

    def __init__(self, make: Callable[[], Any]) -> None:
        super().__init__(output_field=_WHOLE)
        self.make = make

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        return self.make().resolve_expression(*args, **kwargs)


# By what lists of events and of series are ordered, as things stand.
BY_SCORE = Late(lambda: _score(event_facts()))
BY_SERIES_SCORE = Late(lambda: _halves(_score(series_facts()), _of_editions(None)))


def _halves(own: Any, editions: Any) -> ExpressionWrapper:
    half = (own + Coalesce(editions, own)) / Value(2)
    return ExpressionWrapper(half, output_field=_WHOLE)


def _case(fact: Fact, yes: Any, no: Any, neither: Any, output: Any) -> Case:
    whens = [When(fact.said, then=yes)]
    if fact.needed != ALWAYS:
        whens.insert(0, When(~fact.needed, then=neither))
    return Case(*whens, default=no, output_field=output)


def _said(facts: list[Fact]) -> Func:
    answers = [_case(fact, Value(True), Value(False), Value(None), BooleanField()) for fact in facts]
    return Func(*answers, template="ARRAY[%(expressions)s]", output_field=ArrayField(BooleanField(null=True)))


def _score(facts: list[Fact]) -> ExpressionWrapper:
    zero = Value(0)
    has: Any = sum((_case(fact, Value(fact.weight), zero, zero, _WHOLE) for fact in facts), start=zero)
    owed: Any = Value(sum(fact.weight for fact in facts if fact.needed == ALWAYS))
    for fact in facts:
        if fact.needed != ALWAYS:
            owed = owed + Case(When(fact.needed, then=Value(fact.weight)), default=zero, output_field=_WHOLE)
    return ExpressionWrapper(Value(100) * has / owed, output_field=_WHOLE)
