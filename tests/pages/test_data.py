"""The page on open data, the whole catalogue in one document, its record for data portals."""

import json

import pytest
from django.conf import settings

from events.models import Event
from events.outputs import json_graph
from events.outputs.cpev_nouns import NOUN_CONTEXT
from pages import data_forms
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
WHOLE = "/daten/katalog.jsonld"


def graph(client, address=WHOLE):
    response = client.get(address)
    assert response["Content-Type"] == "application/ld+json"
    told = json.loads(response.getvalue())
    assert told["@context"] == NOUN_CONTEXT
    return {node["@id"].removeprefix(settings.SITE_URL): node for node in told["@graph"]}


def test_the_whole_catalogue_holds_every_public_noun(client, cast):
    told = set(graph(client))
    assert told >= {
        "/veranstaltungen/smart-country-tage-2026/#event",
        "/reihen/smart-country/#series",
        "/organisationen/digitalverband/#organisation",
        "/personen/ariane-muster/#person",
        "/themen/cloud/#topic",
        "/orte/kubus-berlin/#address",
    }
    hidden = {event.slug for event in (cast.draft, cast.withdrawn, cast.later)}
    assert [name for name in told if name.split("/")[2] in hidden] == []


def test_an_event_is_told_there_as_in_its_own_document(client, cast):
    own = json.loads(client.get("/veranstaltungen/smart-country-tage-2026.jsonld").content)
    around = {"@context", "hasPreviousEvent", "hasNextEvent", "parentEvent", "subEvent"}
    told = graph(client)["/veranstaltungen/smart-country-tage-2026/#event"]
    assert told == {term: value for term, value in own.items() if term not in around}


def test_english_documents_are_about_the_same_things(client, cast):
    assert set(graph(client, "/en/data/catalogue.jsonld")) == set(graph(client))


def test_events_name_those_around_them(client):
    series, whole = SeriesFactory(), EventFactory(slug="dach")
    for slug in ("eins", "zwei", "drei"):
        EventFactory(slug=slug, series=series, parent=whole)
    EventFactory(slug="entwurf", series=series, parent=whole, state="draft")
    told = graph(client)
    second = told["/veranstaltungen/zwei/#event"]
    around = [second[term][0]["@id"] for term in ("hasPreviousEvent", "hasNextEvent", "parentEvent")]
    assert [name.split("/")[-2] for name in around] == ["eins", "drei", "dach"]
    assert len(told["/veranstaltungen/dach/#event"]["subEvent"]) == 3


def test_every_reference_within_the_site_leads_to_an_entry(client, cast):
    told = graph(client)
    text = json.dumps(list(told.values()))
    named = {part.split('"')[0] for part in text.split(f'"{settings.SITE_URL}')[1:]}
    entries = tuple(f"#{noun}" for noun in ("event", "organisation", "person", "series", "topic", "address"))
    assert {name for name in named if name.endswith(entries)} == set(told)


def test_samples_and_the_anonymised_are_left_out(client):
    EventFactory(slug="erfunden", is_sample=True)
    OrganisationFactory(slug="erfunden", is_sample=True)
    person = SpeakerFactory(slug="petra-weg", family_name="Weg")
    AppearanceFactory(speaker=person, event=EventFactory(slug="echt"))
    anonymise(person)
    assert list(graph(client)) == ["/veranstaltungen/echt/#event"]
    assert b"Weg" not in client.get(WHOLE).getvalue()


def test_an_empty_catalogue_is_an_empty_document(client):
    assert graph(client) == {}


def test_the_catalogue_is_written_piece_by_piece(client, monkeypatch):
    monkeypatch.setattr(json_graph, "PIECE", 2)
    EventFactory.create_batch(3, topics=[TopicFactory()], venues=[VenueFactory()])
    pieces = list(client.get(WHOLE).streaming_content)
    assert len(pieces) == 1 + 3 + 1  # the head, five entries by twos, the foot
    assert len(json.loads(b"".join(pieces))["@graph"]) == 5


def test_the_catalogue_costs_the_same_for_one_and_three(client, django_assert_num_queries):
    for number in (1, 3):
        EventFactory.create_batch(number, topics=[TopicFactory()], venues=[VenueFactory()])
        with django_assert_num_queries(21):
            assert client.get(WHOLE).getvalue()


@pytest.mark.parametrize("address", ["/dcat.jsonld", "/dcat.rdf"])
def test_the_record_names_the_operator_and_the_licence(client, settings, address):
    settings.DATA_LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
    settings.LEGAL = settings.LEGAL | {"OPERATOR_NAME": "Stadt Musterstadt"}
    settings.CONTACT_EMAIL = "daten@musterstadt.example"
    told = client.get(address).content.decode()
    for fact in ("Stadt Musterstadt", "def/licenses/cc-zero", "mailto:daten@musterstadt.example"):
        assert fact in told


def test_an_operator_who_is_not_entered_yet_is_not_told(client, settings):
    settings.LEGAL = settings.LEGAL | {"OPERATOR_NAME": settings.PLACEHOLDER}
    assert settings.PLACEHOLDER not in client.get("/dcat.rdf").content.decode()


def test_every_address_that_the_record_names_answers(client, cast):
    told = json.loads(client.get("/dcat.jsonld").content)
    dataset = told["dcat:dataset"]
    assert dataset["dct:temporal"]["dcat:startDate"]["@value"] == "2026-10-20"
    files = [
        form["dcat:downloadURL"]["@id"] for form in dataset["dcat:distribution"] if "dcat:downloadURL" in form
    ]
    assert len(files) == len(data_forms.KINDS)
    for address in [*files, dataset["dcat:landingPage"]["@id"]]:
        assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200, address


@pytest.mark.parametrize("path", ["/daten/", "/en/data/"])
def test_the_page_leads_to_every_form(client, path):
    page = client.get(path).content.decode()
    for example in data_forms.examples():
        assert client.get(example["path"]).status_code == 200
    for word in (
        ".ics?when=all&amp;state=DE-NW",
        ".csv?",
        ".atom?",
        "profile=schema.org",
        "/dcat.rdf",
        "/api/v1/",
    ):
        assert word in page


def test_the_page_says_whether_there_is_a_licence(client, settings):
    settings.DATA_LICENCE = ""
    assert "noch keine Lizenz angegeben" in client.get("/daten/").content.decode()
    settings.DATA_LICENCE, settings.DATA_ATTRIBUTION = "https://example.org/lizenz", "Stadt Musterstadt"
    page = client.get("/daten/").content.decode()
    assert '<a href="https://example.org/lizenz">' in page
    assert "„Stadt Musterstadt“" in page


def test_every_page_leads_to_the_page_on_open_data(client):
    assert '<a href="/daten/">Offene Daten</a>' in client.get("/").content.decode()


def test_an_edit_is_in_the_whole_catalogue_at_once(client):
    event = EventFactory()
    Event.objects.filter(pk=event.pk).update(title="Neu benannt")
    assert "Neu benannt" in client.get(WHOLE).getvalue().decode()
