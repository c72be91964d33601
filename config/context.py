"""What every template needs to know of the site and of the page's own address."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override


def site(request: HttpRequest) -> dict[str, Any]:
    """Name and address of the site; the page's canonical address and its other language."""
    return {
        "site": {"name": settings.SITE_NAME, "url": settings.SITE_URL},
        "canonical": settings.SITE_URL + request.path,
        "alternates": _alternates(request),
    }


def _alternates(request: HttpRequest) -> list[dict[str, Any]]:
    """The page in each language: [{code, name, url, path, is_current}]; paths keep the query."""
    match = getattr(request, "resolver_match", None)
    if match is None or not match.view_name:
        return _home_alternates(request)
    query = request.META.get("QUERY_STRING", "")
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            try:
                path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
            except NoReverseMatch:
                return _home_alternates(request)
            found.append(_alternate(request, code, path, query))
    return found


def _home_alternates(request: HttpRequest) -> list[dict[str, Any]]:
    """For addresses without a counterpart, such as an unknown page: the way to the start page."""
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.append(_alternate(request, code, reverse("home"), ""))
    return found


def _alternate(request: HttpRequest, code: str, path: str, query: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": {"de": "Deutsch", "en": "English"}.get(code, code),
        "url": settings.SITE_URL + path,
        "path": f"{path}?{query}" if query else path,
        "is_current": code == getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
    }
