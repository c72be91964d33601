"""What all pages of signing in have in common: the look of the admin."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import ResolverMatch

from accounts.signing import factors

View = Callable[..., HttpResponseBase]
PREFIXES = ("account", "mfa_")


def is_own_page(match: ResolverMatch | None) -> bool:
    """allauth asks for these names without a namespace."""
    return match is not None and not match.namespaces and (match.url_name or "").startswith(PREFIXES)


def dressed(view: View, **words: Any) -> View:
    """The view in the admin's dress. `words` go into the template as they are."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse) and not response.is_rendered:
            response.context_data = dress(request) | words | (response.context_data or {})
        return response

    return answer


def dress(request: HttpRequest) -> dict[str, Any]:
    """What the admin's base template asks for; no ways into the admin while they would lead back here."""
    context: dict[str, Any] = admin.site.each_context(request)
    owes = request.user.is_authenticated and factors.is_owed_by(request.user)
    if owes:
        context |= {"available_apps": [], "tools": []}
    return context | {
        "owes_factor": owes,
        "keys_are_possible": factors.keys_are_possible(),
        "recent_minutes": settings.PASSWORD_RESET_TIMEOUT // 60,
    }
