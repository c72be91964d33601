"""A person's page and the index of all."""

import datetime as dt

import pytest

from speakers.actions import anonymise
from speakers.models import ErasedPerson, Speaker
from speakers.views import STILL_TOLD
from tests.factories import NOW, AppearanceFactory, EventFactory, OrganisationFactory, SpeakerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def berger():
    return SpeakerFactory(
        slug="ariane-berger", academic_title="Dr.", given_name="Ariane", family_name="Berger"
    )


def test_the_page_tells_where_and_in_which_office(client, berger):
    dlt = OrganisationFactory(slug="dlt", name="Deutscher Landkreistag", short_name="DLT")
    event = EventFactory(title="Online-Konferenz", starts_on=dt.date(2022, 5, 17))
    AppearanceFactory(
        event=event, speaker=berger, role="host", office="Leiterin Digitalisierung", organisation=dlt
    )
    AppearanceFactory(event=EventFactory(title="Entwurf", state="draft"), speaker=berger)
    page = text(client.get("/personen/ariane-berger/"))
    assert "Dr. Ariane Berger" in page
    assert "17. Mai 2022" in page
    assert "Leiterin Digitalisierung" in page
    assert "/organisationen/dlt/" in page
    assert "Entwurf" not in page


def test_an_anonymised_person_has_no_page_and_stands_in_no_index(client, berger):
    event = EventFactory(slug="tagung")
    AppearanceFactory(event=event, speaker=berger, office="Beigeordnete")
    anonymise(berger)
    # Search engines are told that the page is gone; after half a year nothing is told to who guesses a name.
    assert client.get("/personen/ariane-berger/").status_code == 410
    ErasedPerson.objects.update(erased_at=NOW - STILL_TOLD - dt.timedelta(seconds=1))
    assert client.get("/personen/ariane-berger/").status_code == 404
    assert client.get(f"/personen/{Speaker.objects.get().slug}/").status_code == 404
    for path in ("/personen/", "/veranstaltungen/tagung/"):
        page = text(client.get(path))
        assert "Berger" not in page
        assert "Beigeordnete" not in page
        assert "anonym-" not in page


def test_the_index_sorts_as_german_dictionaries_do(client):
    for name in ("Zander", "Äpfelbaum", "Apel"):
        SpeakerFactory(family_name=name)
    page = text(client.get("/personen/"))
    assert page.index("Apel") < page.index("Äpfelbaum") < page.index("Zander")


def test_the_page_costs_the_same_for_one_and_three_appearances(client, berger, django_assert_num_queries):
    for number in (1, 3):
        for _repeat in range(number):
            AppearanceFactory(speaker=berger)
        with django_assert_num_queries(8):
            assert client.get("/personen/ariane-berger/").status_code == 200
