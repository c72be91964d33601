"""The manners of everything below /api/v1/: methods, languages, limits, errors, who may read it (all)."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from api import limits
from api.outputs.linking import ROOT
from api.problems import MEDIA_TYPE, Refusal, respond
from lib import languages

METHODS = "GET, HEAD, OPTIONS"
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, RateLimit, RateLimit-Policy, Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Cache-Control": "no-cache",
}
# What the answers are; a client that wants none of them gets 406.
ACCEPTED = re.compile(r"^(\*/\*|application/(\*|json|problem\+json|vnd\.oai\.openapi\+json))$")


class ApiMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if not path.startswith(f"{ROOT}/") or path == f"{ROOT}/docs":
            return self.get_response(request)
        language = languages.offered(request.GET.get("lang"))
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self._answer(request)
        response.headers["Content-Language"] = language
        _tell_length(response)
        _set(response, CORS)
        _link(response, "/api/v1/openapi.json", "service-desc")
        if settings.DATA_LICENCE:
            _link(response, settings.DATA_LICENCE, "license")
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": METHODS, **PREFLIGHT})
        if request.method not in ("GET", "HEAD"):
            detail = _("This is a read API: GET, HEAD and OPTIONS only.")
            response = respond(request, Refusal("method-not-allowed", detail))
            response.headers["Allow"] = METHODS
            return response
        allowance = limits.count(request, timezone.now())
        if allowance is not None and allowance.is_used_up:
            words = {"limit": allowance.limit, "seconds": allowance.seconds}
            detail = _("More than %(limit)s requests in a minute. Go on in %(seconds)s seconds.") % words
            response = respond(request, Refusal("too-many-requests", detail))
        else:
            response = self._got(request)
        _set(response, allowance.headers if allowance else {})
        return response

    def _got(self, request: HttpRequest) -> HttpResponse:
        """The answer to GET; HEAD gets the same without a body."""
        if not _accepts(request):
            return respond(request, Refusal("not-acceptable", _("Ask for application/json.")))
        asked_for, request.method = request.method, "GET"
        response = self.get_response(request)
        if response.status_code == 404 and response.headers.get("Content-Type") != MEDIA_TYPE:
            response = respond(request, Refusal("not-found", _("There is no such address in this API.")))
        if asked_for == "HEAD":
            request.method = asked_for
            _tell_length(response)
            response.content = b""
        return response


def _accepts(request: HttpRequest) -> bool:
    """Whether the client takes JSON; quality values are not weighed, zero apart."""
    wanted = request.headers.get("Accept", "").strip()
    if not wanted:
        return True
    for part in wanted.split(","):
        kind, _semicolon, rest = part.partition(";")
        if ACCEPTED.match(kind.strip().lower()) and not re.search(r"\bq=0(\.0*)?\s*$", rest.strip()):
            return True
    return False


def _tell_length(response: HttpResponse) -> None:
    """Not of what has no content: it would be that of the answer which the client holds (RFC 9110 §8.6)."""
    if response.status_code in (204, 304):
        response.headers.pop("Content-Length", None)
    else:
        response.headers.setdefault("Content-Length", str(len(response.content)))


def _set(response: HttpResponse, headers: dict[str, str]) -> None:
    for name, value in headers.items():
        response.headers[name] = value


def _link(response: HttpResponse, address: str, relation: str) -> None:
    told = response.headers.get("Link")
    link = f'<{address}>; rel="{relation}"'
    response.headers["Link"] = f"{told}, {link}" if told else link
