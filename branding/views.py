from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lib.look import MAKERS, made

A_YEAR = "public, max-age=31536000, immutable"


@require_safe
def file(request: HttpRequest, stem: str, digest: str, ending: str) -> HttpResponse:
    """A file of the look. Under a former hash the present one: a page may be older than the settings.

    While processes are restarted one after the other, a page of one may ask another one for its colours.
    """
    # Whatever else strangers ask for is not even remembered.
    found = made(stem) if stem in MAKERS else None
    if found is None or found.ending != f".{ending}":
        raise Http404
    response = HttpResponse(found.content, content_type=found.media_type)
    if digest == found.digest:
        response.headers["Cache-Control"] = A_YEAR
    # Other sites show lists and pictures of links in these colours.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
