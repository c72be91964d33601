"""An event as the API tells it: all that is public of it."""

from typing import Any

from api.outputs.linking import Linker, clock, day, prose, text, web
from events.history import Change
from events.models import Event
from events.models.choices import Precision, VenueUse
from events.outputs import facts, plain

Record = dict[str, Any]


# What lies around an event: an edit there leaves the event's own record as it is.
NOTHING_AROUND: Record = {"editions": None, "part_of": None, "parts": None}


def event(one: Event, link: Linker) -> Record:
    """Needs what api.gathering fetches. What lies around the event is put in by who knows it (api.around)."""
    return {
        **link.identity(one),
        "links": _links(one, link),
        **_words(one),
        **_time(one),
        **_where(one, link),
        **_how_to_take_part(one),
        **_about(one, link),
        "series": link.to(one.series),
        "edition": one.edition,
        **NOTHING_AROUND,
        **_who(one, link),
        **_figures(one),
        **_record(one),
    }


def _links(one: Event, link: Linker) -> Record:
    jsonld = link.form("events:jsonld", one.slug)
    has_calendar = one.date_precision == Precision.DAY
    return {
        "changes": f"{link.own(one)}/changes",
        "ics": link.form("events:ics", one.slug) if has_calendar else None,
        "json_feed": link.form("events:json", one.slug),
        "jsonld": jsonld,
        "schema_org": f"{jsonld}?profile=schema.org",
    }


def _words(one: Event) -> Record:
    return {
        "title": facts.sample_title(one),
        "title_de": plain.line(one.title),
        "title_en": text(one.title_en),
        "subtitle": text(one.subtitle),
        "summary": text(one.display_summary),
        "summary_de": text(one.summary),
        "summary_en": text(one.summary_en),
        "description": prose(one.description),
        "is_sample": one.is_sample,
    }


def _time(one: Event) -> Record:
    start, end = facts.start_and_end(one)
    return {
        "start": start or None,
        "end": end or None,
        "all_day": one.is_all_day if one.has_day else None,
        "opens_at": clock(one.start_time) if one.has_day else None,
        "time_zone": one.timezone,
        "date_precision": one.date_precision,
        "date_note": text(one.date_note),
        "previous_dates": _previous_dates(one),
        "status": one.status,
        "sold_out": one.sold_out,
        "revision": one.revision,
    }


def _previous_dates(one: Event) -> list[Record]:
    """The oldest first; the last date of a postponed event is one of them."""
    opened = [row.start_time for row in one.previous_dates.all()]
    found = []
    for number, (first, last, precision) in enumerate(facts.former_dates(one)):
        start, end = facts.periods(first, last, precision)
        opening = opened[number] if number < len(opened) else one.start_time
        found.append(
            {"start": start, "end": end or start, "opens_at": clock(opening), "date_precision": precision}
        )
    return found


def _where(one: Event, link: Linker) -> Record:
    return {
        "mode": one.mode,
        "place": facts.place(one) or None,
        "venues": [_place(row, link) for row in one.venue_links.all()],
        "online_url": web(one.online_url),
        "online_access": one.online_access or None,
        "website": web(one.website),
    }


def _place(row: Any, link: Linker) -> Record:
    found = link.to(row.venue) or {}
    if "kind" not in found:
        seen = row.venue
        found = found | {"city": text(seen.city), "state": seen.state or None, "country": seen.country}
    return {
        "venue": found,
        "use": VenueUse(row.use).value,
        "starts_on": day(row.starts_on),
        "ends_on": day(row.ends_on),
    }


def _how_to_take_part(one: Event) -> Record:
    return {
        "registration_url": web(one.registration_url),
        "registration_deadline": day(one.registration_deadline),
        "contributions_url": web(one.contributions_url),
        "contributions_deadline": day(one.contributions_deadline),
        "exhibitors_url": web(one.exhibitors_url),
        "exhibitors_deadline": day(one.exhibitors_deadline),
        "eligibility": one.eligibility,
        "accessibility": one.accessibility,
        "is_free": one.is_free,
        "price_note": text(one.price_note),
        "prices": [_price(row) for row in one.prices.all()],
        "early_bird_until": day(one.early_bird_until),
    }


def _price(row: Any) -> Record:
    return {
        "group": row.group,
        "amount": float(row.amount),
        "amount_to": None if row.amount_to is None else float(row.amount_to),
        "currency": row.currency,
        "is_early_bird": row.is_early_bird,
    }


def _about(one: Event, link: Linker) -> Record:
    image = one.image and {
        "url": facts.image_address(one, link.site),
        "alt": text(one.image_alt),
        "credit": text(one.image_credit),
        "licence": text(one.image_licence),
    }
    return {
        "topics": link.all(one.topic_list),
        "formats": one.formats,
        "audiences": one.audiences,
        "languages": one.languages,
        "partner_country": one.partner_country or None,
        "partner_region": one.partner_region or None,
        "hashtag": text(one.hashtag),
        "image": image or None,
    }


def _who(one: Event, link: Linker) -> Record:
    sessions = {row.pk: str(row.uid) for row in one.sessions.all()}
    return {
        "organisations": [
            {"role": row.role, "name": plain.line(row.name), "organisation": link.to(row.organisation)}
            for row in one.participations.all()
        ],
        "people": [_appearance(row, sessions, link) for row in one.appearances.all()],
        "sessions": [_session(row) for row in one.sessions.all()],
        "awards": [
            {
                "title": plain.line(row.title),
                "winner": plain.line(row.winner),
                "organisation": link.to(row.organisation),
            }
            for row in one.awards.all()
        ],
    }


def _appearance(row: Any, sessions: dict[int, str], link: Linker) -> Record:
    return {
        "role": row.role,
        "person": link.to(row.speaker),
        "office": text(row.office),
        "organisation": link.to(row.organisation),
        "session": sessions.get(row.session_id),
    }


def _session(row: Any) -> Record:
    return {
        "id": str(row.uid),
        "title": plain.line(row.title),
        "kind": row.kind,
        "date": day(row.date),
        "starts_at": clock(row.start_time),
        "ends_at": clock(row.end_time),
        "room": text(row.room),
        "abstract": prose(row.abstract),
    }


def _figures(one: Event) -> Record:
    return {
        "attendees": one.attendees,
        "attendees_onsite": one.attendees_onsite,
        "attendees_online": one.attendees_online,
        "speaker_count": one.speaker_count,
        "exhibitor_count": one.exhibitor_count,
    }


def _record(one: Event) -> Record:
    return {
        "sources": [
            {
                "url": web(row.url),
                "title": plain.line(row.title),
                "publisher": text(row.publisher),
                "published": day(row.published),
                "retrieved": day(row.retrieved),
            }
            for row in one.sources.all()
        ],
        "checked_on": day(one.checked_on),
        "published_at": plain.moment(one.published_at or one.created_at),
        "modified_at": plain.moment(one.modified_at),
    }


def change_record(change: Change) -> Record:
    """A published change of an event."""
    return {
        "at": change.at and plain.moment(change.at),
        "revision": change.revision,
        "kind": change.kind,
        "text": change.text,
    }
