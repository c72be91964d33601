"""What data portals harvest: the catalogue described in DCAT-AP 3.0 (https://semiceu.github.io/DCAT-AP/releases/3.0.0/),
with the terms that DCAT-AP.de adds (https://www.dcat-ap.de/def/dcatde/3.0/spec/) where settings fill them.

One dataset stands for all nouns: portals show a list of datasets to people, who look for events. Its forms
are distributions; the API is a service that serves it. Texts come in all languages of the site, so one
document serves everybody. `rdf_xml` writes the same as RDF/XML, which most portals in Germany ask for.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from events.outputs import plain
from events.outputs.cpev_nodes import AUTHORITY, LANGUAGES, Node
from events.outputs.facts import Site
from lib import languages

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
# Countries of which an authority may speak German.
COUNTRIES = {
    "AT": "AUT", "BE": "BEL", "CH": "CHE", "DE": "DEU", "IT": "ITA", "LI": "LIE", "LU": "LUX",
}  # fmt: skip
# The names that portals in Germany know licences by (https://www.dcat-ap.de/def/licenses/).
LICENCES = {
    "creativecommons.org/publicdomain/zero/1.0": "cc-zero",
    "creativecommons.org/licenses/by/4.0": "cc-by/4.0",
    "creativecommons.org/licenses/by-sa/4.0": "cc-by-sa/4.0",
    "www.govdata.de/dl-de/zero-2-0": "dl-zero-de/2.0",
    "www.govdata.de/dl-de/by-2-0": "dl-by-de/2.0",
}
KEYWORDS = (_("events"), _("digitalisation"), _("public administration"), _("e-government"), _("congresses"))
TITLE = _("Events on the digitalisation of the public sector")
DESCRIPTION = _(
    "Congresses, trade fairs, conferences, hackathons, workshops and webinars on the digitalisation of the"
    " public sector, with dates, places, organisers, partners, people, topics and sources; with their series,"
    " organisations, people, topics and venues. Past events stay in it."
)


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form in which all of it can be had. `file_type` is its code in the EU's list of file types.

    `standard` is the address of what it conforms to. `service` is the address of the API's description where
    the form is the API: then `address` is where the API begins.
    """

    name: str
    title: Any
    address: str
    media_type: str
    file_type: str
    standard: str = ""
    service: str = ""


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """What the site says of itself. `first` and `last` are the days that the events span, if there are any.

    `attribution` is the text that users of the data have to show, `contributor` the address that GovData gave
    to who delivers (DCAT-AP.de contributorID). What is empty is not told.
    """

    site: Site
    publisher: str
    contact: str
    page: str
    forms: Sequence[Form]
    changed: dt.datetime
    first: dt.date | None = None
    last: dt.date | None = None
    attribution: str = ""
    contributor: str = ""
    # The country that the events are in, by ISO 3166-1.
    country: str = ""
    # {language: what the site is called in it}, where it is not the same in all.
    names: Mapping[str, str] = field(default_factory=dict)


def document(about: Catalogue) -> Node:
    """The catalogue with its dataset, distributions and service: texts in German and English."""
    catalogue = {
        "@id": _name(about, "catalogue"),
        "@type": "dcat:Catalog",
        "dct:title": [_text(about.names.get(code) or about.site.name, code) for code in languages.codes()],
        "dct:description": _both(DESCRIPTION),
        "dct:publisher": _publisher(about),
        "foaf:homepage": _thing(about.site.url + "/", "foaf:Document"),
        "dct:license": _licence(about),
        "dct:modified": _moment(about.changed),
        "dct:language": _languages(),
        "dct:spatial": _country(about),
        "dcat:themeTaxonomy": _thing(f"{AUTHORITY}data-theme", "skos:ConceptScheme"),
        "dcat:dataset": _dataset(about),
        "dcat:service": [_service(about, form) for form in about.forms if form.service],
    }
    return {"@context": PREFIXES, **plain.known(catalogue)}


def _country(about: Catalogue) -> Node | None:
    """By its name in the authority table, three letters long (ISO 3166-1 alpha-3)."""
    name = COUNTRIES.get(about.country)
    return _thing(f"{AUTHORITY}country/{name}", "dct:Location") if name else None


# -- what the catalogue holds -----------------------------------------------------------------------


def _dataset(about: Catalogue) -> Node:
    name = _name(about, "dataset")
    node = {
        "@id": name,
        "@type": "dcat:Dataset",
        "dct:identifier": {"@value": name, "@type": "xsd:anyURI"},
        "dct:title": _both(TITLE),
        "dct:description": _both(DESCRIPTION),
        "dct:publisher": {"@id": _name(about, "publisher")},
        "dcat:contactPoint": _contact(about),
        "dcat:keyword": [text for word in KEYWORDS for text in _both(word)],
        "dcat:theme": _thing(f"{AUTHORITY}data-theme/GOVE", "skos:Concept"),
        "dcat:landingPage": _thing(about.page, "foaf:Document"),
        "dct:accrualPeriodicity": _thing(f"{AUTHORITY}frequency/UPDATE_CONT", "dct:Frequency"),
        "dct:accessRights": _thing(f"{AUTHORITY}access-right/PUBLIC", "dct:RightsStatement"),
        "dct:language": _languages(),
        "dct:modified": _moment(about.changed),
        "dct:spatial": _country(about),
        "dct:temporal": _period(about),
        "dcatde:contributorID": {"@id": about.contributor} if about.contributor else None,
        "dcat:distribution": [_distribution(about, form) for form in about.forms],
    }
    return plain.known(node)


def _distribution(about: Catalogue, form: Form) -> Node:
    node = {
        "@id": _name(about, f"distribution-{form.name}"),
        "@type": "dcat:Distribution",
        "dct:title": _both(form.title),
        "dcat:accessURL": {"@id": form.address},
        "dcat:downloadURL": {"@id": form.address} if not form.service else None,
        "dcat:accessService": {"@id": _name(about, "service")} if form.service else None,
        "dct:format": _thing(f"{AUTHORITY}file-type/{form.file_type}", "dct:MediaTypeOrExtent"),
        "dcat:mediaType": _thing(MEDIA_TYPES + form.media_type, "dct:MediaType"),
        "dct:conformsTo": _thing(form.standard, "dct:Standard") if form.standard else None,
        "dct:license": _licence(about),
        "dcatde:licenseAttributionByText": _text(about.attribution, "de"),
        "dcatap:availability": _thing(f"{AUTHORITY}planned-availability/STABLE", "skos:Concept"),
        "dct:language": _languages(),
        "dct:modified": _moment(about.changed),
    }
    return plain.known(node)


def _service(about: Catalogue, form: Form) -> Node:
    node = {
        "@id": _name(about, "service"),
        "@type": "dcat:DataService",
        "dct:title": _both(form.title),
        "dcat:endpointURL": {"@id": form.address},
        "dcat:endpointDescription": {"@id": form.service},
        "dcat:servesDataset": {"@id": _name(about, "dataset")},
        "dcat:landingPage": _thing(about.page, "foaf:Document"),
        "dct:publisher": {"@id": _name(about, "publisher")},
        "dct:license": _licence(about),
        "dct:accessRights": _thing(f"{AUTHORITY}access-right/PUBLIC", "dct:RightsStatement"),
    }
    return plain.known(node)


def _publisher(about: Catalogue) -> Node:
    return {
        "@id": _name(about, "publisher"),
        "@type": "foaf:Agent",
        "foaf:name": {"@value": plain.line(about.publisher), "@language": "de"},
    }


def _contact(about: Catalogue) -> Node:
    if not about.contact:
        return {}
    return {
        "@id": _name(about, "contact"),
        "@type": "vcard:Organization",
        "vcard:fn": _text(about.publisher, "de"),
        "vcard:hasEmail": {"@id": f"mailto:{plain.web(about.contact)}"},
    }


def _period(about: Catalogue) -> Node:
    if not about.first or not about.last:
        return {}
    return {
        "@id": _name(about, "period"),
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": {"@value": about.first.isoformat(), "@type": "xsd:date"},
        "dcat:endDate": {"@value": about.last.isoformat(), "@type": "xsd:date"},
    }


# -- values -----------------------------------------------------------------------------------------


def _name(about: Catalogue, fragment: str) -> str:
    return f"{about.site.url}/#{fragment}"


def _thing(address: str, kind: str) -> Node:
    """Something of somebody else, with the class that the profile asks for."""
    return {"@id": address, "@type": kind}


def _text(value: str, language: str) -> Node:
    return {"@value": plain.line(value), "@language": language} if value else {}


def _both(lazy: Any) -> list[Node]:
    told = []
    for language in languages.codes():
        with translation.override(language):
            told.append(_text(str(lazy), language))
    return told


def _moment(value: dt.datetime) -> Node:
    return {"@value": plain.moment(value), "@type": "xsd:dateTime"}


def _languages() -> list[Node]:
    codes = [LANGUAGES[one] for one in languages.codes()]
    return [_thing(f"{AUTHORITY}language/{code}", "dct:LinguisticSystem") for code in codes]


def _licence(about: Catalogue) -> Node:
    """The licence under the name that portals know it by, else under its own address."""
    address = about.site.licence
    if not address:
        return {}
    known = LICENCES.get(address.partition("://")[2].removesuffix("/"))
    return _thing(f"http://dcat-ap.de/def/licenses/{known}" if known else address, "dct:LicenseDocument")
