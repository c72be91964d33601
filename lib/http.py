"""HTTP manners that hold for every address."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponse]


class PathLanguageMiddleware:
    """The language comes from the path alone: English under /en/, else German.

    Django's own LocaleMiddleware would also add `Vary: Accept-Language` and spoil shared caches.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        language = "en" if path == "/en" or path.startswith("/en/") else "de"
        with translation.override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response
