"""The nodes around a schema.org Event: places, organisations, people, offers."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from events.models import Appearance, Event, Participation, Venue
from events.models.choices import Mode, PriceGroup, Status
from events.outputs import facts, plain
from events.outputs.facts import Site
from lib.places import state_name
from organisations.models import Organisation, OrganisationKind
from speakers.models import Speaker

CONTEXT = "https://schema.org"
Node = dict[str, Any]
ORGANISATIONS = {
    OrganisationKind.AUTHORITY: "GovernmentOrganization",
    OrganisationKind.MUNICIPALITY: "GovernmentOrganization",
    OrganisationKind.COMPANY: "Corporation",
    OrganisationKind.TRADE_FAIR: "Corporation",
    OrganisationKind.RESEARCH: "ResearchOrganization",
    OrganisationKind.MEDIA: "NewsMediaOrganization",
}


# -- places -------------------------------------------------------------------------------------


def locations(event: Event, page: str, site: Site) -> list[Node]:
    found = [place(venue, site) for venue in facts.visited(event)]
    if not found and event.mode != Mode.ONLINE:
        unknown = _("Place not known")
        found = [{"@type": "Place", "name": unknown, "address": unknown}]
    if event.mode != Mode.ONSITE:
        address = plain.web(event.online_url or event.registration_url or event.website) or page
        found.append({"@type": "VirtualLocation", "url": address})
    return found


def place(venue: Venue, site: Site) -> Node:
    """A place with its address and, where one can go there, its position."""
    page = facts.address(venue, site)
    address = {
        "@type": "PostalAddress",
        "streetAddress": plain.line(venue.street),
        "postalCode": venue.postal_code,
        "addressLocality": plain.line(venue.city),
        "addressRegion": state_name(venue.state),
        "addressCountry": venue.country,
    }
    node = {
        "@type": "Place",
        "@id": f"{page}#place",
        "name": plain.line(venue.name),
        "url": page,
        "sameAs": plain.web(venue.website),
        "address": plain.known(address),
    }
    position = facts.position(venue)
    if position:
        node["geo"] = {"@type": "GeoCoordinates", "latitude": position[0], "longitude": position[1]}
    return plain.known(node)


# -- people and prices --------------------------------------------------------------------------


def participant(link: Participation, site: Site) -> Node:
    return organisation(link.organisation, link.name, site)


def organisation(organisation: Organisation, name: str, site: Site) -> Node:
    """An organisation under the name it bore then, and what identifies it elsewhere.

    Under a former name it has no @id: whoever joins the nodes of one @id would take it for its name today.
    """
    page, name = facts.address(organisation, site), plain.line(name)
    node = {
        "@type": ORGANISATIONS.get(OrganisationKind(organisation.kind), "Organization"),
        "@id": f"{page}#organisation" if name == plain.line(organisation.display_name) else "",
        "name": name,
        "url": page,
        "sameAs": one_or_all(known_elsewhere(organisation)),
    }
    return plain.known(node)


def known_elsewhere(noun: Organisation | Speaker) -> list[str]:
    """The addresses of its website and of its entry in Wikidata, as far as there are any."""
    entry = f"https://www.wikidata.org/entity/{noun.wikidata}" if noun.wikidata else ""
    return [address for address in (plain.web(noun.website), entry) if address]


def person(appearance: Appearance, site: Site) -> Node:
    """A person with the office held then."""
    speaker = appearance.speaker
    employer: Node = {}
    if appearance.organisation:
        employer = {"@type": "Organization", "name": plain.line(appearance.organisation.display_name)}
    page = facts.address(speaker, site)
    node = {
        "@type": "Person",
        "@id": f"{page}#person",
        "name": plain.line(speaker.plain_name),
        "honorificPrefix": plain.line(speaker.academic_title),
        "jobTitle": plain.line(appearance.office),
        "affiliation": employer,
        "url": page,
    }
    return plain.known(node)


def offers(event: Event, page: str) -> list[Node]:
    """How to take part, when something is known of it; nothing is offered of what does not take place."""
    told = event.registration_url or event.is_free or event.sold_out
    if not told or event.status == Status.CANCELLED:
        return []
    free = {"price": 0, "priceCurrency": "EUR"} if event.is_free else {}
    return [{**_offer(event, page, event.registration_deadline), **free}]


def priced(event: Event, page: str) -> list[Node]:
    """One offer for each price."""
    if event.status == Status.CANCELLED:
        return []
    offers = []
    for price in event.prices.all():
        until = event.early_bird_until if price.is_early_bird else event.registration_deadline
        offer = {**_offer(event, page, until), "name": str(PriceGroup(price.group).label)}
        if price.amount_to is None:
            offer |= {"price": float(price.amount), "priceCurrency": price.currency}
        else:
            offer["priceSpecification"] = {
                "@type": "PriceSpecification",
                "minPrice": float(price.amount),
                "maxPrice": float(price.amount_to),
                "priceCurrency": price.currency,
            }
        offers.append(offer)
    return offers


def _offer(event: Event, page: str, until: dt.date | None) -> Node:
    node = {
        "@type": "Offer",
        "url": plain.web(event.registration_url) or page,
        "availability": f"{CONTEXT}/{'SoldOut' if event.sold_out else 'InStock'}",
        "validThrough": until.isoformat() if until else "",
    }
    return plain.known(node)


def one_or_all(values: list[Any]) -> Any:
    """A single value stands alone, as readers of schema.org expect it."""
    return values[0] if len(values) == 1 else values
