"""Which events wait for an editor: one condition per kind of task, used for its count and its list alike."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from events.completeness import lacking
from events.models import EventVenue
from events.models.choices import Eligibility, Mode, State, Status

# So near that visitors decide whether to come.
SOON = dt.timedelta(days=30)
# How long after its end somebody may still find out how many came.
FRESH = dt.timedelta(days=180)

_HAPPENS = Q(status__in=[Status.SCHEDULED, Status.RESCHEDULED, Status.MOVED_ONLINE])
_PUBLIC = Q(state=State.PUBLISHED)
_LIVING = Q(state__in=[State.IN_REVIEW, State.PUBLISHED])


def _soon(at: dt.datetime | None) -> Q:
    today = timezone.localdate(at)
    return Q(starts_on__gte=today, starts_on__lte=today + SOON) & _HAPPENS & _LIVING


def without_venue(events: Any, at: dt.datetime | None = None) -> Any:
    """Starting soon, and nobody knows where."""
    places = EventVenue.objects.filter(event=OuterRef("pk")).order_by()
    return events.filter(_soon(at), ~Q(mode=Mode.ONLINE), ~Exists(places))


def without_registration(events: Any, at: dt.datetime | None = None) -> Any:
    """Starting soon, open to who registers, and no address for that."""
    closed = Q(sold_out=True) | Q(eligibility=Eligibility.INVITATION)
    return events.filter(_soon(at), ~closed, registration_url="")


def without_head_count(events: Any, at: dt.datetime | None = None) -> Any:
    """Over for half a year at most, still "scheduled", and nobody has looked since how it went.

    Marking such an event as checked says that the organiser gives no figures.
    """
    now = at or timezone.now()
    over = Q(ends_at__lte=now, ends_at__gt=now - FRESH)
    untold = Q(attendees=None, attendees_onsite=None, attendees_online=None)
    unseen = Q(checked_on=None) | Q(checked_on__lte=F("ends_on"))
    return events.filter(over, untold, unseen, _PUBLIC, status=Status.SCHEDULED)


def unchecked(events: Any, at: dt.datetime | None = None) -> Any:
    """To come, and not compared with its sources for longer than CHECK_INTERVALS allow at its distance.

    An entry that was never marked as checked counts from the day on which it was made.
    """
    now = at or timezone.now()
    today, due, begin = timezone.localdate(now), Q(pk__in=[]), None
    for ahead, every in settings.CHECK_INTERVALS:
        near = Q(starts_on__lte=today + dt.timedelta(days=ahead))
        if begin is not None:
            near &= Q(starts_on__gt=begin)
        limit = today - dt.timedelta(days=every)
        due |= near & (Q(checked_on__lt=limit) | Q(checked_on=None, created_at__date__lt=limit))
        begin = today + dt.timedelta(days=ahead)
    return events.filter(due, _LIVING, ~Q(status=Status.CANCELLED), ends_at__gt=now)


def without_accessibility(events: Any, at: dt.datetime | None = None) -> Any:
    """To come, and neither the event nor its place says what there is for people with disabilities."""
    return lacking(events.filter(_HAPPENS, _LIVING), "accessibility", at)


def with_poor_image(events: Any, at: dt.datetime | None = None) -> Any:
    """With an image that lacks its words, or whose text alternative repeats the title or names a file."""
    lacks = Q(image_alt="") | Q(image_credit="") | Q(image_licence="")
    repeats = Q(image_alt__iexact=F("title")) | Q(image_alt__iregex=r"^\S*\.(jpe?g|png|webp|avif|gif)$")
    return events.exclude(image="").filter(lacks | repeats, ~Q(state=State.WITHDRAWN))


def in_review(events: Any, at: dt.datetime | None = None) -> Any:
    return events.filter(state=State.IN_REVIEW)


def to_be_published(events: Any, at: dt.datetime | None = None) -> Any:
    """Published for a later moment: nobody sees it yet."""
    return events.filter(_PUBLIC, publish_from__gt=at or timezone.now())
