"""The start page and the sitemap."""

import pytest

from tests.factories import EventFactory, OrganisationFactory, TopicFactory, VenueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def text(response):
    return " ".join(response.content.decode().split())


def test_the_start_page_shows_what_is_coming_and_the_way_to_the_rest(client, cast):
    page = text(client.get("/"))
    assert "Zukunft digitale Kommune" in page
    assert "Cloud-Infrastruktur" in page
    assert "Geheimer Entwurf" not in page


def test_the_start_page_costs_the_same_for_one_and_three(client, django_assert_num_queries):
    for number in (1, 3):
        for _repeat in range(number):
            EventFactory(topics=[TopicFactory()], organisers=[OrganisationFactory()], venues=[VenueFactory()])
        with django_assert_num_queries(16):
            assert client.get("/").status_code == 200


def test_the_sitemap_lists_public_pages_in_both_languages_and_no_sample(client, cast):
    EventFactory(slug="beispiel-kongress", is_sample=True)
    text = client.get("/sitemap.xml").content.decode()
    assert f"/veranstaltungen/{cast.congress.slug}/</loc>" in text
    assert f"/en/events/{cast.congress.slug}/</loc>" in text
    assert "/barriere-melden/</loc>" in text
    for hidden in (cast.draft, cast.withdrawn, cast.later):
        assert hidden.slug not in text
    assert "beispiel-kongress" not in text
