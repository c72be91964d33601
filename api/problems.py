"""Errors as problem details (RFC 9457), in the language asked for."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

MEDIA_TYPE = "application/problem+json"
SHOWN = 80
# Status and title of each kind. The kind is the last part of the problem's type.
KINDS: dict[str, tuple[int, Any]] = {
    "bad-parameter": (400, gettext_lazy("A parameter cannot be used")),
    "not-found": (404, gettext_lazy("There is nothing at this address")),
    "method-not-allowed": (405, gettext_lazy("This method is not offered here")),
    "not-acceptable": (406, gettext_lazy("Answers are JSON only")),
    "gone": (410, pgettext_lazy("an entry", "This entry is gone")),
    "too-many-requests": (429, gettext_lazy("Too many requests")),
    "internal-error": (500, gettext_lazy("Something is broken on our side")),
}


@dataclass(frozen=True)
class Fault:
    """A parameter that cannot be used, and why."""

    parameter: str
    value: str
    detail: str


class Refusal(Exception):
    """A request that cannot be answered; `facts` are members beyond those of the standard."""

    def __init__(self, kind: str, detail: str, **facts: Any) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.facts = kind, detail, facts


def bad_parameters(faults: list[Fault]) -> Refusal:
    """400 that names each parameter and what is wrong with it."""
    return _faulty("bad-parameter", faults)


def not_found(faults: list[Fault] | None = None) -> Refusal:
    """404 for an entry, for a place, or for a page whose cursor leads nowhere."""
    if faults:
        return _faulty("not-found", faults)
    return Refusal("not-found", _("There is no such entry, or it is not public."))


def _faulty(kind: str, faults: list[Fault]) -> Refusal:
    errors = [
        {"parameter": one.parameter, "value": one.value.replace("\x00", "�")[:SHOWN], "detail": one.detail}
        for one in faults
    ]
    return Refusal(kind, " ".join(f"{one.parameter}: {one.detail}" for one in faults), errors=errors)


def respond(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer, never kept by caches."""
    status, title = KINDS[refusal.kind]
    body = {
        "type": f"{settings.SITE_URL}{reverse('api:docs')}#{refusal.kind}",
        "title": str(title),
        "status": status,
        "detail": refusal.detail,
        "instance": request.path,
        **refusal.facts,
    }
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False, indent=1) + "\n", content_type=MEDIA_TYPE, status=status
    )
    response.headers["Cache-Control"] = "no-store"
    return response
