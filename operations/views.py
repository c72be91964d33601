"""For monitoring: numbers that nobody else need know."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from operations.metrics import MEDIA_TYPE, text


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """For who brings METRICS_TOKEN (`Authorization: Bearer …`); to all others there is nothing here."""
    token: str = settings.METRICS_TOKEN
    brought = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not constant_time_compare(brought.encode(), token.encode()):
        raise Http404
    return HttpResponse(text(timezone.now()), content_type=MEDIA_TYPE)
