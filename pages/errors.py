"""Answers to what cannot be answered: in the site's dress, with a way on, never found by search engines.

config/urls.py names these as handler400 and so on. What is withdrawn (410) is answered by
lib.http.AddressMiddleware with the same dress.
"""

import json
import logging

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.template import Context, loader
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from lib import languages
from lib.logs import number
from lib.look import addresses
from lib.site import site_name

logger = logging.getLogger(__name__)


def handler400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    # What the dress links to would bear a host that is not ours.
    return bare(request, 400) if isinstance(exception, DisallowedHost) else in_dress(request, 400)


def handler403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return in_dress(request, 403)


def handler404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return in_dress(request, 404)


def handler500(request: HttpRequest) -> HttpResponse:
    """Something is broken, perhaps the database or a template: nothing of them is used."""
    return bare(request, 500)


def in_dress(request: HttpRequest, status: int) -> HttpResponse:
    """The page of that status; should the dress itself be torn, the bare one."""
    with override(language(request)):
        try:
            text = loader.render_to_string(f"{status}.html", {"noindex": True}, request)
        except Exception:
            # Whatever it was (a database that is away, say), it must not hide the first error.
            logger.warning("The page for %s could not be rendered.", status, exc_info=True)
            return bare(request, status)
    return HttpResponse(text, status=status)


def bare(request: HttpRequest, status: int) -> HttpResponse:
    """A page that needs neither database nor context processors nor a known host."""
    with override(language(request)):
        template = loader.get_template("500.html").template  # type: ignore[attr-defined]
        facts = {
            "status": status,
            "number": number(),
            "site_name": site_name(),
            "contact_email": settings.CONTACT_EMAIL,
            "stylesheet": _stylesheet(),
            "look": addresses(),
            "logo_alt": settings.LOGO_ALT,
            "language": language(request),
            "home": f"{languages.prefix(language(request))}/",
            "search": _search(),
        }
        return HttpResponse(template.render(Context(facts)), status=status)


def problem(status: int, title: str, detail: str, **more: str) -> HttpResponse:
    """RFC 9457, for programs; no type of its own, since nothing more is to be said of it."""
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    text = json.dumps(told | {"request_id": number()}, ensure_ascii=False, indent=1) + "\n"
    return HttpResponse(text, status=status, content_type="application/problem+json")


def language(request: HttpRequest) -> str:
    """The language of the path: an error may come before or after the middleware that sets it."""
    return languages.of_path(request.path_info)


def _search() -> str:
    """Where the search form leads; nowhere when even the addresses are broken."""
    try:
        return reverse("events:list")
    except NoReverseMatch:
        return ""


def _stylesheet() -> str:
    """The stylesheet's address; the plain one where the list of hashed names is missing."""
    try:
        return staticfiles_storage.url("css/site.css")
    except ValueError:
        return f"{settings.STATIC_URL}css/site.css"
