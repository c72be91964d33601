"""The pages that the law asks of a public site. All that names the operator comes from the settings."""

from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lib.http import lasting
from pages.checks import GROUNDS

# In the order and with the headings of Implementing Decision (EU) 2018/1523, annex, section 1.
HEADINGS = {
    "noncompliance": _("Not compatible with the requirements"),
    "burden": _("Disproportionate burden"),
    "exempt": _("Outside the scope of the law"),
}


@require_safe
@lasting
def imprint(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/imprint.html", facts())


@require_safe
@lasting
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html", facts() | cookies())


@require_safe
@lasting
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html", facts() | {"barriers": barriers()})


def facts() -> dict[str, Any]:
    """The operator's facts by the names of their settings, and what this installation promises."""
    return {
        "legal": settings.LEGAL,
        "contact_email": settings.CONTACT_EMAIL or settings.PLACEHOLDER,
        "contact_days": settings.REPORT_CONTACT_DAYS,
        "report_days": settings.REPORT_DAYS,
    }


def cookies() -> dict[str, Any]:
    """The two cookies that editors get, and how many days each lasts."""
    return {
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "session_hours": settings.SESSION_HOURS,
        "sign_in_days": settings.SIGN_IN_DAYS,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "csrf_days": settings.CSRF_COOKIE_AGE // 86_400,
    }


def barriers() -> list[dict[str, Any]]:
    """What is not accessible, by ground: [{heading, entries: [{part, reason, alternative, lang}]}]."""
    entries = [one for one in settings.LEGAL["ACCESSIBILITY_BARRIERS"] if one.get("ground") in GROUNDS]
    entries.sort(key=lambda one: GROUNDS.index(one["ground"]))
    grouped = groupby(entries, key=lambda one: one["ground"])
    return [
        {"heading": HEADINGS[ground], "entries": [_worded(one) for one in found]} for ground, found in grouped
    ]


def _worded(entry: dict[str, str]) -> dict[str, str]:
    """The texts of a barrier in the visitor's language where there are such, else in German."""
    english = get_language() == "en" and "part_en" in entry
    ending = "_en" if english else ""
    texts = {name: entry.get(f"{name}{ending}", "") for name in ("part", "reason", "alternative")}
    return texts | {"lang": "en" if english else "de"}
