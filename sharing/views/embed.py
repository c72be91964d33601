"""Lists and events inside other sites' pages, and the page that shows how to put them there."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from events.outputs import plain
from events.selection import Selection
from lib.http import Gone, Moved, lasting
from sharing import frames
from sharing.finding import list_address, list_title, shared_event, shared_list

View = Callable[..., HttpResponseBase]
SCRIPT = (Path(__file__).resolve().parent.parent / "embed.js").read_bytes()
# Other sites name the script by this address for years: a correction reaches them within the hour.
SCRIPT_AGE = 3600


def framed(view: View) -> View:
    """Any site may show this page in a frame, and what is wrong is said inside the frame.

    Nothing here acts for a visitor: there is no form, no cookie, nobody is logged in.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return _told(request, 404, [_("There is no event at this address.")])
        except Gone:
            return _told(request, 410, [_("This entry has been withdrawn.")])

    policy = {"frame-ancestors": ["*"], "form-action": [NONE], "connect-src": [NONE]}
    return xframe_options_exempt(csp_replace(policy)(shown))


def _told(request: HttpRequest, status: int, problems: list[str]) -> HttpResponse:
    return render(request, "sharing/frame_problem.html", {"problems": problems}, status=status)


@require_safe
@framed
@lasting
def event_list(request: HttpRequest) -> HttpResponse:
    """The list with any filter. What cannot be read is refused: such a list must never widen by itself."""
    selection = shared_list(request.GET, request.path)
    form = frames.LookForm(request.GET)
    look = frames.Look.of(form)
    problems = [one.text for one in selection.problems] + _errors(form)
    if problems:
        return _told(request, 400, problems)
    context = {
        "look": look,
        "title": list_title(selection),
        "events": selection.events.for_listing()[: look.limit],
        "total": selection.total,
        "page_url": list_address(selection),
        "canonical": list_address(selection),
    }
    return render(request, "sharing/frame_list.html", context)


def _errors(form: frames.LookForm) -> list[str]:
    """What is wrong with the form, each sentence with its field's name before it."""
    return [f"{form[name].label}: {' '.join(map(str, errors))}" for name, errors in form.errors.items()]


@require_safe
@framed
@lasting
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event."""
    found = shared_event(slug, "sharing:embed-event")
    page_url = settings.SITE_URL + found.get_absolute_url()
    look = frames.Look.of(frames.LookForm(request.GET))
    context = {"look": look, "title": found.display_title, "events": [found], "is_single": True}
    return render(request, "sharing/frame_list.html", context | {"page_url": page_url, "canonical": page_url})


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """The script for the other site's page that makes frames as high as their content."""
    response = HttpResponse(SCRIPT, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={SCRIPT_AGE}"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
@csp_update({"frame-src": [SELF]})
@lasting
def builder(request: HttpRequest) -> HttpResponse:
    """The lines of HTML for any filter or one event, beside what they show."""
    form = frames.BuilderForm(request.GET)
    slug = request.GET.get("event", "")
    try:
        about = _one_event(slug, form) if slug else _list(shared_list(request.GET, request.path), form)
    except Moved as moved:
        raise (_renamed(request, moved) if slug else moved) from None
    return render(request, "sharing/builder.html", {"form": form, **about})


def _renamed(request: HttpRequest, moved: Moved) -> Moved:
    """To this page again, with the name that the event bears now."""
    query = request.GET.copy()
    query["event"] = resolve(urlsplit(moved.url).path).kwargs["slug"]
    return Moved(f"{request.path}?{query.urlencode()}")


def _list(selection: Selection, form: frames.BuilderForm) -> dict[str, Any]:
    look, title = frames.Look.of(form), list_title(selection)
    address = frames.list_frame(selection.query_dict, look)
    height = look.pixels(selection.total)
    return {
        "selection": selection,
        "problems": [one.text for one in selection.problems],
        "page_url": list_address(selection),
        "kept": [(name, value) for name, values in selection.query_dict.lists() for value in values],
        **_shown(address, title, height, look),
    }


def _one_event(slug: str, form: frames.BuilderForm) -> dict[str, Any]:
    found = shared_event(slug, "events:detail")
    for name in ("layout", "limit"):
        del form.fields[name]
    look, title = frames.Look.of(form), plain.line(found.display_title)
    return {
        "event": found,
        "page_url": reverse("events:detail", args=[found.slug]),
        "kept": [("event", found.slug)],
        **_shown(frames.event_frame(found.slug, look), title, frames.LOWEST, look),
    }


def _shown(address: str, title: str, height: int, look: frames.Look) -> dict[str, Any]:
    """The code, and the same frame for the preview."""
    path = address.removeprefix(settings.SITE_URL)
    code = frames.snippet(address, title, height, resized=look.height == "auto")
    return {"code": code, "look": look, "frame": {"path": path, "title": title, "height": height}}
