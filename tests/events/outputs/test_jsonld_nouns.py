"""Series, organisations, people, topics and venues as schema.org and CPEV tell them."""

import json

import pytest

from events.models import Appearance, Participation, Topic
from events.outputs import cpev_nouns, jsonld, jsonld_nouns
from organisations.models import Organisation
from tests import golden
from tests.events.outputs import cast
from tests.events.outputs.cast import ENGLISH, GERMAN

NOUNS = ("series", "organisation", "person", "topic", "venue")
EVENTS = (cast.fair, cast.vague, cast.postponed, cast.hostile)


def agency(**facts):
    """An organisation with a parent, a child and all that can be known of it."""
    parent = facts.pop("parent", cast.MINISTRY)
    one = Organisation(
        pk=9,
        slug="agentur",
        name="Agentur für </script> & Co.",
        name_en="Agency",
        short_name="AfC",
        aliases=["Alte Agentur", "AfC"],
        kind="authority",
        level="state",
        parent=parent,
        summary="Digitalisiert <b>alles</b>.",
        website="https://agentur.example/",
        city="Kiel",
        state="DE-SH",
        wikidata="Q42",
        ars="010020000000",
        **facts,
    )
    one._prefetched_objects_cache = {"children": [cast.VEREIN]}
    return one


def told(site=GERMAN):
    """{name: document} of each noun in both vocabularies."""
    events = [make() for make in EVENTS]
    links = [Participation(event=events[0], organisation=agency(), role=role) for role in ("host", "sponsor")]
    seen = [Appearance(event=events[0], speaker=cast.ARIANE, role="keynote", office="Staatssekretärin")]
    topic = Topic(pk=7, slug="akte", name_de="E-Akte", name_en="Records", synonyms=["DMS"], parent=cast.OZG)
    return {
        "series": jsonld_nouns.series(cast.SERIES, events, [cast.MINISTRY, cast.VEREIN], site),
        "organisation": jsonld_nouns.organisation(agency(), events, site),
        "person": jsonld_nouns.person(cast.ARIANE, events, site),
        "topic": jsonld_nouns.topic(topic, events, site),
        "venue": jsonld_nouns.venue(cast.HALL, events, site),
        "cpev_series": cpev_nouns.series_document(cast.SERIES, events, site),
        "cpev_organisation": cpev_nouns.organisation_document(agency(), links, site),
        "cpev_person": cpev_nouns.person_document(cast.ARIANE, seen, site),
        "cpev_topic": cpev_nouns.topic_document(topic, events, site),
        "cpev_venue": cpev_nouns.venue_document(cast.HALL, events, site),
    }


@pytest.mark.parametrize("name", [*NOUNS, *(f"cpev_{name}" for name in NOUNS)])
def test_a_noun_is_told_as_before(name):
    golden.check(f"{name}.jsonld", jsonld.dump(told()[name]))


def test_english_documents_name_the_same_things_in_their_own_language():
    german, english = told()["organisation"], told(ENGLISH)["organisation"]
    assert english["name"] == "Agency"
    assert english["url"] == "https://kongresse.example.org/en/organisations/agentur/"
    assert german["alternateName"] == ["AfC", "Agency", "Alte Agentur"]
    german, english = told()["cpev_organisation"], told(ENGLISH)["cpev_organisation"]
    assert [node["@id"] for node in german["@graph"]] == [node["@id"] for node in english["@graph"]]


@pytest.mark.parametrize("name", NOUNS)
def test_no_name_ends_the_script(name):
    assert not set("<>&") & set(str(jsonld.script(told()[name])))


def test_a_sample_says_so_wherever_it_is_told():
    sample = agency(is_sample=True)
    assert jsonld_nouns.organisation(sample, [], GERMAN)["name"].startswith("[Beispiel] ")
    (node,) = cpev_nouns.organisation_document(sample, [], GERMAN)["@graph"]
    assert node["rdfs:comment"]["@value"] == "Beispieleintrag: Er ist erfunden."


def test_an_event_is_named_once_with_every_role_taken_in_it():
    agent, event = told()["cpev_organisation"]["@graph"]
    roles = [part["role"]["@id"].partition("#")[2] for part in event["hasParticipation"]]
    assert roles == ["role-host", "role-sponsor"]
    assert {part["hasParticipant"]["@id"] for part in event["hasParticipation"]} == {agent["@id"]}


def test_an_organisation_without_kin_has_none():
    alone = agency(parent=None)
    alone._prefetched_objects_cache = {"children": []}
    assert not {"parentOrganization", "subOrganization"} & set(jsonld_nouns.organisation(alone, [], GERMAN))


def test_a_person_is_told_in_their_public_role_alone():
    document = told()["person"]
    assert set(document) == {"@context", "@type", "@id", "name", "honorificPrefix", "url", "performerIn"}
    assert "Staatssekretärin" not in json.dumps(document, ensure_ascii=False)


def test_an_organisation_under_a_former_name_is_not_taken_for_todays():
    event = cast.fair()
    event._prefetched_objects_cache["participations"][0].name_then = "Innenministerium"
    now, then = json.loads(b"".join(jsonld.listing([cast.fair(), event], GERMAN)))["@graph"]
    now, then = now["organizer"][0], then["organizer"][0]
    assert now["@id"].endswith("/organisationen/ministerium-fuer-digitales/#organisation")
    assert (then["name"], "@id" in then) == ("Innenministerium", False)
