"""The address that other sites ask how to embed one of our pages (oEmbed 1.0)."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lib.http import Gone
from sharing import oembed

FORMATS = ("json", "xml")
LONGEST_NUMBER = 5


@require_safe
def answer(request: HttpRequest) -> HttpResponse:
    """How to embed the page at `url`, as `format` json or xml, in at most `maxwidth` × `maxheight` pixels.

    501 for other formats, 404 for what is no page of this site, 410 for what was one, 400 for no number.
    """
    wanted = request.GET.get("format") or "json"
    try:
        width, height = _pixels(request, "maxwidth"), _pixels(request, "maxheight")
    except ValueError as problem:
        return _refusal(400, str(problem))
    if wanted not in FORMATS:
        return _refusal(501, _("format: json or xml"))
    try:
        page = oembed.page_at(request.GET.get("url", ""))
    except Http404:
        return _refusal(404, _("url: not a page of this site that can be embedded"))
    except Gone:
        return _refusal(410, _("This entry has been withdrawn."))
    told = oembed.document(page, width, height)
    if wanted == "xml":
        return _open(HttpResponse(oembed.as_xml(told), content_type="text/xml; charset=utf-8"))
    return _open(HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/json"))


def _pixels(request: HttpRequest, name: str) -> int | None:
    """The number of that parameter, None where it is not given. Raises ValueError with a sentence."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER and int(text) > 0):
        raise ValueError(_("%(name)s: a number of pixels") % {"name": name})
    return int(text)


def _refusal(status: int, text: str) -> HttpResponse:
    return _open(HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8"))


def _open(response: HttpResponse) -> HttpResponse:
    """Programs in other sites' pages may read it (Fetch §3.3)."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
