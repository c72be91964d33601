"""The description: complete, true, in both languages; and its page."""

import re

import pytest

from api import description, views
from events.filters import EventFilter


@pytest.fixture(params=["de", "en"])
def told(request):
    return description.document(views.api, request.param)


def operations(told):
    return [methods["get"] for methods in told["paths"].values()]


def references(value):
    if isinstance(value, dict):
        yield from [value["$ref"]] if "$ref" in value else []
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


def test_it_is_openapi_3_1_with_a_licence(told):
    assert told["openapi"] == "3.1.0"
    assert told["info"]["license"]["name"]
    assert told["servers"] == [{"url": "http://testserver"}] or told["servers"][0]["url"].startswith("http")


def test_every_reference_leads_somewhere(told):
    for reference in references(told):
        _root, _components, group, name = reference.split("/")
        assert name in told["components"][group]


def test_everything_is_described(told):
    for operation in operations(told):
        assert operation["summary"]
        assert all(one["description"] for one in operation["parameters"])
        assert all(answer["description"] for answer in operation["responses"].values())
    for name, shape in told["components"]["schemas"].items():
        bare = [key for key, part in shape.get("properties", {}).items() if not (set(part) & KNOWN)]
        assert bare == [], name
        assert shape.get("description"), name


KNOWN = {"description", "$ref", "anyOf"}


def test_it_names_every_filter_of_the_website(told):
    taken = told["paths"]["/api/v1/events"]["get"]["parameters"]
    assert set(EventFilter.base_filters) <= {one["name"] for one in taken}
    mode = next(one for one in taken if one["name"] == "mode")
    assert mode["schema"]["items"]["enum"] == ["onsite", "online", "hybrid"]
    assert "`online`" in mode["description"]


def test_problems_have_their_own_media_type(told):
    for operation in operations(told):
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                assert list(answer["content"]) == ["application/problem+json"]


def test_unknown_keys_must_be_expected(told):
    assert "additionalProperties" not in told["components"]["schemas"]["Event"]
    assert told["components"]["schemas"]["Event"]["required"] == ["id"]


def test_it_names_the_licence_of_the_data(settings):
    settings.DATA_LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
    description.document.cache_clear()
    try:
        licence = description.document(views.api, "en")["info"]["license"]
    finally:
        description.document.cache_clear()
    assert licence == {"name": "CC0 1.0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"}


@pytest.mark.parametrize(("path", "language"), [("/api/v1/docs", "de"), ("/en/api/v1/docs", "en")])
def test_the_page_shows_every_operation_and_every_shape(db, client, path, language):
    page = client.get(path).content.decode()
    document = description.document(views.api, language)
    for operation in operations(document):
        assert f'id="{operation["operationId"]}"' in page
    anchors = set(re.findall(r'href="#([^"]+)"', page))
    assert anchors <= set(re.findall(r'id="([^"]+)"', page))


def test_the_short_address_leads_to_the_page(db, client):
    assert client.get("/api/").headers["Location"] == "/api/v1/docs"
    assert client.get("/en/api/").headers["Location"] == "/en/api/v1/docs"
