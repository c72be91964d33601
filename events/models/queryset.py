"""Which events: every page and every output asks here, so that all of them agree."""

import datetime as dt
from collections.abc import Collection, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    Exists,
    F,
    Func,
    IntegerField,
    JSONField,
    Min,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone

from events.models.belonging import editable, own
from events.models.choices import ORGANISING, Mode, Precision, State, Status, VenueUse
from events.models.details import EventTopic, EventVenue, PreviousDate
from events.models.involvement import Appearance, Participation
from events.models.visibility import public
from index import search

# How long a withdrawn entry is still told to calendars, as cancelled.
TOMBSTONE = dt.timedelta(days=90)


class EventQuerySet(models.QuerySet["Event"]):  # type: ignore[name-defined]
    # -- who may see it ---------------------------------------------------------------------

    def published(self, at: dt.datetime | None = None) -> "EventQuerySet":
        """What visitors may see at that moment."""
        return self.filter(public(at=at))

    def known_to_visitors(self, at: dt.datetime | None = None) -> "EventQuerySet":
        """What visitors may see, and what they saw before it was withdrawn."""
        return self.published(at) | self.gone()

    def gone(self) -> "EventQuerySet":
        """Withdrawn after visitors saw it. That there is an entry that never was public stays unsaid."""
        return self.filter(state=State.WITHDRAWN, withdrawn_at__gt=F("published_at"))

    def told_to_calendars(self, at: dt.datetime | None = None) -> "EventQuerySet":
        """What is published, and what was and has been withdrawn of late: calendars must let go of it."""
        since = (at or timezone.now()) - TOMBSTONE
        return self.published(at) | self.gone().filter(withdrawn_at__gte=since)

    # -- whose it is ------------------------------------------------------------------------

    def own_of(self, user: Any) -> "EventQuerySet":
        """What the person may see in the admin and as a preview, if they may see events at all."""
        return self.filter(own(user))

    def editable_by(self, user: Any) -> "EventQuerySet":
        """What the person may edit, if they may edit events at all (the same rule as `rights.may_edit`)."""
        return self.filter(own(user) & editable(user))

    # -- when -------------------------------------------------------------------------------

    def upcoming(self, at: dt.datetime | None = None) -> "EventQuerySet":
        """Not over yet: the last local day has not ended. Nearest first."""
        return self.filter(ends_at__gt=at or timezone.now()).order_by("starts_at", "pk")

    def past(self, at: dt.datetime | None = None) -> "EventQuerySet":
        """Over: the last local day has ended. Latest first."""
        return self.filter(ends_at__lte=at or timezone.now()).order_by("-starts_at", "-pk")

    def in_order(self) -> "EventQuerySet":
        """Earliest first."""
        return self.order_by("starts_at", "pk")

    def between(self, first: dt.date | None, last: dt.date | None) -> "EventQuerySet":
        """Events of which at least one day lies in the span; None leaves that side open."""
        found = self
        if first is not None:
            found = found.filter(ends_on__gte=first)
        if last is not None:
            found = found.filter(starts_on__lte=last)
        return found

    def with_day(self) -> "EventQuerySet":
        """Known to the day and not put off, as `Event.has_day` says it of one."""
        return self.filter(date_precision=Precision.DAY).exclude(status=Status.POSTPONED)

    def without_day(self) -> "EventQuerySet":
        """The others."""
        return self.filter(~Q(date_precision=Precision.DAY) | Q(status=Status.POSTPONED))

    def with_hours(self) -> "EventQuerySet":
        """With a day, and not on whole days: the opposite of `Event.is_all_day`."""
        until = Q(end_time__isnull=False) | Q(ends_on=F("starts_on"))
        return self.with_day().filter(until, start_time__isnull=False)

    def with_deadlines(self) -> "EventQuerySet":
        """With a day by which to register, to hand in, to book a stand or to pay less."""
        days = ("registration_deadline", "contributions_deadline", "exhibitors_deadline", "early_bird_until")
        return self.filter(reduce(or_, (Q(**{f"{day}__isnull": False}) for day in days)))

    # -- which: several values mean "or" ----------------------------------------------------

    def about(self, topics: Collection[str]) -> "EventQuerySet":
        return self._having(EventTopic.objects.filter(topic__slug__in=topics))

    def organised_by(self, organisations: Collection[str]) -> "EventQuerySet":
        """Organiser, co-organiser or host."""
        links = Participation.objects.filter(role__in=ORGANISING, organisation__slug__in=organisations)
        return self._having(links)

    def involving(self, organisations: Collection[str]) -> "EventQuerySet":
        """In any role."""
        return self._having(Participation.objects.filter(organisation__slug__in=organisations))

    def with_speaker(self, speakers: Collection[str]) -> "EventQuerySet":
        links = Appearance.objects.filter(speaker__slug__in=speakers, speaker__anonymised_at=None)
        return self._having(links)

    def in_series(self, series: Collection[str]) -> "EventQuerySet":
        return self.filter(series__slug__in=series)

    def at_venue(self, venues: Collection[str]) -> "EventQuerySet":
        return self._having(EventVenue.objects.filter(venue__slug__in=venues))

    def in_city(self, cities: Collection[str]) -> "EventQuerySet":
        return self._taking_place(venue__city_slug__in=cities)

    def in_state(self, states: Collection[str]) -> "EventQuerySet":
        return self._taking_place(venue__state__in=states)

    def in_country(self, countries: Collection[str]) -> "EventQuerySet":
        return self._taking_place(venue__country__in=countries)

    def at_any(self, venues: Collection[int]) -> "EventQuerySet":
        """At one of the venues with these primary keys, of which there may be thousands; not online only."""
        # One text instead of thousands of parameters, which each facet would bring again; unnested, since the
        # planner weighs each element of "= ANY(keys)".
        keys = Cast(Value(f"{{{','.join(map(str, venues))}}}"), ArrayField(BigIntegerField()))
        there = Func(
            F("venue"),
            keys,
            template="%(expressions)s))",
            arg_joiner=" IN (SELECT unnest(",
            output_field=BooleanField(),
        )
        links = EventVenue.objects.filter(there, use=VenueUse.VENUE)
        return self._having(links).exclude(mode=Mode.ONLINE)

    def nearest_first(self, kilometres: Mapping[int, float]) -> "EventQuerySet":
        """By the whole kilometres to the nearest of its venues, given by primary key; then by date."""
        known = Value({str(pk): round(away) for pk, away in kilometres.items()}, output_field=JSONField())
        one = Func(known, Cast("venue", CharField()), template="(%(expressions)s)", arg_joiner=" -> ")
        places = EventVenue.objects.filter(event=OuterRef("pk"), use=VenueUse.VENUE).order_by()
        nearest = places.values("event").annotate(away=Min(Cast(one, IntegerField()))).values("away")
        return self.order_by(Subquery(nearest, output_field=IntegerField()), "starts_at", "pk")

    def in_mode(self, modes: Collection[str]) -> "EventQuerySet":
        return self.filter(mode__in=modes)

    def with_status(self, statuses: Collection[str]) -> "EventQuerySet":
        return self.filter(status__in=statuses)

    def free(self) -> "EventQuerySet":
        return self.filter(is_free=True)

    def of_format(self, formats: Collection[str]) -> "EventQuerySet":
        return self.filter(formats__overlap=_texts(formats))

    def for_audience(self, audiences: Collection[str]) -> "EventQuerySet":
        return self.filter(audiences__overlap=_texts(audiences))

    def in_language(self, languages: Collection[str]) -> "EventQuerySet":
        return self.filter(languages__overlap=_texts(languages))

    def matching(self, words: str) -> "EventQuerySet":
        """What answers a question, as the search understands it (docs/search.md); all for none."""
        if not words.strip():
            return self
        found = search.matching("event", words)
        return self.none() if found is None else self.filter(pk__in=found)

    def _having(self, links: models.QuerySet) -> "EventQuerySet":
        return self.filter(Exists(links.filter(event=OuterRef("pk"))))

    def _taking_place(self, **where: object) -> "EventQuerySet":
        return self._having(EventVenue.objects.filter(use=VenueUse.VENUE, **where))

    # -- what a page needs of them, in a constant number of queries --------------------------

    def for_listing(self) -> "EventQuerySet":
        """With all that a card, a feed entry or a calendar entry tells (5 queries)."""
        return self.select_related("series").prefetch_related(
            Prefetch("participations", Participation.objects.select_related("organisation")),
            Prefetch("venue_links", EventVenue.objects.select_related("venue")),
            Prefetch("topic_links", EventTopic.objects.select_related("topic")),
            Prefetch("previous_dates", PreviousDate.objects.all()),
        )

    def for_detail(self) -> "EventQuerySet":
        """With all that an event's own page tells (11 queries; 4 more if it has parts)."""
        people = Appearance.objects.filter(speaker__anonymised_at=None)
        people = people.select_related("speaker", "organisation", "session")
        return (
            self.for_listing()
            .select_related("parent")
            .prefetch_related(
                Prefetch("appearances", people),
                Prefetch("children", type(self)(self.model).for_listing().in_order()),
                "sessions",
                "prices",
                "awards",
                "sources",
            )
        )


def _texts(values: Collection[str]) -> Value:
    """Values as an array parameter with its type said."""
    return Value(list(values), output_field=ArrayField(CharField()))
