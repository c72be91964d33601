"""Addresses that are longer than any of this site's, answered before anything reads them."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import override

from pages.errors import bare, language, problem

STATUS = 414


class AddressLimitMiddleware:
    """Answers 414 (RFC 9110 §15.5.15) in words of the visitor's language. Path and query count together."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = len(request.path_info) + len(request.META.get("QUERY_STRING", ""))
        return self.get_response(request) if length <= settings.LONGEST_ADDRESS else too_long(request)


def too_long(request: HttpRequest) -> HttpResponse:
    """Repeats nothing of the address, and does not read what it asks."""
    response = _problem() if request.path_info.startswith("/api/") else bare(request, STATUS)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = language(request)
    return response


def _problem() -> HttpResponse:
    with override(settings.LANGUAGE_CODE):
        detail = _("An address may have %(most)d letters.") % {"most": settings.LONGEST_ADDRESS}
        return problem(STATUS, _("This address is too long"), detail)
