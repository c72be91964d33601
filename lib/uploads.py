"""Requests that are too large to be taken, answered before anything of them is kept."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

# Browsers that are cut off while they send show an error of their own: so much is read and dropped.
MOST_DRAINED = 256 * 1024 * 1024
PIECE = 64 * 1024


class UploadLimitMiddleware:
    """Answers 413 by the length that the request announces; without one the server reads no body at all.

    Stands behind the sign-in, whose pages it wears, and before any view, which alone read what was sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        size = _announced(request)
        if size <= settings.UPLOAD_MOST_BYTES:
            return self.get_response(request)
        if request.user.is_authenticated:
            _drain(request, size)
        return too_large(request, size)


def _announced(request: HttpRequest) -> int:
    length = str(request.META.get("CONTENT_LENGTH") or "")
    return int(length) if length.isdecimal() else 0


def _drain(request: HttpRequest, size: int) -> None:
    left = min(size, MOST_DRAINED)
    while left > 0 and (piece := request.META["wsgi.input"].read(min(PIECE, left))):
        left -= len(piece)


def too_large(request: HttpRequest, size: int) -> HttpResponse:
    facts = {
        "title": _("That was too large"),
        "size": -(-size // 1_000_000),
        "most": settings.UPLOAD_MOST_BYTES // 1_000_000,
    }
    if request.path_info.startswith(reverse("admin:index")):
        context = {**admin.site.each_context(request), **facts}
        return render(request, "admin/too_large.html", context, status=413)
    return render(request, "413.html", {"noindex": True, **facts}, status=413)
