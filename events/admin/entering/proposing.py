"""The empty form of an event, filled in with the next edition or a duplicate of another one."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.editions import YEAR, Proposal, duplicate, next_edition
from events.expectations import pace
from events.models import Event
from events.models.choices import Precision, State
from lib import dates

# Days of a month on average, for half the way from one edition to the next.
MONTH = 30.4
MOST_TURNS = 40


@dataclass(frozen=True)
class Told:
    """What the form says above its fields: where the values come from, and the days proposed, if any."""

    event: Event
    kind: str
    first: dt.date | None = None
    last: dt.date | None = None
    precision: str = Precision.DAY
    months: int | None = None
    later_url: str = ""

    @property
    def days(self) -> str:
        """With the weekdays, which are what stayed."""
        if self.first is None or self.last is None:
            return ""
        if self.precision != Precision.DAY:
            return dates.span(self.first, self.last, self.precision)
        ends = dict.fromkeys((self.first, self.last))
        return f" {dates.EN_DASH} ".join(dates.day(day, weekday=True) for day in ends)

    @property
    def week(self) -> int | None:
        """The calendar week, where days are proposed."""
        return self.first.isocalendar().week if self.first and self.precision == Precision.DAY else None


@require_safe
def propose_next(request: HttpRequest, key: int, page: Any) -> HttpResponse:
    """The form of a new event with what can be known of the edition after this one."""
    event = _source(request, key, page)
    found = pace(event.series) if event.series else None
    months, turns = found or YEAR, _turns(request)
    proposal = next_edition(event, months, turns)
    there = None if "again" in request.GET else _already_there(event, proposal, months)
    if there is not None and (known := _link(request, page, there)):
        return _refer(request, page, event, there, known)
    first, last = proposal.fields["starts_on"], proposal.fields["ends_on"]
    later = _later_url(event, page, months, turns, last)
    told = Told(event, "next", first, last, event.date_precision, found, later)
    return _filled_form(request, page, proposal, told, _("Next edition of “%(title)s”"))


@require_safe
def propose_next_of_series(request: HttpRequest, key: int, page: Any) -> HttpResponse:
    """The same from the last edition of a series; without one an empty form of that series."""
    if not page.has_add_permission(request):
        raise PermissionDenied
    editions = page.get_queryset(request).filter(series=key).exclude(state=State.WITHDRAWN)
    last = editions.filter(parent=None).order_by("-starts_on", "-pk").first()
    if last is None:
        return HttpResponseRedirect(f"{_route(page, 'add')}?series={key}")
    return HttpResponseRedirect(_route(page, "next", last.pk))


@require_safe
def propose_duplicate(request: HttpRequest, key: int, page: Any) -> HttpResponse:
    """The form of a new event with all that is said of this one; the date is to be entered."""
    event = _source(request, key, page)
    return _filled_form(
        request, page, duplicate(event), Told(event, "duplicate"), _("Duplicate of “%(title)s”")
    )


def _source(request: HttpRequest, key: int, page: Any) -> Event:
    """The event to start from, with its rows, if this person may see it and enter others."""
    seen: QuerySet[Event] = page.get_queryset(request).filter(pk=key)
    event = _with_rows(seen).first()
    if event is None:
        raise Http404
    if not (page.has_add_permission(request) and page.has_view_permission(request, event)):
        raise PermissionDenied
    return event


def _with_rows(events: QuerySet[Event]) -> QuerySet[Event]:
    """With everything that `next_edition` and `duplicate` read."""
    return events.select_related("series").prefetch_related(
        "venue_links__venue",
        "topic_links__topic",
        "participations__organisation__successor",
        "appearances__speaker",
        "appearances__organisation",
        "sessions",
        "prices",
        "sources",
    )


def _filled_form(request: HttpRequest, page: Any, proposal: Proposal, told: Told, title: str) -> HttpResponse:
    request.proposal = proposal  # type: ignore[attr-defined]
    context = {"proposal": told, "title": title % {"title": told.event.title}}
    answer: HttpResponse = page.changeform_view(request, None, _route(page, "add"), context)
    return answer


def _turns(request: HttpRequest) -> int:
    text = request.GET.get("turns", "1")
    return min(max(int(text), 1), MOST_TURNS) if text.isascii() and text.isdigit() and len(text) < 4 else 1


def _later_url(event: Event, page: Any, months: int, turns: int, last: dt.date) -> str:
    """Where the first edition that is not over yet is proposed; empty if the proposed one is not."""
    today = timezone.localdate()
    if last >= today:
        return ""
    turns += -(-((today.year - last.year) * YEAR + today.month - last.month) // months)
    return f"{_route(page, 'next', event.pk)}?turns={min(turns, MOST_TURNS)}"


# -- an edition that is there already ----------------------------------------------------------------


def _already_there(event: Event, proposal: Proposal, months: int) -> Event | None:
    """The edition that comes closest to the proposed days, within half the way to the one before or after."""
    first, last = proposal.fields["starts_on"], proposal.fields["ends_on"]
    around = dt.timedelta(days=int(months * MONTH / 2))
    others = Event.objects.exclude(pk=event.pk).exclude(state=State.WITHDRAWN).exclude(parent=event.pk)
    others = others.filter(starts_on__gt=event.ends_on).between(first - around, last + around)
    if event.series_id:
        others = others.filter(series=event.series_id)
    else:
        others = others.filter(title__iexact=proposal.fields["title"])
    return min(others, key=lambda other: abs(other.starts_on - first), default=None)


def _link(request: HttpRequest, page: Any, event: Event) -> str:
    """Where this person can see it; empty for what is none of theirs."""
    if page.get_queryset(request).filter(pk=event.pk).exists():
        return _route(page, "change", event.pk)
    return event.get_absolute_url() if event.is_public() else ""


def _refer(request: HttpRequest, page: Any, event: Event, there: Event, link: str) -> HttpResponse:
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "title": _("The next edition is there already"),
        "event": event,
        "there": there,
        "link": link,
        "again": f"{request.path}?again=1&turns={_turns(request)}",
    }
    return TemplateResponse(request, "admin/events/event/next_edition.html", context)


def _route(page: Any, name: str, *arguments: int) -> str:
    return reverse(f"{page.admin_site.name}:events_event_{name}", args=arguments)
