"""A hint beside the dates of an event's form: what is on on these days."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.clash.competing import Competition, Plan, Rival, Strength, competitions, likeness
from events.clash.days import days
from events.clash.form import LONGEST_PLAN
from events.clash.rows import Shown, Surroundings, Whereabouts, surroundings
from events.clash.topics import next_topics
from events.clash.weights import Certainty, common_days
from events.filters import MAX_VALUES, Unreadable, read_date
from events.models import Topic, Venue
from events.models.choices import Audience
from events.positions import positions

NAMED = 3
# Keys are numbers of PostgreSQL: nothing longer is one.
DIGITS = 18


@dataclass(frozen=True)
class Typed:
    """What the form says so far."""

    first: dt.date
    last: dt.date
    topics: list[Topic]
    next_topics: dict[str, frozenset[str]]
    audiences: list[str]
    venue: Venue | None
    event: int | None

    @property
    def where(self) -> Whereabouts:
        place = positions().get(self.venue.pk) if self.venue else None
        return Whereabouts(place[:2] if place else None, self.venue.state if self.venue else "")

    @property
    def check_url(self) -> str:
        """The public check of the same date."""
        query = QueryDict(mutable=True)
        query["from"], query["to"] = self.first.isoformat(), self.last.isoformat()
        query.setlist("topic", [topic.slug for topic in self.topics])
        query.setlist("audience", self.audiences)
        if self.venue and self.venue.city:
            query["near"] = self.venue.city
        return f"{reverse('events:clash')}?{query.urlencode()}"


@require_safe
def hint(request: HttpRequest, model_admin: admin.ModelAdmin) -> HttpResponse:
    """A fragment of HTML; empty as long as no days are typed."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    typed = _typed(request.GET)
    if typed is None:
        return HttpResponse(status=204)
    context = {"typed": typed, **_told(typed, timezone.now())}
    return render(request, "admin/events/event/clash_hint.html", context)


def _typed(query: QueryDict) -> Typed | None:
    """What was sent, as far as it can be read; None without a first day or with an impossible last one."""
    try:
        first = read_date(query.get("from", ""))
        last = read_date(query.get("to") or query.get("from", ""))
    except Unreadable:
        return None
    if not 0 <= (last - first).days < LONGEST_PLAN:
        return None
    venue = _keys(query, "venue")
    event = _keys(query, "event")
    chosen = set(_keys(query, "topic"))
    topics = Topic.objects.in_order().select_related("parent")
    return Typed(
        first,
        last,
        [topic for topic in topics if topic.pk in chosen],
        next_topics(topics),
        [value for value in query.getlist("audience") if value in Audience.values],
        Venue.objects.filter(pk=venue[0]).first() if venue else None,
        event[0] if event else None,
    )


def _keys(query: QueryDict, name: str) -> list[int]:
    values = query.getlist(name)[:MAX_VALUES]
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) <= DIGITS]


def _told(typed: Typed, now: dt.datetime) -> dict[str, object]:
    where = typed.where
    plan = Plan(
        typed.first,
        typed.last,
        frozenset(topic.slug for topic in typed.topics),
        frozenset(typed.audiences),
        where.is_known,
        next_topics=typed.next_topics,
    )
    found = surroundings(plan, where, now, [typed.event] if typed.event else [])
    competing = competitions(plan, [likeness(plan, rival) for rival in found.rivals])
    on_days = [one.rival for one in competing if _is_on(one.rival, typed)]
    alike = [rival for rival in on_days if rival.topics & plan.topics]
    calendar = days(typed.first, typed.last, where.state)
    return {
        "alike": len(alike),
        "others": len(on_days) - len(alike),
        "strongest": _strongest(competing, found),
        "days": calendar,
        "is_plain": not (calendar.holidays or calendar.bridges or calendar.weekend),
    }


def _is_on(rival: Rival, typed: Typed) -> bool:
    """Whether it takes place on one of the typed days, and does not only might."""
    return rival.certainty is Certainty.DAY and common_days((typed.first, typed.last), rival.days) > 0


def _strongest(competing: list[Competition], found: Surroundings) -> list[Shown]:
    strong = [one for one in competing if one.strength is not Strength.WEAK]
    return [found.shown(one.rival.key) for one in strong[:NAMED]]
