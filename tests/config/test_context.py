"""What every template knows of its own address."""

import pytest

from tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


def alternates(response):
    return {one["code"]: one["path"] for one in response.context["alternates"]}


def test_each_page_knows_its_other_language(client):
    TopicFactory(slug="ozg")
    assert alternates(client.get("/themen/ozg/")) == {"de": "/themen/ozg/", "en": "/en/topics/ozg/"}
    assert alternates(client.get("/en/topics/ozg/")) == {"de": "/themen/ozg/", "en": "/en/topics/ozg/"}


def test_the_other_language_keeps_the_filter(client):
    response = client.get("/veranstaltungen/?when=all&topic=ozg")
    assert alternates(response)["en"] == "/en/events/?when=all&topic=ozg"


def test_an_unknown_address_leads_to_the_start_pages(client):
    assert alternates(client.get("/gibt-es-nicht/")) == {"de": "/", "en": "/en/"}


def test_the_canonical_address_has_the_sites_name_and_no_query(client, settings):
    response = client.get("/themen/?utm_source=x")
    assert response.context["canonical"] == f"{settings.SITE_URL}/themen/"
