from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from trail.acting import acting

# What an editor may say beside a form; shown in the entry's history.
REASON = "_reason"


class ActingMiddleware:
    """What signed-in people change is theirs. Requests without a session are not looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        with acting(lambda: request.user, lambda: _reason(request)):
            return self.get_response(request)


def _reason(request: HttpRequest) -> str:
    return request.POST.get(REASON, "").strip() if request.method == "POST" else ""
