"""Words that say a filter of events, and the marks by which the search knows which events fulfil it."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from events.models import Venue
from events.models.choices import Format, Mode
from index.registry import Phrase
from lib.german import slugify
from lib.places import states
from lib.planned import Planned
from lib.words import canonical

# Days and months that an event is marked with, at most: a campaign of years is found by its years.
_MOST_DAYS, _MOST_MONTHS = 14, 24

# Congress, conference and fair are not among them: they are parts of names rather than wishes.
_FORMATS = {
    Format.WORKSHOP: ("Workshop",),
    Format.HACKATHON: ("Hackathon",),
    Format.COURSE: ("Lehrgang", "Schulung", "Kurs", "course"),
    Format.WEBINAR: ("Webinar",),
    Format.COMPETITION: ("Wettbewerb", "competition"),
    Format.BARCAMP: ("Barcamp",),
    Format.AWARD: ("Preisverleihung", "award ceremony"),
}
_MODES = {
    Mode.ONLINE: ("online", "virtuell", "digitale Veranstaltung", "Online-Veranstaltung"),
    Mode.HYBRID: ("hybrid",),
    Mode.ONSITE: ("vor Ort", "Präsenz", "Präsenzveranstaltung"),
}
_FREE = ("kostenlos", "kostenfrei", "gratis", "gebührenfrei", "free of charge", "free", "ohne Eintritt")
_ABROAD = {"AT": ("Österreich", "Austria"), "CH": ("Schweiz", "Switzerland")}
# As people call the states beside their names.
_STATES = {
    "DE-NW": ("NRW",), "DE-RP": ("RLP",), "DE-BW": ("BaWü",), "DE-MV": ("MV", "Meck-Pomm"),
}  # fmt: skip


def _phrases() -> Iterator[Phrase]:
    for kind, words in _FORMATS.items():
        yield from (Phrase(word, (("format", kind.value),), f"format/{kind.value}") for word in words)
    for mode, words in _MODES.items():
        yield from (Phrase(word, (("mode", mode.value),), f"mode/{mode.value}") for word in words)
    yield from (Phrase(word, (("free", "1"),), "free/1") for word in _FREE)
    for country, words in _ABROAD.items():
        yield from (Phrase(word, (("country", country),), f"country/{country}") for word in words)
    for code, names in states().items():
        for word in (*names, *_STATES.get(code, ())):
            yield Phrase(word, (("state", code),), f"state/{code}")


PHRASES = tuple(_phrases())


# Each question asks it, and to put it together and plan it takes longer than to answer it.
_TOWNS = Planned(
    "events_towns",
    """
SELECT DISTINCT sort_city::text, city_slug::text, city::text FROM events_venue
WHERE (sort_city = ANY(%(folded)s) OR city_slug = ANY(%(slugs)s)) AND city <> '' ORDER BY 1, 2, 3
""",
    {"folded": "text[]", "slugs": "text[]"},
    for_any=True,
)


def towns(texts: Collection[str]) -> dict[str, Phrase]:
    """Those of the texts that name a town where something takes place, however its umlauts are written."""
    plain = {text: " ".join(map(canonical, text.split())) for text in texts}
    slugs = {text: slugify(text) for text in texts}
    rows = _TOWNS.rows(folded=list(plain.values()), slugs=list(slugs.values()))
    known = {key: (slug, city) for folded, slug, city in rows for key in (folded, slug)}
    found = {}
    for text in texts:
        if told := known.get(plain[text]) or known.get(slugs[text]):
            found[text] = Phrase(told[1], (("city", told[0]),), f"city/{told[0]}")
    return found


def marks_of(event: Any, venues: Iterable[Venue]) -> list[str]:
    """What of an event (or a row of its columns) a question may ask for without naming it: when, where, in
    which form."""
    marks = {f"format/{one}" for one in event.formats} | {f"mode/{event.mode}"}
    if event.mode == Mode.HYBRID:
        marks.add(f"mode/{Mode.ONLINE}")
    if event.is_free:
        marks.add("free/1")
    if event.edition is not None:
        marks.add(f"edition/{event.edition}")
    for venue in venues:
        marks |= {f"city/{venue.city_slug}", f"state/{venue.state}", f"country/{venue.country}"}
    return sorted((marks - {"city/", "state/"}) | _times(event.starts_on, event.ends_on))


def _times(first: dt.date, last: dt.date) -> set[str]:
    """The years, months and days of a span, as ISO 8601 writes them."""
    marks = {f"time/{year}" for year in range(first.year, last.year + 1)}
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    for number in range(min(months, _MOST_MONTHS)):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        marks |= {f"time/{year}-{month + 1:02}", f"month/{month + 1:02}"}
    days = min((last - first).days + 1, _MOST_DAYS)
    return marks | {f"time/{first + dt.timedelta(days=number)}" for number in range(days)}
