"""Databases that are away: pages come from another one, or an answer says that there is none just now."""

import json
from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import override

from journal.sources import may_be_told, sources
from journal.state import told
from lib import languages
from lib.reading import PRIMARY, Source, reading_from, replicas, source
from pages.errors import bare, language

SECONDS_TO_WAIT = 30
# They tell themselves what is wrong, or need nothing.
PROBES = ("/healthz", "/readyz")
# All that the page for 503 loads and does.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'"


class OutageMiddleware:
    """Chooses the database of each request, and another one if that breaks before the answer begins.

    Only what no session changes is read from replicas: anonymous GET. All else is the primary's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info in PROBES:
            return self.get_response(request)
        for chosen in sources(told()) if _is_for_anybody(request) else _primary_alone():
            with reading_from(chosen):
                response = self.get_response(request)
                last = source()
            if response.status_code == 500 and _is_to_blame(chosen, last):
                continue
            if response.streaming or may_be_told(last):
                return _read_from(last, response)
        return unavailable(request)


def _is_for_anybody(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path_info.removeprefix("/en").startswith(f"/{settings.ADMIN_PATH}")
    )


def _primary_alone() -> Iterator[Source]:
    if PRIMARY.may_be_asked():
        yield PRIMARY


def _is_to_blame(*asked: Source) -> bool:
    """Whether a database that was asked is away, or is a replica that could not do what the primary can."""
    suspects = {one for one in (*asked, PRIMARY) if one.is_suspect()}
    return any(not one.answers() or one in replicas() for one in suspects)


def _read_from(chosen: Source, response: HttpResponseBase) -> HttpResponseBase:
    """An answer that is sent piece by piece reads on in the database in which it began."""
    if chosen is PRIMARY:
        PRIMARY.answered()
    elif response.streaming:
        response.streaming_content = _pieces(chosen, iter(response.streaming_content))  # type: ignore[attr-defined]
    return response


def _pieces(chosen: Source, pieces: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        with reading_from(chosen):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: nothing was saved, and when to try again."""
    if request.path_info.startswith("/api/"):
        response = HttpResponse(_problem(request), status=503, content_type="application/problem+json")
    else:
        response = bare(request, 503)
    response.headers["Retry-After"] = str(SECONDS_TO_WAIT)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = language(request)
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _problem(request: HttpRequest) -> str:
    """RFC 9457; no type of its own, since nothing more is to be said of it."""
    with override(languages.offered(request.GET.get("lang"))):
        told = {
            "type": "about:blank",
            "title": _("Not possible just now"),
            "status": 503,
            "detail": _("The directory cannot be reached at the moment. Please try again in a minute."),
            "instance": request.path,
        }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
