"""Suggestions for a field in which somebody types."""

import pytest

from speakers.actions import anonymise
from tests.factories import (
    AppearanceFactory,
    EventFactory,
    OrganisationFactory,
    SeriesFactory,
    SpeakerFactory,
    TopicFactory,
    VenueFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
PATH = "/suche/vorschlaege/"


def suggested(client, q, path=PATH):
    return client.get(path, {"q": q}).json()


def kinds(answer):
    return {(one["label"], one["kind"], one["url"]) for one in answer["suggestions"]}


def test_entries_of_all_kinds_are_suggested_with_their_address(client):
    EventFactory(title="Bürgerportal-Kongress", slug="kongress")
    SeriesFactory(name="Bürgerportal-Tage", slug="tage")
    OrganisationFactory(name="Bürgerportal GmbH", slug="gmbh")
    AppearanceFactory(speaker=SpeakerFactory(given_name="Ina", family_name="Bürgerportal", slug="ina"))
    TopicFactory(name_de="Bürgerportale", slug="portale")
    assert {(label, kind, url) for label, kind, url in kinds(suggested(client, "bürgerp"))} >= {
        ("Bürgerportal-Kongress", "Veranstaltung", "/veranstaltungen/kongress/"),
        ("Bürgerportal-Tage", "Reihe", "/reihen/tage/"),
        ("Bürgerportal GmbH", "Organisation", "/organisationen/gmbh/"),
        ("Ina Bürgerportal", "Person", "/personen/ina/"),
        ("Bürgerportale", "Thema", "/themen/portale/"),
    }


def test_drafts_and_anonymised_people_are_not_suggested(client):
    EventFactory(title="Geheimtagung", state="draft")
    person = SpeakerFactory(family_name="Geheimrat")
    AppearanceFactory(speaker=person)
    anonymise(person)
    assert suggested(client, "geheim")["suggestions"] == []


def test_other_names_and_when_and_where_are_told_beside_the_name(client):
    OrganisationFactory(name="Deutscher Städtetag", short_name="DST", kind="association", city="Berlin")
    EventFactory(title="DST-Tagung", starts_on="2027-05-04", venues=[VenueFactory(city="Köln")])
    told = {one["label"]: one["detail"] for one in suggested(client, "dst")["suggestions"]}
    assert told["Deutscher Städtetag"].startswith("DST, ")
    assert told["DST-Tagung"] == "4. Mai 2027, Köln"


def test_each_language_has_words_and_addresses_of_its_own(client):
    SeriesFactory(name="Digitaltage", slug="digitaltage")
    german, english = suggested(client, "digit"), suggested(client, "digit", "/en/search/suggestions/")
    assert (
        german["announcement"] == "1 Vorschlag. Mit den Pfeiltasten auswählen, mit der Eingabetaste öffnen."
    )
    assert english["announcement"] == "1 suggestion. Choose with the arrow keys, open with Enter."
    assert english["suggestions"][0]["url"] == "/en/series/digitaltage/"
    assert (german["label"], english["label"]) == ("Vorschläge", "Suggestions")


@pytest.mark.parametrize("q", ["", " ", "x" * 101, "\x00", "%", '"', "xqzwv"])
def test_nothing_to_suggest_is_said(client, q):
    SeriesFactory(name="Digitaltage")
    answer = suggested(client, q)
    assert (answer["suggestions"], answer["announcement"]) == ([], "Keine Vorschläge.")


def test_there_are_few_and_they_cost_the_same(client, django_assert_max_num_queries):
    for number in (1, 3, 12):
        SeriesFactory.create_batch(number, name="Digitaltage")
        suggested(client, "digitalt")
        with django_assert_max_num_queries(3):
            found = suggested(client, "digitalt")["suggestions"]
    assert len(found) == 8


def test_an_edit_is_suggested_at_once_and_an_unchanged_answer_is_not_sent_again(client):
    series = SeriesFactory(name="Digitaltage")
    first = client.get(PATH, {"q": "digital"})
    etag = first.headers["ETag"]
    assert client.get(PATH, {"q": "digital"}, headers={"if-none-match": etag}).status_code == 304
    series.name = "Digitalwochen"
    series.save()
    answer = client.get(PATH, {"q": "digital"}, headers={"if-none-match": etag})
    assert [one["label"] for one in answer.json()["suggestions"]] == ["Digitalwochen"]


def test_search_engines_and_other_sites_are_kept_out(client):
    response = client.get(PATH, {"q": "digital"})
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "Access-Control-Allow-Origin" not in response.headers
    assert "Set-Cookie" not in response.headers
