"""The record of the catalogue keeps DCAT-AP 3.0: what each class must have, and the classes of its values."""

import dataclasses
import datetime as dt

import pytest

from events.outputs import dcat, jsonld, rdf_xml
from tests import golden
from tests.events.outputs import validators
from tests.events.outputs.cast import GERMAN, NOW

# What the profile makes mandatory or recommends and we always know, by class.
OWED = {
    "dcat:Catalog": {
        "dct:title", "dct:description", "dct:publisher", "dcat:dataset", "dcat:service", "dct:modified",
        "foaf:homepage", "dct:language", "dcat:themeTaxonomy", "dct:spatial",
    },
    "dcat:Dataset": {
        "dct:title", "dct:description", "dct:publisher", "dcat:distribution", "dcat:theme", "dcat:keyword",
        "dct:identifier", "dct:accrualPeriodicity", "dct:modified", "dcat:landingPage", "dct:spatial",
    },
    "dcat:Distribution": {
        "dct:title", "dcat:accessURL", "dct:format", "dcat:mediaType", "dcatap:availability",
    },
    "dcat:DataService": {"dct:title", "dcat:endpointURL", "dcat:endpointDescription", "dcat:servesDataset"},
    "foaf:Agent": {"foaf:name"},
    "vcard:Organization": {"vcard:fn", "vcard:hasEmail"},
}  # fmt: skip
RANGES = {
    "dct:license": "dct:LicenseDocument",
    "dct:format": "dct:MediaTypeOrExtent",
    "dct:language": "dct:LinguisticSystem",
    "dct:accrualPeriodicity": "dct:Frequency",
    "dct:conformsTo": "dct:Standard",
    "dct:spatial": "dct:Location",
    "dct:temporal": "dct:PeriodOfTime",
    "dcat:theme": "skos:Concept",
    "dcat:distribution": "dcat:Distribution",
    "dcat:service": "dcat:DataService",
    "dcat:dataset": "dcat:Dataset",
}
ONCE = {
    "dct:license",
    "dct:modified",
    "dct:publisher",
    "dct:temporal",
    "dct:accrualPeriodicity",
    "dct:format",
}
TABLE = dcat.Form(
    name="table",
    title="Tabelle",
    address="https://kongresse.example.org/veranstaltungen.csv?when=all",
    media_type="text/csv",
    file_type="CSV",
    standard="https://www.rfc-editor.org/rfc/rfc4180",
)
API = dcat.Form(
    name="api",
    title="Schnittstelle",
    address="https://kongresse.example.org/api/v1/",
    media_type="application/json",
    file_type="JSON",
    service="https://kongresse.example.org/api/v1/openapi.json",
)
FULL = dcat.Catalogue(
    site=dataclasses.replace(GERMAN, licence="https://creativecommons.org/licenses/by/4.0/"),
    publisher="Stadt <Musterstadt> & Umland",
    contact="daten@musterstadt.example",
    page="https://kongresse.example.org/daten/",
    forms=[TABLE, API],
    changed=NOW,
    first=dt.date(2002, 3, 1),
    last=dt.date(2027, 6, 30),
    attribution="Kongressatlas Musterstadt",
    contributor="http://dcat-ap.de/def/contributors/musterstadt",
    country="DE",
)
BARE = dcat.Catalogue(
    site=GERMAN,
    publisher="Kongressatlas",
    contact="",
    page=FULL.page,
    forms=[TABLE, API],
    changed=NOW,
    country="DE",
)


def many(value):
    return value if isinstance(value, list) else [value]


def nodes(value):
    for one in many(value):
        if isinstance(one, dict):
            yield one
            for key, inner in one.items():
                if not key.startswith("@"):
                    yield from nodes(inner)


def test_the_record_is_told_as_before():
    golden.check("dcat.jsonld", jsonld.dump(dcat.document(FULL)))
    golden.check("dcat.rdf", rdf_xml.document(dcat.document(FULL)))


@pytest.mark.parametrize("about", [FULL, BARE], ids=["full", "bare"])
def test_every_class_has_what_it_owes(about):
    known = [node for node in nodes(dcat.document(about)) if node.get("@type") in OWED]
    assert {node["@type"] for node in known} >= set(OWED) - {"vcard:Organization"}
    assert [
        (node["@id"], OWED[node["@type"]] - set(node)) for node in known if OWED[node["@type"]] - set(node)
    ] == []


@pytest.mark.parametrize("about", [FULL, BARE], ids=["full", "bare"])
def test_what_is_referred_to_has_the_class_that_the_profile_asks_for(about):
    for node in nodes(dcat.document(about)):
        for key, value in node.items():
            if key in RANGES:
                assert {one["@type"] for one in many(value)} == {RANGES[key]}, key
            if key in ONCE:
                assert len(many(value)) == 1, key


def test_every_prefix_is_declared_and_every_reference_is_absolute():
    told = dcat.document(FULL)
    for node in nodes(told):
        names = [key for key in node if not key.startswith("@")] + [node.get("@type", "dct:x")]
        assert {name.partition(":")[0] for name in names} <= set(told["@context"])
        assert node.get("@id", "https:").partition(":")[0] in ("http", "https", "mailto")


def test_what_nobody_declared_is_absent():
    told = str(dcat.document(BARE))
    for word in ("license", "Attribution", "contributor", "contactPoint", "temporal"):
        assert word not in told


@pytest.mark.parametrize(
    ("licence", "told"),
    [
        ("https://creativecommons.org/publicdomain/zero/1.0/", "http://dcat-ap.de/def/licenses/cc-zero"),
        ("https://www.govdata.de/dl-de/by-2-0", "http://dcat-ap.de/def/licenses/dl-by-de/2.0"),
        ("https://example.org/eigene-lizenz", "https://example.org/eigene-lizenz"),
    ],
)
def test_portals_know_the_licence_by_their_own_name_for_it(licence, told):
    about = dataclasses.replace(FULL, site=dataclasses.replace(GERMAN, licence=licence))
    assert dcat.document(about)["dct:license"]["@id"] == told


def test_titles_come_in_both_languages():
    (dataset,) = many(dcat.document(FULL)["dcat:dataset"])
    assert [text["@language"] for text in dataset["dct:title"]] == ["de", "en"]
    assert dataset["dct:title"][0]["@value"] == "Veranstaltungen zur Digitalisierung des öffentlichen Sektors"


RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DCT = "{http://purl.org/dc/terms/}"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def statements_of_json(told):
    """(subject, predicate, value) of every statement, prefixed."""
    found = set()
    for node in nodes(told):
        for key, value in node.items():
            if key == "@type" and "@id" in node:
                found.add((node["@id"], "rdf:type", value))
            elif not key.startswith("@"):
                found |= {(node["@id"], key, one.get("@value", one.get("@id"))) for one in many(value)}
    return found


def statements_of_xml(element, prefixes):
    """The same from RDF/XML."""
    subject = element.get(f"{RDF}about")
    found = {(subject, "rdf:type", short(element.tag, prefixes))}
    for child in element:
        inner = list(child)
        value = inner[0].get(f"{RDF}about") if inner else child.get(f"{RDF}resource", child.text)
        found.add((subject, short(child.tag, prefixes), value))
        for node in inner:
            found |= statements_of_xml(node, prefixes)
    return found


def short(tag, prefixes):
    namespace, _, name = tag[1:].partition("}")
    return f"{prefixes[namespace]}:{name}"


def test_rdf_xml_states_what_json_states():
    told = dcat.document(FULL)
    prefixes = {address: prefix for prefix, address in told["@context"].items()}
    (catalogue,) = validators.read_xml(rdf_xml.document(told))
    assert statements_of_xml(catalogue, prefixes) == statements_of_json(told)
    assert {title.get(XML_LANGUAGE) for title in catalogue.iter(f"{DCT}title")} == {"de", "en"}
