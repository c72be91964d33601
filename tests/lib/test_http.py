"""The language of a page, from nothing but its path."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from lib.http import OpenDataMiddleware, PathLanguageMiddleware, PrintableMiddleware


def answer(path: str, **headers: str) -> tuple[HttpResponse, str]:
    """The response to a path and the language that the view saw."""

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(translation.get_language())

    response = PathLanguageMiddleware(view)(RequestFactory(headers=headers).get(path))
    return response, response.content.decode()


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/", "de"),
        ("/veranstaltungen/", "de"),
        ("/en", "en"),
        ("/en/", "en"),
        ("/en/events/", "en"),
        ("/english/", "de"),
        ("/energie/", "de"),
        ("/veranstaltungen/en/", "de"),
        ("/EN/", "de"),
    ],
)
def test_the_path_alone_says_the_language(path, language):
    response, seen = answer(path)
    assert (seen, response.headers["Content-Language"]) == (language, language)


@pytest.mark.parametrize("header", ["en", "fr, en;q=0.8", "de"])
def test_the_browsers_wish_changes_nothing_and_caches_need_not_vary(header):
    response, seen = answer("/veranstaltungen/", **{"accept-language": header})
    assert seen == "de"
    assert "Vary" not in response.headers


def test_the_request_says_its_language_and_the_thread_forgets_it():
    requests = []

    def view(request: HttpRequest) -> HttpResponse:
        requests.append(request)
        return HttpResponse(headers={"Content-Language": "fr"})

    with translation.override("de"):
        response = PathLanguageMiddleware(view)(RequestFactory().get("/en/"))
        assert translation.get_language() == "de"
    assert requests[0].LANGUAGE_CODE == "en"
    assert response.headers["Content-Language"] == "fr"  # a view that knows better is left alone


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/veranstaltungen.ics", "*"),
        ("/en/events.jsonld", "*"),
        ("/veranstaltungen/", None),
        ("/suche/", None),
    ],
)
def test_data_may_be_read_by_scripts_of_other_sites(path, allowed):
    response = OpenDataMiddleware(lambda request: HttpResponse())(RequestFactory().get(path))
    assert response.headers.get("Access-Control-Allow-Origin") == allowed


@pytest.mark.parametrize(
    ("kind", "shown"),
    [("text/html; charset=utf-8", "Tagung gnatgnu ä"), ("text/plain", "Tagung\x00 \u202egnatgnu\u2066 ä")],
)
def test_pages_show_no_control_characters_and_marks_of_direction(kind, shown):
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("Tagung\x00 \u202egnatgnu\u2066 ä", content_type=kind)

    assert PrintableMiddleware(view)(RequestFactory().get("/")).content.decode() == shown
