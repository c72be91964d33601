"""The addresses that outputs name, without the views behind them."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import include, path
from django.utils.translation import gettext_lazy as _


def nothing(request, slug=""):
    return HttpResponse()


events = [
    path(_("events.jsonld"), nothing, name="list-jsonld"),
    path(_("topics/"), nothing, name="topic-list"),
    path(_("events/<slug:slug>/"), nothing, name="detail"),
    path(_("events/<slug:slug>.ics"), nothing, name="ics"),
    path(_("events/<slug:slug>.json"), nothing, name="json"),
    path(_("events/<slug:slug>.jsonld"), nothing, name="jsonld"),
    path(_("series/<slug:slug>/"), nothing, name="series"),
    path(_("topics/<slug:slug>/"), nothing, name="topic"),
    path(_("venues/<slug:slug>/"), nothing, name="venue"),
]
organisations = [path(_("organisations/<slug:slug>/"), nothing, name="detail")]
people = [path(_("people/<slug:slug>/"), nothing, name="detail")]
urlpatterns = i18n_patterns(
    path("", include((events, "events"))),
    path("", include((organisations, "organisations"))),
    path("", include((people, "speakers"))),
    prefix_default_language=False,
)
