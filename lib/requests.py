"""Each request gets a number, and is counted and timed. Stands before all other middleware."""

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from lib.counting import COUNTS
from lib.logs import Asked, answering, plain_path

HEADER = "X-Request-ID"
# What a proxy in front may have given; anything else could forge lines of the log.
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")

logger = logging.getLogger("requests")


class NumberMiddleware:
    """The number of a request stands in its answer, in all lines of the log and on the page of an error.

    What the shelf answers before the framework begins has none but the proxy's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        number = _number(request)
        with answering(Asked(number, request)):
            response = self.get_response(request)
            seconds = time.perf_counter() - begun
            is_slow = 0 < settings.SLOW_REQUEST_MS <= seconds * 1000
            if is_slow or logger.isEnabledFor(logging.INFO):
                _tell(request, response, seconds, is_slow)
        response.headers[HEADER] = number
        COUNTS.note(view_of(request), response.status_code, seconds)
        return response


def view_of(request: HttpRequest) -> str:
    """The name of the page's route; all pages of the admin are one, and so is all that leads nowhere."""
    match = request.resolver_match
    if match is None:
        return "none"
    return "admin" if "admin" in match.namespaces else match.view_name or "unnamed"


def _number(request: HttpRequest) -> str:
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    return given if _WELL_FORMED.fullmatch(given) else secrets.token_hex(8)


def _tell(request: HttpRequest, response: HttpResponseBase, seconds: float, is_slow: bool) -> None:
    milliseconds = round(seconds * 1000, 1)
    told = {"status": response.status_code, "duration_ms": milliseconds, "view": view_of(request)}
    told |= {"request": request}
    values = (request.method, plain_path(request), response.status_code, milliseconds)
    logger.log(logging.WARNING if is_slow else logging.INFO, "%s %s: %s in %s ms", *values, extra=told)
