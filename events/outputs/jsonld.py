"""schema.org for pages and for those who reuse the data (https://schema.org/Event).

* `startDate` always stands there. A vague date is a Date of less precision (2027-05), written out as a typed
  literal, since a plain text invites readers to take it for a day; a quarter counts by its year. A postponed
  event keeps its last announced date and repeats it as `previousStartDate`, as EventPostponed demands.
* `location` always stands there too: an unknown place says so, an online event without an address of its own
  is found where one registers or, failing that, on our page.
* Exhibitors are left out: a fair has hundreds.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator

from django.utils import translation
from django.utils.safestring import SafeString

from events.models import Event, Series
from events.models.choices import (
    Audience,
    Format,
    Mode,
    OrganisationRole,
    Precision,
    SpeakerRole,
    Status,
)
from events.outputs import facts, json_graph, plain
from events.outputs import jsonld_nodes as nodes
from events.outputs.facts import Site
from events.outputs.jsonld_nodes import CONTEXT, Node
from lib.instants import instant

STATUSES = {
    Status.SCHEDULED: "EventScheduled",
    Status.RESCHEDULED: "EventRescheduled",
    Status.POSTPONED: "EventPostponed",
    Status.MOVED_ONLINE: "EventMovedOnline",
    Status.CANCELLED: "EventCancelled",
}
MODES = {Mode.ONSITE: "Offline", Mode.ONLINE: "Online", Mode.HYBRID: "Mixed"}
TYPES = {
    Format.TRADE_FAIR: "ExhibitionEvent",
    Format.HACKATHON: "Hackathon",
    Format.COURSE: "EducationEvent",
    Format.WORKSHOP: "EducationEvent",
    Format.WEBINAR: "EducationEvent",
    Format.CONGRESS: "BusinessEvent",
    Format.CONFERENCE: "BusinessEvent",
}
SPONSORING = (OrganisationRole.SPONSOR, OrganisationRole.SUPPORTER)
CONTRIBUTING = (
    OrganisationRole.PARTNER,
    OrganisationRole.COOPERATION_PARTNER,
    OrganisationRole.MEDIA_PARTNER,
)
SPEAKING = (SpeakerRole.KEYNOTE, SpeakerRole.SPEAKER, SpeakerRole.PANELLIST, SpeakerRole.MODERATOR)


# -- documents ----------------------------------------------------------------------------------


def event_page(event: Event, site: Site, now: dt.datetime) -> Node:
    """What an event's page states. It comes from `for_detail()`; what is not public at `now` stays out."""
    with translation.override(site.language):
        return {"@context": CONTEXT, **listed(event, site), **_detailed(event, site, now)}


def listing(events: Iterable[Event], site: Site) -> Iterator[bytes]:
    """The events of a list, from `for_listing()`, in pieces: without people and prices."""
    return json_graph.stream(CONTEXT, events, lambda event: listed(event, site), site.language)


def dump(data: Node) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"


def script(data: Node) -> SafeString:
    """The content of a <script type="application/ld+json">, which no title can end."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return SafeString(text)


# -- events -------------------------------------------------------------------------------------


def listed(event: Event, site: Site) -> Node:
    """An event as a list tells it, in the active language: without people and prices."""
    page = facts.address(event, site)
    said = [*facts.changes(event), plain.line(event.display_summary)]
    node = {
        **mention(event, site),
        "identifier": facts.identifier(event),
        "additionalType": _additional_type(event),
        "description": " ".join(part for part in said if part),
        "image": facts.image_address(event, site),
        "sameAs": plain.web(event.website),
        "endDate": _end(event),
        "previousStartDate": nodes.one_or_all(_previous(event)),
        "eventAttendanceMode": f"{CONTEXT}/{MODES[Mode(event.mode)]}EventAttendanceMode",
        "location": nodes.one_or_all(nodes.locations(event, page, site)),
        "organizer": nodes.one_or_all([nodes.participant(link, site) for link in event.organisers]),
        "superEvent": series_mention(event.series, site) if event.series else None,
        "offers": nodes.one_or_all(nodes.offers(event, page)),
        "isAccessibleForFree": event.is_free,
        "inLanguage": nodes.one_or_all(list(event.languages)),
        "keywords": plain.names(topic.name for topic in event.topic_list),
        "audience": [
            {"@type": "Audience", "audienceType": str(Audience(one).label)} for one in event.audiences
        ],
    }
    return plain.known(node)


def _detailed(event: Event, site: Site, now: dt.datetime) -> Node:
    """What only an event's own page tells: people, partners, prices, the events around it."""
    links, people = list(event.participations.all()), list(event.appearances.all())
    sponsors = [nodes.participant(link, site) for link in links if link.role in SPONSORING]
    partners = [nodes.participant(link, site) for link in links if link.role in CONTRIBUTING]
    speakers = [nodes.person(one, site) for one in people if one.role in SPEAKING]
    guests = [nodes.person(one, site) for one in people if one.role not in SPEAKING]
    above = [series_mention(event.series, site)] if event.series else []
    if event.parent and event.parent.is_public(now):
        above.append(mention(event.parent, site))
    page = facts.address(event, site)
    node = {
        "sponsor": nodes.one_or_all(sponsors),
        "contributor": nodes.one_or_all(_each_once([*partners, *guests])),
        "performer": nodes.one_or_all(_each_once(speakers)),
        "superEvent": nodes.one_or_all(above),
        "subEvent": [mention(child, site) for child in event.children.all() if child.is_public(now)],
        "offers": nodes.one_or_all(nodes.priced(event, page) or nodes.offers(event, page)),
    }
    return plain.known(node)


def mention(event: Event, site: Site) -> Node:
    """The least that makes an event known, wherever it is named; a date is never told without the status."""
    page = facts.address(event, site)
    return {
        "@type": "Event",
        "@id": f"{page}#event",
        "name": facts.sample_title(event),
        "url": page,
        "startDate": _start(event),
        "eventStatus": f"{CONTEXT}/{STATUSES[Status(event.status)]}",
    }


def _additional_type(event: Event) -> list[str]:
    found = [TYPES[Format(one)] for one in event.formats if one in TYPES]
    return [f"{CONTEXT}/{name}" for name in dict.fromkeys(found)]


def series_mention(series: Series, site: Site) -> Node:
    page = facts.address(series, site)
    return {
        "@type": "EventSeries",
        "@id": f"{page}#series",
        "name": plain.line(series.display_name),
        "url": page,
    }


# -- time ---------------------------------------------------------------------------------------


def _start(event: Event) -> str | Node:
    if event.date_precision == Precision.DAY:
        return event.start.isoformat()
    return _vague(event.starts_on, event.date_precision)


def _end(event: Event) -> str:
    return event.end.isoformat() if event.end and event.date_precision == Precision.DAY else ""


def _vague(first: dt.date, precision: str) -> Node:
    told = Precision.YEAR if precision == Precision.QUARTER else precision
    return {"@type": "Date", "@value": facts.period(first, told)}


def _previous(event: Event) -> list[str | Node]:
    """Starts that no longer hold, the oldest first."""
    found: list[str | Node] = []
    for row in event.previous_dates.all():
        if row.date_precision != Precision.DAY:
            found.append(_vague(row.starts_on, row.date_precision))
        elif row.start_time:
            found.append(instant(row.starts_on, row.start_time, event.zone).isoformat())
        else:
            found.append(row.starts_on.isoformat())
    return [*found, _start(event)] if event.status == Status.POSTPONED else found


def _each_once(nodes: list[Node]) -> list[Node]:
    return [node for place, node in enumerate(nodes) if node not in nodes[:place]]
