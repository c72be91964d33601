"""An organisation's page and the index of all."""

import pytest

from organisations.models import Organisation
from tests.factories import EventFactory, OrganisationFactory, ParticipationFactory, SeriesFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def text(response):
    return " ".join(response.content.decode().split())


def test_the_page_lists_events_of_any_role_and_counts_roles_by_year(client):
    kgst = OrganisationFactory(
        slug="kgst", name="KGSt", kind="municipal_umbrella", city="Köln", state="DE-NW"
    )
    ParticipationFactory(event=EventFactory(title="Eigenes Forum"), organisation=kgst, role="organiser")
    ParticipationFactory(
        event=EventFactory(title="Fremde Messe"), organisation=kgst, role="cooperation_partner"
    )
    ParticipationFactory(event=EventFactory(title="Geheime Tagung", state="draft"), organisation=kgst)
    EventFactory(title="Ganz Anderes")
    page = text(client.get("/organisationen/kgst/"))
    assert "Eigenes Forum" in page
    assert "Fremde Messe" in page
    assert "Geheime Tagung" not in page
    assert "Ganz Anderes" not in page
    assert "Kooperationspartner" in page
    assert "organisation=kgst&amp;from=2027-01-01&amp;to=2027-12-31" in page
    assert "Köln, Nordrhein-Westfalen, Deutschland" in page


def test_successor_and_predecessors_name_each_other(client):
    heir = OrganisationFactory(slug="komm-one", name="Komm.ONE")
    OrganisationFactory(slug="iteos", name="ITEOS", successor=heir)
    assert "/organisationen/komm-one/" in text(client.get("/organisationen/iteos/"))
    assert "/organisationen/iteos/" in text(client.get("/organisationen/komm-one/"))


def test_a_former_address_leads_to_the_new_one(client):
    OrganisationFactory(slug="alt")
    Organisation.objects.filter(slug="alt").update(slug="neu")
    response = client.get("/en/organisations/alt/")
    assert (response.status_code, response["Location"]) == (301, "/en/organisations/neu/")


def test_an_unknown_organisation_is_not_found(client):
    assert client.get("/organisationen/gibt-es-nicht/").status_code == 404


def test_the_page_costs_the_same_for_one_and_three_events(client, django_assert_num_queries):
    kgst = OrganisationFactory(slug="kgst")
    SeriesFactory().organiser_links.create(organisation=kgst)
    for number in (1, 3):
        for _repeat in range(number):
            EventFactory(organisers=[kgst])
        with django_assert_num_queries(12):
            assert client.get("/organisationen/kgst/").status_code == 200


def test_the_index_costs_three_queries_and_counts_public_events(client, django_assert_num_queries):
    for number in (1, 3):
        for _repeat in range(number):
            EventFactory(organisers=[OrganisationFactory()])
        with django_assert_num_queries(3):
            page = text(client.get("/organisationen/"))
    assert page.count("1 Veranstaltung<") == 4
