"""The form of the Core Public Event Vocabulary, and that it tells what JSON tells.

The published shapes check little and are not kept here; what they ask is asked of every node below.
"""

import datetime as dt
import json
import re

import pytest

from events.models import Event
from events.models.choices import Language, OrganisationRole, SpeakerRole
from events.outputs import cpev, cpev_nodes, json_feed, jsonld
from events.outputs.facts import Site
from tests import golden
from tests.events.outputs import cast
from tests.events.outputs.cast import ENGLISH, GERMAN, NOW
from tests.factories import AppearanceFactory, EventFactory, SpeakerFactory

HOST = "https://kongresse.example.org"
CLASSES = {
    "eventType": "Code", "eventStatus": "Code", "format": "Code", "audience": "Code", "topic": "Code",
    "role": "Code", "language": "LinguisticSystem", "homepage": "Document", "registration": "Document",
    "address": "Address", "hasTime": "TemporalEntity", "hasParticipation": "Participation",
    "hasParticipant": "Agent", "parentEvent": "PublicEvent", "subEvent": "PublicEvent",
    "hasPreviousEvent": "PublicEvent", "hasNextEvent": "PublicEvent",
}  # fmt: skip
TEXTS = {
    "title", "Agent.name", "description", "eventNumber", "accessibility", "fullAddress", "locatorName",
    "postName", "adminUnitL1", "adminUnitL2", "rdfs:label",
}  # fmt: skip
MEMBERS = ("fair", "spring", "webinar", "rescheduled", "postponed", "vague", "sample", "hostile")
PLAIN = {"@id", "@type", "@value", "@language", "identifier", "postCode"}
MINIMUM = {"title", "identifier", "eventType", "eventStatus", "hasTime", "homepage"}


def listing(site):
    return json.loads(b"".join(cpev.listing(cast.everybody(), site)))


def document(event, site=GERMAN, **around):
    return cpev.event_document(event, site, NOW, **around)


def many(value):
    return value if isinstance(value, list) else [value]


def nodes(value):
    """Every object below the context, the outermost included."""
    for one in many(value):
        if isinstance(one, dict):
            yield one
            for key, inner in one.items():
                if key != "@context":
                    yield from nodes(inner)


def is_a(node, kind):
    return kind in many(node.get("@type"))


def roles(told):
    """(role, name) of everyone who takes part."""
    return [
        (one["role"]["@id"].partition("#role-")[2], many(one["hasParticipant"]["Agent.name"])[0]["@value"])
        for one in told["hasParticipation"]
    ]


def moments(told):
    """Beginning and end as written, None where there is none."""
    found = []
    for side in ("hasBeginning", "hasEnd"):
        node = told["hasTime"].get(f"time:{side}", {})
        found.append(next((value["@value"] for key, value in node.items() if key.startswith("time:")), None))
    return tuple(found)


# -- the form -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "member",
    [getattr(cast, name) for name in MEMBERS],
    ids=lambda member: member.__name__,
)
def test_an_event_is_told_as_before(member):
    golden.check(f"cpev_{member.__name__}.jsonld", jsonld.dump(document(member())))


def test_an_english_event_is_told_as_before():
    golden.check("cpev_fair_en.jsonld", jsonld.dump(document(cast.fair(), ENGLISH)))


@pytest.mark.parametrize(("name", "site"), [("cpev_list", GERMAN), ("cpev_list_en", ENGLISH)])
def test_a_list_is_told_as_before(name, site):
    golden.check(f"{name}.jsonld", b"".join(cpev.listing(cast.everybody(), site)))


@pytest.mark.parametrize("site", [GERMAN, ENGLISH], ids=["de", "en"])
def test_every_node_has_the_form_that_the_vocabulary_asks_for(site):
    told = [listing(site), document(crowded(), site, previous=cast.fair())]
    for node in nodes(told):
        for key, value in node.items():
            for one in many(value):
                if key in CLASSES:
                    assert is_a(one, CLASSES[key]), key
                elif key in TEXTS:
                    assert one["@value"], key
                    assert one["@language"] in ("de", "en"), key
                elif key not in ("@context", "@graph"):
                    assert (key in PLAIN) == isinstance(one, str), key
            if key in TEXTS:
                languages = [one["@language"] for one in many(value)]
                assert len(languages) == len(set(languages))


def test_every_event_that_is_named_tells_the_minimum():
    told = [listing(GERMAN), document(crowded(), previous=cast.fair())]
    events = [node for node in nodes(told) if is_a(node, "PublicEvent")]
    assert len(events) == len(cast.everybody()) + 5
    for event in events:
        assert set(event) >= MINIMUM
        assert event["hasTime"]["time:hasBeginning"]["@type"] == "time:Instant"
        assert isinstance(event["eventStatus"], dict)


def test_every_term_is_explained_in_the_document_itself():
    context = cpev_nodes.CONTEXT
    for node in nodes([listing(GERMAN), document(crowded())]):
        for term in [*node, *many(node.get("@type", []))]:
            prefix = term.partition(":")[0]
            assert term.startswith(("@", "https://", "xsd:")) or term in context or prefix in context, term
    for value in context.values():
        assert isinstance(value, dict) or value.startswith("http") or value.partition(":")[0] in context


def crowded():
    """An event with a parent, a child in the same series, and everybody in every role."""
    people = [{"speaker": cast.ARIANE, "role": role} for role in SpeakerRole.values]
    event = cast.fair(children=[cast.spring(), cast.vague(), cast.make("entwurf", state="draft")])
    event.parent = cast.postponed()
    links = event._prefetched_objects_cache
    links["participations"] = [
        type(links["participations"][0])(event=event, organisation=cast.VEREIN, role=role)
        for role in OrganisationRole.values
    ]
    links["appearances"] = [type(links["appearances"][0])(event=event, **row) for row in people]
    return event


# -- what it tells --------------------------------------------------------------------------------


@pytest.mark.parametrize("site", [GERMAN, ENGLISH], ids=["de", "en"])
def test_title_time_and_status_are_those_of_json(site):
    words = {"NORMAL": "scheduled", "MovedOnline": "moved_online"}
    for event in cast.everybody():
        told, record = document(event, site), json_feed.item(event, site)["_kongressatlas"]
        titles = {text["@language"]: text["@value"] for text in told["title"]}
        language = "en" if site is ENGLISH and event.title_en else "de"
        assert titles[language].removeprefix("[Beispiel] ") == record["title"].partition("] ")[2] or (
            titles[language] == record["title"]
        )
        start, end = record.get("start"), record.get("end")
        wanted = (start and re.sub("-Q.$", "", start), end)
        assert moments(told) == wanted
        status = re.search(r"(NORMAL|Event(\w+))$", told["eventStatus"]["@id"])
        status = status[2] or status[1]
        assert words.get(status, status.lower()) == record["status"]


def test_a_postponed_event_begins_at_a_time_that_nobody_knows():
    time = document(cast.postponed())["hasTime"]
    assert set(time["time:hasBeginning"]) == {"@id", "@type"}
    assert "time:hasEnd" not in time
    assert (
        time["description"]["@value"]
        == "Die Veranstaltung ist verschoben; ein neuer Termin steht noch nicht fest."
    )


def test_a_vague_date_is_never_a_day():
    quarter = cast.vague("quarter", dt.date(2027, 4, 1), dt.date(2027, 6, 30))
    month = document(cast.vague())["hasTime"]["time:hasBeginning"]
    assert month["time:inXSDgYearMonth"] == {"@value": "2027-06", "@type": "xsd:gYearMonth"}
    time = document(quarter)["hasTime"]
    assert time["time:hasBeginning"]["time:inXSDgYear"] == {"@value": "2027", "@type": "xsd:gYear"}
    assert time["description"]["@value"] == "2. Quartal 2027"


def test_times_carry_their_offset():
    told = document(cast.spring())["hasTime"]
    assert told["time:hasBeginning"]["time:inXSDDateTimeStamp"]["@value"] == "2027-03-27T18:00:00+01:00"
    assert told["time:hasEnd"]["time:inXSDDateTimeStamp"]["@value"] == "2027-03-28T12:30:00+02:00"


def test_everybody_takes_part_in_a_role():
    assert roles(document(crowded())) == [
        *((role, "Verein „Offene Verwaltung“") for role in OrganisationRole.values),
        *((role, "Ariane Beispiel") for role in SpeakerRole.values),
    ]


def test_a_person_with_two_talks_takes_part_once():
    event = cast.make("doppelt", people=[{"speaker": cast.ARIANE, "role": "speaker"}] * 2)
    assert roles(document(event)) == [("speaker", "Ariane Beispiel")]


def test_the_office_held_then_is_told_of_the_part_and_not_of_the_person():
    *_, part = document(cast.fair())["hasParticipation"]
    assert part["description"]["@value"] == "Staatssekretärin, Ministerium für Digitales"
    assert set(part["hasParticipant"]) == {"@id", "@type", "Agent.name"}


def test_a_former_name_does_not_give_the_organisation_a_second_one():
    event = cast.fair()
    event.organisers[0].name_then = "Ministerium für Inneres"
    part = document(event)["hasParticipation"][0]
    assert part["description"]["@value"] == "Damaliger Name: Ministerium für Inneres"
    assert [name["@value"] for name in part["hasParticipant"]["Agent.name"]] == [
        "Ministerium für Digitales",
        "Ministry of Digital Affairs",
    ]


def test_both_languages_speak_of_the_same_things():
    german, english = document(cast.fair()), document(cast.fair(), ENGLISH)
    assert german["@id"] == english["@id"] == f"{HOST}/veranstaltungen/messe-digital-2027/#event"
    assert german["title"] == english["title"]
    assert [text["@language"] for text in german["title"]] == ["de", "en"]
    assert german["eventType"][0]["@id"] == english["eventType"][0]["@id"]
    assert english["homepage"]["@id"] == f"{HOST}/en/events/messe-digital-2027/"


def test_an_events_website_is_not_its_homepage():
    told = document(cast.fair())
    assert told["foaf:page"]["@id"] == "https://messe-digital.example/"
    assert told["homepage"]["@id"] == f"{HOST}/veranstaltungen/messe-digital-2027/"
    assert told["registration"]["@id"] == "https://messe-digital.example/anmeldung?von=atlas,ja"


def test_formats_are_told_in_the_words_of_the_european_union_where_it_has_some():
    kinds = [one["@id"] for one in document(cast.fair())["eventType"]]
    assert kinds[2:] == ["http://publications.europa.eu/resource/authority/public-event-type/EXHIBITION"]
    assert kinds[0].endswith("/veranstaltungen.jsonld#format-trade_fair")
    (unknown,) = document(cast.nowhere())["eventType"]
    assert unknown["rdfs:label"]["@value"] == "Veranstaltung"


def test_every_language_has_its_code():
    assert set(cpev_nodes.LANGUAGES) == set(Language.values)


def test_a_sample_says_so_in_each_language():
    event = cast.make("probe", title="Probe", title_en="Trial", is_sample=True)
    assert [text["@value"] for text in document(event)["title"]] == ["[Beispiel] Probe", "[Sample] Trial"]


def test_neighbours_are_named_when_they_are_public():
    draft = cast.make("entwurf", state="draft")
    told = document(crowded(), previous=cast.spring(), following=draft)
    assert [child["title"][0]["@value"] for child in told["subEvent"]] == [
        "Hackathon in der Nacht der Zeitumstellung",
        "Irgendwann im Sommer",
    ]
    assert told["parentEvent"][0]["@id"].endswith("/verschobener-tag/#event")
    assert told["hasPreviousEvent"][0]["hasTime"]["time:hasBeginning"]
    assert "hasNextEvent" not in told
    assert told["dct:isPartOf"]["title"] == [{"@value": "Digitaltage", "@language": "de"}]


def test_the_entry_tells_its_change_and_its_licence():
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    free = Site(url=HOST, name="Kongressatlas", language="de", licence=licence)
    record = document(cast.fair(), free)["foaf:isPrimaryTopicOf"]
    assert record["@id"] == f"{HOST}/veranstaltungen/messe-digital-2027.jsonld"
    assert record["dct:modified"]["@value"] == "2027-02-03T04:05:06+00:00"
    assert record["dct:license"] == {"@id": licence}
    assert "dct:license" not in document(cast.fair())["foaf:isPrimaryTopicOf"]


def test_an_anonymised_person_is_not_there(db, now):
    event = EventFactory()
    AppearanceFactory(event=event, speaker=SpeakerFactory(given_name="Rita", family_name="Bleibt"))
    gone = AppearanceFactory(event=event).speaker
    type(gone).objects.filter(pk=gone.pk).update(
        academic_title="", given_name="", family_name="", website="", anonymised_at=NOW
    )
    told = document(Event.objects.for_detail().get(pk=event.pk))
    people = [name for role, name in roles(told) if role in SpeakerRole.values]
    assert people == ["Rita Bleibt"]
