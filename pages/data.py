"""The data for everybody: the page that explains them, the whole catalogue, its record for data portals."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from events import node_pieces
from events.conditional import conditional
from events.models import Event, Series, Topic, Venue
from events.outputs import cpev, cpev_dump, dcat, jsonld, rdf_xml
from events.site import output_site
from journal import version
from lib.http import lasting
from lib.site import site_name
from organisations.models import Organisation
from pages import data_forms
from speakers.models import Speaker

CHUNK = 500


@require_safe
@lasting
def data(request: HttpRequest) -> HttpResponse:
    """What can be had in which form, under which licence, and how to keep a copy."""
    context = {
        "licence": settings.DATA_LICENCE,
        "attribution": settings.DATA_ATTRIBUTION,
        "contact_email": settings.CONTACT_EMAIL or settings.PLACEHOLDER,
        "forms": data_forms.examples(),
        "api": settings.SITE_URL + data_forms.API,
        "api_description": data_forms.API_DESCRIPTION,
        "docs": _route("api:docs"),
        "embed": _route("sharing:builder"),
    }
    return render(request, "pages/data.html", context)


@require_safe
@conditional
def catalogue(request: HttpRequest) -> StreamingHttpResponse:
    """Every public entry as linked data (CPEV), in one document; samples are left out."""
    site = output_site()
    events = _real(Event.objects.published())
    places = events.in_order().values_list("pk", "slug", "series_id", "parent_id")
    around = cpev_dump.neighbours((cpev_dump.Row(*place) for place in places), site)
    body = cpev_dump.stream(node_pieces.nodes(events, site), around, _nouns(), site)
    response = StreamingHttpResponse(body, content_type=cpev.MEDIA_TYPE)
    described = settings.SITE_URL + reverse("dcat-jsonld")
    response.headers["Link"] = f'<{cpev.PROFILE}>; rel="profile", <{described}>; rel="describedby"'
    return response


@require_safe
@conditional
def dcat_jsonld(request: HttpRequest) -> HttpResponse:
    """The record of the catalogue for data portals (DCAT-AP)."""
    return HttpResponse(jsonld.dump(dcat.document(record())), content_type=cpev.MEDIA_TYPE)


@require_safe
@conditional
def dcat_rdf(request: HttpRequest) -> HttpResponse:
    """The same as RDF/XML."""
    body = rdf_xml.document(dcat.document(record()))
    return HttpResponse(body, content_type=f"{rdf_xml.MEDIA_TYPE}; charset=utf-8")


def record() -> dcat.Catalogue:
    """What the settings and the catalogue tell of the data. Its addresses are those of the first language."""
    operator = settings.LEGAL["OPERATOR_NAME"]
    with override(settings.LANGUAGE_CODE):
        days = _real(Event.objects.published()).aggregate(first=Min("starts_on"), last=Max("ends_on"))
        return dcat.Catalogue(
            site=output_site(),
            publisher=site_name() if settings.PLACEHOLDER in operator else operator,
            contact=settings.CONTACT_EMAIL,
            page=settings.SITE_URL + reverse("pages:data"),
            forms=data_forms.distributions(settings.SITE_URL),
            changed=version.current().at,
            first=days["first"],
            last=days["last"],
            attribution=settings.DATA_ATTRIBUTION,
            contributor=settings.DATA_CONTRIBUTOR,
            country=settings.DEFAULT_COUNTRY,
            names={code: site_name(code) for code, _name in settings.LANGUAGES},
        )


def _nouns() -> Iterator[Any]:
    """All public entries but events that are no samples, noun by noun; fetched some hundred at a time."""
    nouns: tuple[QuerySet[Any], ...] = (
        Series.objects.select_related("predecessor"),
        Organisation.objects.select_related("parent", "successor"),
        Speaker.objects.listed(),
        Topic.objects.select_related("parent"),
        Venue.objects.all(),
    )
    for things in nouns:
        yield from _real(things).order_by("pk").iterator(CHUNK)


def _real(things: QuerySet[Any]) -> Any:
    return things.filter(is_sample=False)


def _route(name: str) -> str:
    """The path of a page that this installation may not have; empty without it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
