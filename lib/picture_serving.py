"""Uploaded pictures on a developer's machine; elsewhere a web server in front hands them out."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

from lib.pictures import TYPES


def picture_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file below MEDIA_ROOT, as a picture or not at all; its name holds a digest: it never changes."""
    kind = TYPES.get(path.rpartition(".")[2])
    if kind is None:
        raise Http404
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response.headers["Content-Type"] = kind
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
