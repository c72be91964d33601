"""The facts of an entry as it stands in a form, before it is saved."""

import datetime as dt
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_date

from curation.duplicates.facts import EventFacts, Facts, OrganisationFacts, PersonFacts, VenueFacts
from curation.duplicates.reading import ONLINE, links_of, names_of
from events.models import Venue
from events.models.choices import Mode, Precision
from lib.places import home_country

# Beyond this an input is nobody's typing.
_LONGEST = 300
# Keys are numbers of PostgreSQL: nothing longer is one.
_DIGITS = 18


def typed(noun: str, data: QueryDict, key: int = 0) -> Facts | None:
    """What has been typed so far; None as long as it says nothing to look for."""
    facts: Facts | None = _READERS[noun](_Input(data), key)
    return facts if facts and any(len(name) > 2 for name in facts.names) else None


class _Input:
    def __init__(self, data: QueryDict) -> None:
        self.data = data

    def text(self, name: str) -> str:
        return str(self.data.get(name) or "").replace("\x00", "")[:_LONGEST].strip()

    def lines(self, name: str) -> list[str]:
        return [line.strip() for line in self.text(name).splitlines() if line.strip()]

    def number(self, name: str) -> int:
        text = self.text(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0

    def day(self, name: str) -> dt.date | None:
        try:
            return parse_date(self.text(name))
        except ValueError:
            return None


def _named(data: _Input, key: int) -> Facts:
    names = [data.text(name) for name in ("name", "name_de", "name_en", "short_name")]
    names += [*data.lines("aliases"), *data.lines("synonyms")]
    return Facts(key=key, names=names_of(*names), links=links_of(data.text("website")))


def _organisation(data: _Input, key: int) -> Facts:
    return OrganisationFacts(
        key=key,
        names=names_of(data.text("name"), data.text("name_en"), *data.lines("aliases")),
        short=data.text("short_name"),
        links=links_of(data.text("website")),
        city=data.text("city"),
        state=data.text("state"),
        country=data.text("country") or home_country(),
    )


def _venue(data: _Input, key: int) -> Facts:
    return VenueFacts(
        key=key,
        names=names_of(data.text("name")),
        links=links_of(data.text("website")),
        city=data.text("city"),
        kind=data.text("kind"),
        street=data.text("street"),
    )


def _person(data: _Input, key: int) -> Facts:
    given, family = data.text("given_name"), data.text("family_name")
    names = names_of(f"{given} {family}".strip(), *data.lines("aliases"))
    return PersonFacts(
        key=key,
        names=names if family else (),
        given=given,
        family=family,
        links=links_of(data.text("website")),
    )


def _event(data: _Input, key: int) -> Facts | None:
    """Without a day there is nothing to compare with: titles come back every year."""
    first = data.day("starts_on")
    if first is None:
        return None
    venue = data.number("venue") or data.number("venue_links-0-venue")
    slugs = Venue.objects.filter(pk=venue).values_list("city_slug", flat=True) if venue else []
    places = {ONLINE} if data.text("mode") == Mode.ONLINE else {slug for slug in slugs if slug}
    return EventFacts(
        key=key,
        names=names_of(data.text("title"), data.text("title_en")),
        links=links_of(data.text("website")),
        pages=links_of(data.text("registration_url")),
        places=frozenset(places),
        first=first,
        last=max(first, data.day("ends_on") or first),
        is_day=data.text("date_precision") in ("", Precision.DAY),
        series=data.number("series"),
        edition=min(data.number("edition"), 32_000),
        parent=data.number("parent"),
    )


_READERS: dict[str, Any] = {
    "event": _event,
    "series": _named,
    "organisation": _organisation,
    "speaker": _person,
    "topic": _named,
    "venue": _venue,
}
