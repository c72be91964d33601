"""What every template needs to know of the site and of the page's own address."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from lib.look import addresses
from lib.quick import entry_path
from lib.site import site_about, site_name, site_tagline

Words = tuple[tuple[str, Any], ...]


def site(request: HttpRequest) -> dict[str, Any]:
    """Name, address and look of the site; the page's canonical address and its other languages."""
    return {
        "site": {
            "name": site_name(),
            "tagline": site_tagline,
            "about": site_about,
            "url": settings.SITE_URL,
            "look": addresses,
            "logo_alt": settings.LOGO_ALT,
            "easy_language_url": settings.EASY_LANGUAGE_URL,
            "sign_language_url": settings.SIGN_LANGUAGE_URL,
            "languages": settings.LANGUAGES,
        },
        # The same under a name of its own: Django's page to sign in calls something else "site".
        "site_look": addresses,
        "canonical": settings.SITE_URL + request.path,
        "alternates": _alternates(request),
    }


def _alternates(request: HttpRequest) -> list[dict[str, Any]]:
    """The page in each language: [{code, name, url, path, is_current, is_default}]; paths keep the query.

    None where the site has one language: then there is nothing to choose, and nothing to tell robots.
    """
    if len(settings.LANGUAGES) == 1:
        return []
    match = getattr(request, "resolver_match", None)
    if match is None or not match.view_name:
        return _home_alternates(request)
    query = request.META.get("QUERY_STRING", "")
    try:
        paths = _paths(match.view_name, match.args, tuple(match.kwargs.items()))
    except NoReverseMatch:
        return _home_alternates(request)
    return [_alternate(request, code, path, query) for code, path in paths]


def _home_alternates(request: HttpRequest) -> list[dict[str, Any]]:
    """For addresses without a counterpart, such as an unknown page: the way to the start page."""
    return [_alternate(request, code, path, "") for code, path in _paths("home")]


def _paths(name: str, args: tuple[Any, ...] = (), kwargs: Words = ()) -> list[tuple[str, str]]:
    """[(language, path)] of a view."""
    if not args and len(kwargs) == 1 and kwargs[0][0] == "slug":
        return [(code, entry_path(name, kwargs[0][1], code)) for code, _name in settings.LANGUAGES]
    return _reversed(name, args, kwargs)


@lru_cache(maxsize=500)
def _reversed(name: str, args: tuple[Any, ...], kwargs: Words) -> list[tuple[str, str]]:
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.append((code, reverse(name, args=args, kwargs=dict(kwargs))))
    return found


def _alternate(request: HttpRequest, code: str, path: str, query: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": {"de": "Deutsch", "en": "English"}.get(code, code),
        "url": settings.SITE_URL + path,
        "path": f"{path}?{query}" if query else path,
        "is_current": code == getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "is_default": code == settings.LANGUAGE_CODE,
    }
