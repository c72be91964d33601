"""The nodes around a CPEV PublicEvent: context, texts, codes, times, agents, addresses.

Names of nodes are the plain (German) addresses in every language, so that what the German and the English
form tell is about the same things.
"""

from functools import cache
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from events.models import Appearance, Event, Participation, Series, Topic, Venue
from events.models.choices import Format, Mode, OrganisationRole, Precision, SpeakerRole, Status
from events.outputs import facts, plain
from events.outputs.facts import Site
from lib.nouns import Noun
from lib.places import country_name, state_name
from organisations.models import Organisation
from speakers.models import Speaker

Node = dict[str, Any]
# What the directory holds in one language only is German, names of people and places included.
GERMAN = "de"
LINKED = {"@type": "@id"}
# The terms that are used, with the addresses that the published context gives them. It stands in the export
# itself, so that nobody needs the network to read it. Every text is written with its language: the published
# context declares texts as rdf:langString, which a plain string cannot be.
CONTEXT: Node = {
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "PublicEvent": "cv:PublicEvent",
    "Participation": "cv:Participation",
    "Agent": "foaf:Agent",
    "Document": "foaf:Document",
    "Code": "skos:Concept",
    "Address": "locn:Address",
    "TemporalEntity": "time:TemporalEntity",
    "LinguisticSystem": "dct:LinguisticSystem",
    "title": "dct:title",
    "Agent.name": "dct:title",
    "description": "dct:description",
    "identifier": "dct:identifier",
    "eventNumber": "cv:eventNumber",
    "accessibility": "cv:accessibility",
    "fullAddress": "locn:fullAddress",
    "locatorName": "locn:locatorName",
    "postCode": "locn:postCode",
    "postName": "locn:postName",
    "adminUnitL1": "locn:adminUnitL1",
    "adminUnitL2": "locn:adminUnitL2",
    "eventType": {"@id": "dct:type", **LINKED},
    "eventStatus": {"@id": "cv:eventStatus", **LINKED},
    "format": {"@id": "cv:format", **LINKED},
    "audience": {"@id": "cv:audience", **LINKED},
    "topic": {"@id": "dct:subject", **LINKED},
    "language": {"@id": "dct:language", **LINKED},
    "homepage": {"@id": "foaf:homepage", **LINKED},
    "registration": {"@id": "cv:registrationPage", **LINKED},
    "address": {"@id": "locn:address", **LINKED},
    "hasTime": {"@id": "time:hasTime", **LINKED},
    "hasParticipation": {"@id": "cv:hasParticipation", **LINKED},
    "role": {"@id": "cv:role", **LINKED},
    "hasParticipant": {"@id": "cv:hasParticipant", **LINKED},
    "parentEvent": {"@id": "cv:parentEvent", **LINKED},
    "subEvent": {"@id": "cv:subEvent", **LINKED},
    "hasPreviousEvent": {"@id": "cv:hasPreviousEvent", **LINKED},
    "hasNextEvent": {"@id": "cv:hasNextEvent", **LINKED},
}
AUTHORITY = "http://publications.europa.eu/resource/authority/"
SCHEMA = "https://schema.org/"
# The EU list of statuses, where the specification itself shows the code; for the rest the one of schema.org.
STATUSES = {
    Status.SCHEDULED: f"{AUTHORITY}event-status/NORMAL",
    Status.RESCHEDULED: f"{SCHEMA}EventRescheduled",
    Status.POSTPONED: f"{SCHEMA}EventPostponed",
    Status.MOVED_ONLINE: f"{SCHEMA}EventMovedOnline",
    Status.CANCELLED: f"{SCHEMA}EventCancelled",
}
MODES = {
    Mode.ONSITE: f"{SCHEMA}OfflineEventAttendanceMode",
    Mode.ONLINE: f"{SCHEMA}OnlineEventAttendanceMode",
    Mode.HYBRID: f"{SCHEMA}MixedEventAttendanceMode",
}
# Formats that the EU list of public event types has as well.
EU_TYPES = {
    Format.TRADE_FAIR: f"{AUTHORITY}public-event-type/EXHIBITION",
    Format.COMPETITION: f"{AUTHORITY}public-event-type/COMPETITION_AWARD_CEREMONY",
    Format.AWARD: f"{AUTHORITY}public-event-type/COMPETITION_AWARD_CEREMONY",
}
# EU list of languages by ISO 639-1 code.
LANGUAGES = {
    "ar": "ARA", "bg": "BUL", "cs": "CES", "da": "DAN", "de": "DEU", "el": "ELL", "en": "ENG", "es": "SPA",
    "et": "EST", "fi": "FIN", "fr": "FRA", "hr": "HRV", "hu": "HUN", "it": "ITA", "lb": "LTZ", "lt": "LIT",
    "lv": "LAV", "nl": "NLD", "no": "NOR", "pl": "POL", "pt": "POR", "rm": "ROH", "ro": "RON", "ru": "RUS",
    "sk": "SLK", "sl": "SLV", "sq": "SQI", "sr": "SRP", "sv": "SWE", "tr": "TUR", "uk": "UKR",
}  # fmt: skip


# -- texts and names ------------------------------------------------------------------------------


def text(value: str, language: str = GERMAN) -> Node:
    """A text with its language; empty for an empty one."""
    value = plain.line(value)
    return {"@value": value, "@language": language} if value else {}


def texts(german: str, english: str) -> list[Node]:
    """A text in both languages, as far as it is given."""
    return [one for one in (text(german), text(english, "en")) if one]


def name_of(noun: Noun, site: Site, fragment: str) -> str:
    """The name of a thing: its plain address, with a fragment, since the thing is not the page on it."""
    with translation.override(GERMAN):
        return f"{facts.address(noun, site)}#{fragment}"


def document(address: str) -> Node:
    return {"@id": plain.web(address), "@type": "Document"} if address else {}


# -- codes ----------------------------------------------------------------------------------------


def code(address: str, label: str, site: Site) -> Node:
    """A value of a list of codes, labelled in the language of the export."""
    return {"@id": address, "@type": "Code", "rdfs:label": text(label, site.language)}


def own_code(kind: str, value: str, label: str, site: Site) -> Node:
    """A value of one of the directory's own lists, where no published one has it."""
    return code(f"{site.url}{_own_codes()}#{kind}-{value}", label, site)


@cache
def _own_codes() -> str:
    """The path of what describes the directory's own codes."""
    with translation.override(GERMAN):
        return reverse("events:list-jsonld")


def types(event: Event, site: Site) -> list[Node]:
    """The formats, in the words of the EU list too where it has them; an event of no format is an event."""
    formats = [Format(one) for one in event.formats]
    found = [own_code("format", one.value, str(one.label), site) for one in formats]
    known = dict.fromkeys(EU_TYPES[one] for one in formats if one in EU_TYPES)
    found += [{"@id": address, "@type": "Code"} for address in known]
    return found or [own_code("format", "event", _("Event"), site)]


def status(event: Event, site: Site) -> Node:
    value = Status(event.status)
    return code(STATUSES[value], str(value.label), site)


def mode(event: Event, site: Site) -> Node:
    value = Mode(event.mode)
    return code(MODES[value], str(value.label), site)


def topic(topic: Topic, site: Site) -> Node:
    labels = texts(topic.name_de, topic.name_en)
    return {"@id": name_of(topic, site, "topic"), "@type": "Code", "rdfs:label": labels}


def series(series: Series, site: Site) -> Node:
    return {
        "@id": name_of(series, site, "series"),
        "@type": f"{SCHEMA}EventSeries",
        "title": texts(series.name, series.name_en),
    }


def language(value: str) -> Node:
    return {"@id": f"{AUTHORITY}language/{LANGUAGES[value]}", "@type": "LinguisticSystem"}


# -- time -----------------------------------------------------------------------------------------


def interval(event: Event, name: str, site: Site) -> Node:
    """When it takes place (https://www.w3.org/TR/owl-time/). `name` is that of the event.

    Whole days are dates, the last day included. A vague date has a beginning known by month or year; a
    quarter counts by its year. That a postponed event begins is all that is known of its beginning.
    """
    start, end = facts.start_and_end(event)
    if event.status == Status.POSTPONED:
        told = _("The event has been postponed; there is no new date yet.")
    else:
        told = facts.date_words(event)
    node = {
        "@id": f"{name}-time",
        "@type": ["TemporalEntity", "time:Interval"],
        "description": text(told, site.language),
        "time:hasBeginning": _instant(f"{name}-start", start, event.date_precision),
        "time:hasEnd": _instant(f"{name}-end", end, event.date_precision) if end else None,
    }
    return plain.known(node)


def _instant(name: str, value: str, precision: str) -> Node:
    """A moment as exactly as it is known: to the second, the day, the month, the year, or not at all."""
    if precision in (Precision.QUARTER, Precision.YEAR):
        value, position, kind = value[:4], "inXSDgYear", "gYear"
    elif precision == Precision.MONTH:
        position, kind = "inXSDgYearMonth", "gYearMonth"
    elif "T" in value:
        position, kind = "inXSDDateTimeStamp", "dateTimeStamp"
    else:
        position, kind = "inXSDDate", "date"
    node: Node = {"@id": name, "@type": "time:Instant"}
    return {**node, f"time:{position}": {"@value": value, "@type": f"xsd:{kind}"}} if value else node


# -- who and where --------------------------------------------------------------------------------


def organisation(link: Participation, site: Site) -> Node:
    """An organisation in its role. A name it bore then is told of the role: the organisation has but one."""
    then = _("Name at the time: %(name)s") % {"name": link.name_then} if link.name_then else ""
    return _participation(
        OrganisationRole(link.role), then, organisation_agent(link.organisation, site), site
    )


def person(appearance: Appearance, site: Site) -> Node:
    """A person in a role, with the office held then."""
    employer = appearance.organisation.display_name if appearance.organisation else ""
    office = ", ".join(part for part in (appearance.office, employer) if part)
    return _participation(SpeakerRole(appearance.role), office, person_agent(appearance.speaker, site), site)


def organisation_agent(organisation: Organisation, site: Site) -> Node:
    agent = {
        "@id": name_of(organisation, site, "organisation"),
        "@type": ["Agent", "foaf:Organization"],
        "Agent.name": texts(organisation.name, organisation.name_en),
        "homepage": document(organisation.website),
        "owl:sameAs": wikidata(organisation.wikidata),
    }
    return plain.known(agent)


def person_agent(speaker: Speaker, site: Site) -> Node:
    agent = {
        "@id": name_of(speaker, site, "person"),
        "@type": ["Agent", "foaf:Person"],
        "Agent.name": text(speaker.plain_name),
    }
    return plain.known(agent)


def wikidata(item: str) -> Node:
    """The thing that an item of Wikidata is about."""
    return {"@id": f"http://www.wikidata.org/entity/{item}"} if item else {}


def _participation(role: OrganisationRole | SpeakerRole, told: str, agent: Node, site: Site) -> Node:
    node = {
        "@type": "Participation",
        "role": own_code("role", role.value, str(role.label), site),
        "description": text(told, site.language),
        "hasParticipant": agent,
    }
    return plain.known(node)


def address(venue: Venue, site: Site) -> Node:
    """A place. The street stands in the full address alone: name and number are one field here."""
    node = {
        "@id": name_of(venue, site, "address"),
        "@type": "Address",
        "fullAddress": text(facts.postal(venue), site.language),
        "locatorName": text(venue.name) if venue.is_precise else None,
        "postCode": venue.postal_code,
        "postName": text(venue.city),
        "adminUnitL1": text(country_name(venue.country), site.language),
        "adminUnitL2": text(state_name(venue.state), site.language),
    }
    return plain.known(node)
