"""Pictures, codes and short addresses of what is shared."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from addresses.lookup import find
from addresses.models import NounKind
from events.models import Event, Series
from events.outputs import plain
from events.site import output_site
from sharing import cards, codes
from sharing.finding import event_by_code, shared_event


@require_safe
def event_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of a public event that other sites show beside its link."""
    return _picture(request, cards.of_event(shared_event(slug, "sharing:picture"), output_site()))


@require_safe
def series_picture(request: HttpRequest, slug: str) -> HttpResponse:
    series = find(Series.objects.all(), NounKind.SERIES, slug, "sharing:series-picture")
    editions = list(Event.objects.published().filter(series=series).in_order())
    return _picture(request, cards.of_series(series, editions, output_site()))


@require_safe
def site_picture(request: HttpRequest) -> HttpResponse:
    """The picture of every page that has none of its own."""
    return _picture(request, cards.of_site(output_site()))


def _picture(request: HttpRequest, card: cards.Card) -> HttpResponse:
    """The card as PNG. Its ETag is made from its words, so whoever knows it costs no drawing."""
    response = get_conditional_response(request, etag=card.etag)
    if response is None:
        # What draws takes more memory than most processes need; it is read with the first picture.
        from sharing import drawing

        response = HttpResponse(drawing.draw(card), content_type="image/png")
    response.headers["ETag"] = card.etag
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def event_code(request: HttpRequest, slug: str) -> HttpResponse:
    """The event's short address as a QR code."""
    event = shared_event(slug, "sharing:code")
    address = settings.SITE_URL + reverse("sharing:short", args=[codes.code_of(event.uid)])
    response = HttpResponse(
        codes.qr_svg(address, plain.line(event.display_title)), content_type="image/svg+xml"
    )
    response.headers["Content-Disposition"] = f'inline; filename="{event.slug}.svg"'
    return response


@require_safe
def short(request: HttpRequest, code: str) -> HttpResponse:
    """From the short address to the page, which may move: hence for the moment only."""
    return HttpResponseRedirect(event_by_code(code).get_absolute_url())
