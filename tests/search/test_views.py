"""The site-wide search page."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Participation
from events.models.choices import OrganisationRole, State
from index import search
from index.refresh import refresh_all
from speakers.actions import anonymise
from tests.factories import (
    NOW,
    AppearanceFactory,
    EventFactory,
    OrganisationFactory,
    ParticipationFactory,
    SeriesFactory,
    SpeakerFactory,
    TopicFactory,
    VenueFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
# Queries of a page with hits of five kinds: where a change has not been committed yet nothing is kept.
COST, COST_WHEN_DRAWN = 8, 7


def text(response):
    return " ".join(response.content.decode().split())


def asked(client, q, path="/suche/", **more):
    return client.get(path, {"q": q, **more})


def found(response):
    """{kind: [names of its hits, best first]}, in the order of the page."""
    return {
        str(group.title): [getattr(hit, "name", None) or str(hit) for hit in group.hits]
        for group in response.context["answer"].groups
    }


def test_one_question_is_answered_by_every_noun(client):
    EventFactory(title="Bürgerportal-Kongress")
    SeriesFactory(name="Bürgerportal-Tage")
    OrganisationFactory(name="Bürgerportal GmbH")
    AppearanceFactory(speaker=SpeakerFactory(given_name="Ina", family_name="Bürgerportal"))
    TopicFactory(name_de="Verwaltung", synonyms=["Bürgerportal"])
    VenueFactory(name="Haus Bürgerportal", city="Bonn")
    response = asked(client, "BÜRGERPORTAL")
    assert list(found(response)) == [
        "Veranstaltungen",
        "Veranstaltungsreihen",
        "Organisationen",
        "Personen",
        "Themen",
        "Orte",
    ]
    # The event at which Ina Bürgerportal spoke is a hit as well.
    assert response.context["answer"].total == 7
    assert "7 Treffer für „<bdi>BÜRGERPORTAL</bdi>“" in text(response)


def test_a_series_and_its_editions_are_found_by_a_former_name(client):
    series = SeriesFactory(name="Digital-Gipfel", aliases=["Jahresrunde", "Nationaler IT-Gipfel für Führung"])
    EventFactory(title="Digital-Gipfel 2023", series=series)
    assert found(asked(client, "it-gipfel FUHRUNG")) == {
        "Veranstaltungen": ["Digital-Gipfel 2023"],
        "Veranstaltungsreihen": ["Digital-Gipfel"],
    }


def test_all_words_must_be_mentioned(client):
    OrganisationFactory(name="Stadt Essen")
    OrganisationFactory(name="Stadt Bonn")
    assert found(asked(client, "stadt essen")) == {"Organisationen": ["Stadt Essen"]}


def test_drafts_and_anonymised_people_are_not_found(client):
    EventFactory(title="Geheimtagung", state="draft")
    person = SpeakerFactory(family_name="Geheimrat")
    AppearanceFactory(speaker=person)
    anonymise(person)
    assert found(asked(client, "geheimtagung")) == found(asked(client, "geheimrat")) == {}


def test_nothing_found_and_nothing_asked_say_what_to_do(client):
    topic = TopicFactory(name_de="Registermodernisierung")
    EventFactory(topics=[topic])
    empty = text(asked(client, "xqzwv"))
    assert "Kein Eintrag enthält „<bdi>xqzwv</bdi>“" in empty
    assert "Prüfen Sie die Schreibweise" in empty
    assert f'href="{topic.get_absolute_url()}"' in empty
    assert "Geben Sie ein oder mehrere Wörter ein" in text(client.get("/suche/"))


def test_search_engines_are_kept_out(client):
    assert '<meta name="robots" content="noindex">' in text(asked(client, "ki"))


def test_many_hits_lead_to_the_list_and_to_all_of_their_kind(client):
    EventFactory.create_batch(12, title="Digitaltag")
    OrganisationFactory.create_batch(12, name="Digitaltag GmbH")
    page = text(asked(client, "digitaltag"))
    assert "/veranstaltungen/?when=all&amp;q=digitaltag" in page
    assert "/suche/?q=digitaltag&amp;noun=organisation" in page
    all_of_them = asked(client, "digitaltag", noun="organisation")
    assert [len(hits) for hits in found(all_of_them).values()] == [12]


def digital_days(number):
    for _repeat in range(number):
        organisation = OrganisationFactory(name="Verein Digitaltag")
        event = EventFactory(
            title="Digitaltag", organisers=[organisation], series=SeriesFactory(name="Digitaltag")
        )
        AppearanceFactory(event=event, speaker=SpeakerFactory(family_name="Digitaltag"))
    # The first question after an edit would do that.
    refresh_all()


def cost(client):
    with CaptureQueriesContext(connection) as queries:
        asked(client, "digitaltag")
    return len(queries)


def test_the_page_costs_the_same_for_one_and_three_hits(client):
    costs = set()
    for number in (1, 3):
        digital_days(number)
        costs.add(cost(client))
    assert costs == {COST}


def test_events_beside_a_name_are_counted_once_each_and_only_those_that_visitors_see(client):
    organisation = OrganisationFactory(name="Digitaltag")
    event = EventFactory(organisers=[organisation])
    ParticipationFactory(event=event, organisation=organisation, role=OrganisationRole.PARTNER)
    EventFactory(state=State.DRAFT, organisers=[organisation])
    EventFactory(publish_from=NOW + dt.timedelta(days=1), organisers=[organisation])
    assert '<span class="line__detail">· 1 Veranstaltung</span>' in text(asked(client, "digitaltag"))


@pytest.mark.parametrize("roles", [["organiser"], ["organiser", "partner"]])
def test_very_many_events_beside_a_name_are_not_all_counted(client, roles):
    organisation = OrganisationFactory(name="Digitaltag")
    events = EventFactory.create_batch(61)
    Participation.objects.bulk_create(
        Participation(event=event, organisation=organisation, role=role) for event in events for role in roles
    )
    # Of somebody with several roles, which rows are counted is left to the database.
    told = {"20", "30", "40", "50"} if len(roles) > 1 else {"50"}
    assert (
        set(re.findall(r"· mehr als (\d+) Veranstaltungen</span>", text(asked(client, "digitaltag")))) & told
    )


def test_where_not_all_hits_are_counted_the_total_says_so(client, monkeypatch):
    digital_days(3)
    assert "Mehr als" not in text(asked(client, "digitaltag"))
    found = search.find

    def capped(*asked, **options):
        return replace(found(*asked, **options), capped={"event"})

    monkeypatch.setattr(search, "find", capped)
    assert "Mehr als 12 Treffer für „<bdi>digitaltag</bdi>“" in text(asked(client, "digitaltag"))


@pytest.mark.django_db(transaction=True)
def test_what_was_drawn_and_counted_once_is_not_asked_for_again(client):
    digital_days(3)
    asked(client, "digitaltag")
    assert cost(client) == COST_WHEN_DRAWN


def test_only_the_first_words_are_looked_for_and_the_page_says_so(client):
    EventFactory(title="eins zwei drei vier fünf sechs sieben acht neun zehn")
    words = "eins zwei drei vier fünf sechs sieben acht neun zehn"
    assert "Nicht berücksichtigt" not in text(asked(client, words))
    page = asked(client, f"{words} elf")
    assert "Nicht berücksichtigt, da nur die ersten Wörter zählen: elf" in text(page)
    assert page.context["answer"].total == 1


def test_samples_among_the_hits_are_labelled(client):
    OrganisationFactory(name="Musteramt", is_sample=True)
    assert '<mark>Musteramt</mark></a> <span class="line__detail">(Beispiel)' in text(
        asked(client, "musteramt")
    )


def test_other_names_of_organisations_and_people_are_known(client):
    organisation = OrganisationFactory(name="Komm.ONE", aliases=["ITEOS"])
    person = SpeakerFactory(given_name="Sabine", family_name="Neumann", aliases=["Sabine Möves"])
    AppearanceFactory(speaker=person, event=EventFactory(title="Erste Tagung"))
    EventFactory(title="Zweite Tagung", organisers=[organisation])
    assert found(asked(client, "iteos")) == {
        "Veranstaltungen": ["Zweite Tagung"],
        "Organisationen": ["Komm.ONE"],
    }
    assert found(asked(client, "moves")) == {
        "Veranstaltungen": ["Erste Tagung"],
        "Personen": ["Sabine Neumann"],
    }


def test_hits_show_where_they_matched(client):
    topic = TopicFactory(name_de="Registermodernisierung", synonyms=["NOOTS"])
    EventFactory(title="Herbsttagung", topics=[topic])
    EventFactory(title="NOOTS-Tag", summary="Alles über NOOTS.")
    page = text(asked(client, "noots"))
    assert '<p class="found">Thema: <span>' in page
    assert "<mark>NOOTS</mark>-Tag</a>" in page or "<mark>NOOTS-Tag</mark></a>" in page


def test_a_name_that_answers_best_stands_above_the_events(client):
    person = SpeakerFactory(given_name="Ada", family_name="Kleinschmidt")
    AppearanceFactory(speaker=person, event=EventFactory(title="Tagung"))
    response = asked(client, "Ada Kleinschmidt")
    assert [line.name for line in response.context["answer"].direct] == ["Ada Kleinschmidt"]
    assert "Direkt zum Eintrag" in text(response)


def test_a_year_is_read_as_such_and_can_be_taken_back(client):
    EventFactory(title="Digitaltag 2026", starts_on="2026-05-05")
    EventFactory(title="Digitaltag", starts_on="2025-05-05")
    response = asked(client, "digitaltag 2026")
    assert found(response) == {"Veranstaltungen": ["Digitaltag 2026"]}
    page = text(response)
    assert "„2026“ verstanden als <strong>" in page
    assert 'href="/suche/?q=digitaltag"' in page
    assert 'href="/suche/?q=digitaltag+%222026%22"' in page


def test_a_slip_is_put_right_and_the_words_typed_can_be_looked_for(client):
    EventFactory(title="Digitaler Staat 2026")
    response = asked(client, "Digtaler Staat")
    assert found(response) == {"Veranstaltungen": ["Digitaler Staat 2026"]}
    page = text(response)
    assert "Ergebnisse für <a" in page
    assert 'href="/suche/?q=%22Digtaler+Staat%22"' in page
    assert found(asked(client, '"Digtaler Staat"')) == {}


def test_the_english_page_says_the_same_in_english(client):
    EventFactory(title="Tagung", title_en="Conference on registers", summary="Die Wallet und mehr.")
    response = asked(client, "wallet", path="/en/search/")
    page = text(response)
    assert '<h2 id="hits-event">Events ' in page
    assert '<p class="found">Description: <span lang="de">Die <mark>Wallet</mark> und mehr.</span>' in page
    assert "1 hit for “<bdi>wallet</bdi>”" in page
