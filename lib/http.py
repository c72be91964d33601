"""HTTP manners that hold for every address."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from lib import languages
from lib.printable import UNPRINTABLE

GetResponse = Callable[[HttpRequest], HttpResponse]


class PathLanguageMiddleware:
    """The language comes from the path alone: under /en/ English, elsewhere the first one of the settings.

    Where somebody has read it from elsewhere in the address already, that holds. Django's own
    LocaleMiddleware would also add `Vary: Accept-Language` and spoil shared caches.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = getattr(request, "LANGUAGE_CODE", "") or languages.of_path(request.path_info)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response


class Moved(Exception):
    """What was asked for has another address now; answered with 301."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class Gone(Exception):
    """What was asked for was there and has been withdrawn; answered with 410."""


class AddressMiddleware:
    """Turns Moved and Gone into answers, so that a view may fetch and redirect in one line."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Moved):
            return HttpResponsePermanentRedirect(self._complete(exception.url, request))
        if isinstance(exception, Gone):
            # Its address may name somebody: no link repeats it.
            request.resolver_match = None
            return render(request, "410.html", {"noindex": True, "canonical": ""}, status=410)
        return None

    def _complete(self, url: str, request: HttpRequest) -> str:
        """The address with what the old one asked beside the name, unless it says that itself."""
        asked = request.META.get("QUERY_STRING", "")
        return f"{url}?{asked}" if asked and "?" not in url else url


class OpenDataMiddleware:
    """Whatever is data may be read by scripts of any site, without the visitor's cookies (Fetch, CORS)."""

    DATA = re.compile(r"\.(atom|csv|ics|json|jsonld|rdf|ttl|xml)$")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if self.DATA.search(request.path_info):
            response.headers.setdefault("Access-Control-Allow-Origin", "*")
        return response


class PrintableMiddleware:
    """Pages show no letter that outputs leave out: a mark of direction in a title turns what follows it.

    Here, since every page, the editors' too, comes by, whatever text it shows and whoever entered that.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            page = response.content.decode(response.charset)
            if UNPRINTABLE.search(page):
                response.content = UNPRINTABLE.sub("", page)
        return response


def lasting(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view whose answer depends on nothing but catalogue, moment, address, settings and code.

    The moment counts as far as `events.freshness.seed` tells it apart: such a page speaks of days, not of
    minutes. Then the answer may be kept for others, under the ETag that the shelf has made for it.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return mark_lasting(request, view(request, *args, **kwargs))

    return answer


def mark_lasting(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """As `lasting` does, where the shelf has asked for it, with a tag if it keeps pages.

    What is private or no page stays as it is.
    """
    tag = getattr(request, "shelf_tag", None)
    is_kept = "no-store" not in response.headers.get("Cache-Control", "")
    if tag is not None and response.status_code == 200 and is_kept:
        if tag:
            response.headers["ETag"] = tag
        response.is_lasting = True  # type: ignore[attr-defined]
    return response


def keep_private(request: HttpRequest) -> None:
    """The answer is for this person alone: no cache may keep it, no search engine find it."""
    request.is_private = True  # type: ignore[attr-defined]


class RevalidateMiddleware:
    """Browsers keep a page and ask each time whether it is still true (ETag); nothing goes stale."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_private", False):
            response.headers["Cache-Control"] = "private, no-store"
            response.headers["X-Robots-Tag"] = "noindex"
            for validator in ("ETag", "Last-Modified"):
                response.headers.pop(validator, None)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response
