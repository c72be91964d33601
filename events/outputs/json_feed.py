"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), and one event as one of its items.

What the format has no name for stands in the item's one extension object, `_kongressatlas`. There the end of
whole days is the last day; a vague date has `2027-05`, `2027-Q2` or `2027` as start; a postponed event has
neither. What is not known is absent.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.utils import translation

from events.models import Event, Participation, Venue
from events.models.choices import ORGANISING
from events.outputs import facts, plain
from events.outputs.facts import Feed, Site

VERSION = "https://jsonfeed.org/version/1.1"
MEDIA_TYPE = "application/feed+json"
EXTENSION = "_kongressatlas"


def document(events: Iterable[Event], feed: Feed) -> dict[str, Any]:
    """The events of one page of a list; `next_url` leads to the next page."""
    with translation.override(feed.site.language):
        top = {
            "version": VERSION,
            "title": plain.line(feed.title),
            "home_page_url": feed.page,
            "feed_url": feed.address,
            "next_url": feed.next,
            "language": feed.site.language,
            "authors": [{"name": plain.line(feed.site.name), "url": feed.site.url + "/"}],
        }
        return {**plain.known(top), "items": [_item(event, feed.site) for event in events]}


def item(event: Event, site: Site) -> dict[str, Any]:
    """One event: what stands for it in a feed."""
    with translation.override(site.language):
        return _item(event, site)


def dump(data: dict[str, Any]) -> bytes:
    """JSON in UTF-8, with line breaks: people open these addresses too, and compression makes them free."""
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"


def _item(event: Event, site: Site) -> dict[str, Any]:
    page = facts.address(event, site)
    return plain.known(
        {
            "id": facts.identifier(event),
            "url": page,
            "external_url": plain.web(event.website),
            "title": facts.headline(event),
            "summary": plain.line(event.display_summary),
            "content_text": facts.description(event, page),
            "image": facts.image_address(event, site),
            "date_published": plain.moment(event.published_at or event.created_at),
            "date_modified": plain.moment(event.modified_at),
            "tags": plain.names(topic.name for topic in event.topic_list),
            "language": event.title_language,
            EXTENSION: plain.known(
                {**_core(event), **_where(event, site), **_who(event, site), **_details(event)}
            ),
        }
    )


def _core(event: Event) -> dict[str, Any]:
    start, end = facts.start_and_end(event)
    return {
        "uid": str(event.uid),
        "slug": event.slug,
        "title": facts.sample_title(event),
        "subtitle": plain.line(event.subtitle),
        "is_sample": event.is_sample,
        "start": start,
        "end": end,
        "all_day": event.is_all_day if event.has_day else None,
        "time_zone": event.timezone,
        "date_precision": event.date_precision,
        "date_note": plain.line(event.date_note),
        "previous_dates": _previous_dates(event),
        "status": event.status,
        "sold_out": event.sold_out,
        "revision": event.revision,
    }


def _previous_dates(event: Event) -> list[dict[str, str]]:
    """Dates that no longer hold, the oldest first; the last day as end, vague ones by their period."""
    found = []
    for first, last, precision in facts.former_dates(event):
        start, end = facts.periods(first, last, precision)
        found.append({"start": start, "end": end or start})
    return found


def _where(event: Event, site: Site) -> dict[str, Any]:
    return {
        "mode": event.mode,
        "place": facts.place(event),
        "venues": [_venue(venue, site) for venue in facts.visited(event)],
        "online_url": plain.web(event.online_url),
        "online_access": event.online_access,
    }


def _venue(venue: Venue, site: Site) -> dict[str, Any]:
    latitude, longitude = facts.position(venue) or (None, None)
    return plain.known(
        {
            "name": plain.line(venue.name),
            "url": facts.address(venue, site),
            "street": plain.line(venue.street),
            "postal_code": venue.postal_code,
            "city": plain.line(venue.city),
            "state": venue.state,
            "country": venue.country,
            "latitude": latitude,
            "longitude": longitude,
        }
    )


def _who(event: Event, site: Site) -> dict[str, Any]:
    others = [link for link in event.participations.all() if link.role not in ORGANISING]
    series = event.series and {
        "name": plain.line(event.series.display_name),
        "url": facts.address(event.series, site),
        "edition": event.edition,
    }
    return {
        "series": series and plain.known(series),
        "organisers": [_participation(link, site) for link in event.organisers],
        "partners": [_participation(link, site) for link in others],
        "topics": [
            {"slug": topic.slug, "name": plain.line(topic.name), "url": facts.address(topic, site)}
            for topic in event.topic_list
        ],
    }


def _participation(link: Participation, site: Site) -> dict[str, str]:
    return {
        "name": plain.line(link.name),
        "role": link.role,
        "url": facts.address(link.organisation, site),
    }


def _details(event: Event) -> dict[str, Any]:
    return {
        "formats": event.formats,
        "audiences": event.audiences,
        "languages": event.languages,
        "eligibility": event.eligibility,
        "is_free": event.is_free,
        "price_note": plain.line(event.price_note),
        "registration_url": plain.web(event.registration_url),
        "registration_deadline": _day(event.registration_deadline),
        "contributions_url": plain.web(event.contributions_url),
        "contributions_deadline": _day(event.contributions_deadline),
        "accessibility": event.accessibility,
        "hashtag": plain.line(event.hashtag),
        "checked_on": _day(event.checked_on),
    }


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None
