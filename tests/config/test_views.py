"""The start page."""

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
        with django_assert_num_queries(18):
            assert client.get("/").status_code == 200
