"""Two forms without cookies: report a barrier, report an error in an entry."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from addresses.lookup import find
from addresses.models import NounKind
from events.models import Event
from events.models.choices import State
from feedback import guards
from feedback.actions import submit
from feedback.forms import BarrierForm, ErrorForm, ReportForm
from feedback.models import Kind
from lib.http import Gone

POST_OR_LOOK = ["GET", "HEAD", "POST"]


@csrf_exempt  # See feedback/guards.py for what stands in its place.
@require_http_methods(POST_OR_LOOK)
def barrier(request: HttpRequest) -> HttpResponse:
    """A barrier anywhere on the site."""
    form = BarrierForm(
        request.POST if request.method == "POST" else None, initial={"page": came_from(request)}
    )
    done = reverse("feedback:barrier-thanks")
    return converse(request, form, done, kind=Kind.BARRIER)


@csrf_exempt  # See feedback/guards.py for what stands in its place.
@require_http_methods(POST_OR_LOOK)
def error(request: HttpRequest, slug: str) -> HttpResponse:
    """Something wrong in the entry of one event."""
    event = _entry(slug, "feedback:error")
    form = ErrorForm(request.POST if request.method == "POST" else None)
    done = reverse("feedback:error-thanks", kwargs={"slug": event.slug})
    page = settings.SITE_URL + reverse("events:detail", kwargs={"slug": event.slug})
    return converse(request, form, done, kind=Kind.ERROR, event=event, page=page)


def _entry(slug: str, route: str) -> Event:
    """The event a report is about. Raises Gone for a withdrawn one, as its own page does."""
    event = find(Event.objects.known_to_visitors(), NounKind.EVENT, slug, route)
    if event.state == State.WITHDRAWN:
        raise Gone
    return event


def converse(request: HttpRequest, form: ReportForm, done: str, **about: Any) -> HttpResponse:
    """The form; posted, the way to `done`, or the form again with all that was typed and what is amiss."""
    now, status, problem = timezone.now(), 200, ""
    if request.method == "POST":
        sender = guards.sender_of(request, now)
        status, problem = verdict(request, form, sender)
        if status == 303:
            told = about | form.cleaned_data
            submit(**told, language=get_language() or "de", sender=sender, at=now)
            return HttpResponseRedirect(done, status=303)
    hidden = {"token": guards.new_token(now), "token_name": guards.TOKEN, "trap": guards.TRAP}
    context = about | hidden | facts() | {"form": form, "problem": problem}
    response = render(request, f"feedback/{about['kind']}.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def verdict(request: HttpRequest, form: ReportForm, sender: str) -> tuple[int, str]:
    """What becomes of a post: its status (303 means: take it) and the name of the problem, if any."""
    now = timezone.now()
    if not form.is_valid():
        return 422, "invalid"
    if not guards.is_trusted(request, now):
        return 422, "again"
    if guards.is_flooding(sender, now):
        return 429, "flood"
    return 303, ""


@require_safe
def barrier_thanks(request: HttpRequest) -> HttpResponse:
    context = {"kind": Kind.BARRIER, "noindex": True, **facts()}
    return render(request, "feedback/thanks.html", context)


@require_safe
def error_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    event = _entry(slug, "feedback:error-thanks")
    context = {"kind": Kind.ERROR, "event": event, "noindex": True, **facts()}
    return render(request, "feedback/thanks.html", context)


def facts() -> dict[str, Any]:
    """What the pages say of the operator's promises."""
    return {
        "answer_days": settings.LEGAL["ACCESSIBILITY_ANSWER_DAYS"],
        "contact_days": settings.REPORT_CONTACT_DAYS,
        "contact_email": settings.CONTACT_EMAIL,
    }


def came_from(request: HttpRequest) -> str:
    """The page of this site that the visitor comes from: most likely the one that is meant."""
    path = guards.own_path(request, request.headers.get("Referer", ""))
    return settings.SITE_URL + path if path and not path.startswith(request.path) else ""
