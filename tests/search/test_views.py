"""The site-wide search page."""

import pytest

from speakers.actions import anonymise
from tests.factories import (
    AppearanceFactory,
    EventFactory,
    OrganisationFactory,
    SeriesFactory,
    SpeakerFactory,
    TopicFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def text(response):
    return " ".join(response.content.decode().split())


def titles(response):
    return [str(group.title) for group in response.context["groups"]]


def test_one_question_is_answered_by_every_noun(client):
    EventFactory(title="Bürgerportal-Kongress")
    SeriesFactory(name="Bürgerportal-Tage")
    OrganisationFactory(name="Bürgerportal GmbH")
    SpeakerFactory(family_name="Bürgerportal")
    TopicFactory(name_de="Verwaltung", synonyms=["Bürgerportal"])
    response = client.get("/suche/?q=BÜRGERPORTAL")
    assert titles(response) == [
        "Veranstaltungen",
        "Veranstaltungsreihen",
        "Organisationen",
        "Personen",
        "Themen",
    ]
    assert response.context["total"] == 5


def test_a_series_and_its_editions_are_found_by_a_former_name(client):
    series = SeriesFactory(name="Digital-Gipfel", aliases=["Jahresrunde", "Nationaler IT-Gipfel für Führung"])
    edition = EventFactory(title="Digital-Gipfel 2023", series=series)
    response = client.get("/suche/?q=it-gipfel+FUHRUNG")
    assert [group.hits for group in response.context["groups"]] == [[edition], [series]]


def test_all_words_must_be_mentioned(client):
    OrganisationFactory(name="Stadt Essen")
    OrganisationFactory(name="Stadt Bonn")
    page = text(client.get("/suche/?q=stadt+essen"))
    assert "Stadt Essen" in page
    assert "Stadt Bonn" not in page


def test_drafts_and_anonymised_people_are_not_found(client):
    EventFactory(title="Geheimtagung", state="draft")
    person = SpeakerFactory(family_name="Geheimrat")
    AppearanceFactory(speaker=person)
    anonymise(person)
    assert client.get("/suche/?q=geheim").context["groups"] == []


def test_nothing_found_and_nothing_asked_say_what_to_do(client):
    assert "Kein Eintrag enthält „xqz“" in text(client.get("/suche/?q=xqz"))
    assert "Geben Sie ein oder mehrere Wörter ein" in text(client.get("/suche/"))


def test_many_hits_lead_to_the_list(client):
    EventFactory.create_batch(9, title="Digitaltag")
    assert "/veranstaltungen/?when=all&amp;q=digitaltag" in text(client.get("/suche/?q=digitaltag"))


@pytest.mark.parametrize(
    "q", ["%00", "%ff%fe", "x" * 5000, "%25_%5C", "%27 OR 1=1 --", "<script>x</script>", "%E2%80%AE"]
)
def test_hostile_questions_are_harmless(client, q):
    EventFactory()
    response = client.get(f"/suche/?q={q}")
    assert response.status_code == 200
    assert "<script>x" not in text(response)


def test_the_page_costs_the_same_for_one_and_three_hits(client, django_assert_num_queries):
    for number in (1, 3):
        for _repeat in range(number):
            EventFactory(title="Digitaltag", organisers=[OrganisationFactory()])
        with django_assert_num_queries(10):
            client.get("/suche/?q=digitaltag")


def test_only_the_first_words_are_looked_for_and_the_page_says_so(client):
    EventFactory(title="eins zwei drei vier fünf sechs sieben acht neun zehn")
    words = "eins eins zwei drei vier fünf sechs sieben acht neun zehn"
    assert "Nicht berücksichtigt" not in text(client.get("/suche/", {"q": words}))
    page = text(client.get("/suche/", {"q": f"{words} elf"}))
    assert "Nicht berücksichtigt, da nur die ersten Wörter zählen: elf" in page
    assert "1 Treffer" in page


def test_samples_among_the_hits_are_labelled(client):
    OrganisationFactory(name="Musteramt", is_sample=True)
    assert 'Musteramt</a> <span class="line__detail">(Beispiel)' in text(client.get("/suche/?q=musteramt"))


def test_other_names_of_organisations_and_people_are_known(client):
    organisation = OrganisationFactory(name="Komm.ONE", aliases=["ITEOS"])
    person = SpeakerFactory(family_name="Neumann", aliases=["Sabine Möves"])
    AppearanceFactory(speaker=person, event=EventFactory(title="Erste Tagung"))
    EventFactory(title="Zweite Tagung", organisers=[organisation])
    assert "Komm.ONE" in text(client.get("/suche/?q=iteos"))
    assert "Zweite Tagung" in text(client.get("/suche/?q=iteos"))
    assert "Neumann" in text(client.get("/suche/?q=moves"))
    assert "Erste Tagung" in text(client.get("/suche/?q=moves"))
