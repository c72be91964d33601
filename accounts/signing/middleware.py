"""What holds on every page of editors, and on no other: sessions end, and second factors come first."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import ResolverMatch, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from accounts.signing import factors, history, limits
from accounts.signing.pages import is_own_page

GetResponse = Callable[[HttpRequest], HttpResponse]


class SigningMiddleware:
    """Asks only on editors' pages who is there: elsewhere the session is left alone.

    Pages about accounts are never kept or indexed, whatever the answer.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_own_page(request.resolver_match):
            add_never_cache_headers(response)
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        is_admin = match is not None and match.namespaces[:1] == ["admin"]
        if not (is_admin or is_own_page(match)) or not request.user.is_authenticated:
            return None
        limits.extend(request.session, timezone.now())
        history.follow(request.session)
        if is_admin and factors.is_owed_by(request.user):
            return _lead_to_factors(request, match)
        return None


def _lead_to_factors(request: HttpRequest, match: ResolverMatch | None) -> HttpResponse:
    """People are led to the page where one is set up; programs are told with 403."""
    asked_by_script = request.headers.get("Sec-Fetch-Dest") == "empty" or (
        request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    )
    if asked_by_script or (match and match.url_name == "autocomplete"):
        return JsonResponse({"detail": _("Your account needs a second factor.")}, status=403)
    return HttpResponseRedirect(reverse("mfa_index"))
