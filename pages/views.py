"""The pages that the law asks of a public site. All that names the operator comes from the settings."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lib.http import lasting
from pages import statement_data
from pages.models import Statement
from pages.statement_page import told_of
from pages.statements import shown


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
    """The statement in force (3 queries)."""
    return render(request, "pages/accessibility.html", facts() | told_of(shown()))


@require_safe
@lasting
def statement(request: HttpRequest, number: int) -> HttpResponse:
    """A version that was published once, in force or not."""
    found = get_object_or_404(Statement.objects.published().prefetch_related("barriers"), number=number)
    return render(request, "pages/accessibility.html", facts() | told_of(found) | {"noindex": True})


@require_safe
@lasting
def accessibility_data(request: HttpRequest) -> HttpResponse:
    """The statement in force for programs."""
    return HttpResponse(statement_data.document(shown()), content_type="application/json")


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
