"""Organisations, people, topics, venues and series as the API tells them."""

from typing import Any

from api.outputs.linking import Linker, labelled, prose, text, web
from events.models import Series, Topic, Venue
from events.outputs import plain
from organisations.models import Organisation
from speakers.models import Speaker

Record = dict[str, Any]


def organisation(one: Organisation, link: Linker) -> Record:
    """Needs parent and successor."""
    return {
        **link.identity(one),
        **_named(one),
        "short_name": text(one.short_name),
        "aliases": plain.names(one.aliases),
        "kind": one.kind,
        "level": one.level,
        "parent": link.to(one.parent),
        "successor": link.to(one.successor),
        **_summed_up(one),
        "description": prose(one.description),
        "website": web(one.website),
        "city": text(one.city),
        "state": one.state or None,
        "country": one.country,
        "wikidata": one.wikidata or None,
        "ars": one.ars or None,
        **_kept(one),
    }


def person(one: Speaker, link: Linker) -> Record:
    return {
        **link.identity(one),
        "name": labelled(one, one.name),
        "academic_title": text(one.academic_title),
        "given_name": text(one.given_name),
        "family_name": plain.line(one.family_name),
        "aliases": plain.names(one.aliases),
        "description": prose(one.description),
        "website": web(one.website),
        "wikidata": one.wikidata or None,
        **_kept(one),
    }


def topic(one: Topic, link: Linker) -> Record:
    """Needs the parent."""
    return {
        **link.identity(one),
        "name": labelled(one, one.name),
        "name_de": plain.line(one.name_de),
        "name_en": text(one.name_en),
        "synonyms": plain.names(one.synonyms),
        "parent": link.to(one.parent),
        **_summed_up(one),
        **_kept(one),
    }


def venue(one: Venue, link: Linker) -> Record:
    latitude, longitude = one.latitude, one.longitude
    return {
        **link.identity(one),
        "name": labelled(one, one.name),
        "kind": one.kind,
        "street": text(one.street),
        "postal_code": text(one.postal_code),
        "city": text(one.city),
        "city_slug": one.city_slug or None,
        "state": one.state or None,
        "country": one.country,
        "latitude": None if latitude is None else float(latitude),
        "longitude": None if longitude is None else float(longitude),
        "website": web(one.website),
        "accessibility": one.accessibility,
        "accessibility_note": text(one.accessibility_note),
        **_kept(one),
    }


def series(one: Series, link: Linker) -> Record:
    """Needs the predecessor and organiser_links with their organisations.

    Successors are those that name it as predecessor. Told here too, they would be news of another entry.
    """
    return {
        **link.identity(one),
        **_named(one),
        "short_name": text(one.short_name),
        "aliases": plain.names(one.aliases),
        **_summed_up(one),
        "description": prose(one.description),
        "website": web(one.website),
        "hashtag": text(one.hashtag),
        "predecessor": link.to(one.predecessor),
        "organisers": link.all(row.organisation for row in one.organiser_links.all()),
        **_kept(one),
    }


def _named(one: Organisation | Series) -> Record:
    return {
        "name": labelled(one, one.display_name),
        "name_de": plain.line(one.name),
        "name_en": text(one.name_en),
    }


def _summed_up(one: Any) -> Record:
    return {
        "summary": text(one.display_summary),
        "summary_de": text(one.summary),
        "summary_en": text(one.summary_en),
    }


def _kept(one: Any) -> Record:
    return {"is_sample": one.is_sample, "modified_at": plain.moment(one.modified_at)}
