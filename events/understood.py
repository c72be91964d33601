"""How a question in words was understood, as a page tells it: readings that can be undone, corrections."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from events.cards import Shown
from events.facets import labels_of
from events.filters import EventFilter
from events.found import add_found
from events.selection import Selection
from index.search import Understanding
from index.understanding import Reading


@dataclass(frozen=True)
class ReadingChip:
    """Words that were read as a date, a town, a form …; addresses without them and with them as words."""

    words: str
    label: str
    remove_url: str
    literal_url: str


@dataclass(frozen=True)
class Understood:
    """`correction` is what was looked for instead (`is_corrected`) or may have been meant, or empty.

    `dropped` are words that say a filter which nothing fulfils, and were not looked for."""

    chips: list[ReadingChip]
    correction: str
    is_corrected: bool
    correction_url: str
    literal_url: str
    left_out: str
    dropped: str = ""

    @property
    def says(self) -> bool:
        """Whether there is anything to tell of it."""
        return bool(self.chips or self.correction or self.left_out or self.dropped)


def understood(q: str, understanding: Understanding, url: Callable[[str], str]) -> Understood:
    """What there is to say about the question `q`; `url` makes the address of the page for another one."""
    correction = understanding.correction or ""
    return Understood(
        chips=[_chip(q, reading, url) for reading in understanding.readings],
        correction=correction,
        is_corrected=understanding.corrected,
        correction_url=url(correction),
        literal_url=url(quoted(q)),
        left_out=" ".join(understanding.left_out),
        dropped=", ".join(understanding.dropped),
    )


def quoted(words: str) -> str:
    """The words as they stand: nothing in quotes is read as a date or corrected."""
    return f'"{" ".join(words.replace(chr(34), " ").split())}"'


def _chip(q: str, reading: Reading, url: Callable[[str], str]) -> ReadingChip:
    return ReadingChip(
        words=reading.words,
        label=_told(reading),
        remove_url=url(_replaced(q, reading.words, "")),
        literal_url=url(_replaced(q, reading.words, quoted(reading.words))),
    )


def _told(reading: Reading) -> str:
    """What was read, as the filter that says the same is called: "Format: Webinar", "Zeitraum: 2019"."""
    name, value = next(iter(reading.values.items()))
    label = str(EventFilter.base_filters["when" if name == "from" else name].label)
    if name == "free":
        return label
    # Days and towns are called by the reading itself, values of vocabularies by their names.
    known = {} if name in ("from", "city") else labels_of({name: [value]}, [])
    return f"{label}: {known.get((name, value), reading.label)}"


def _replaced(q: str, words: str, by: str) -> str:
    """The question with the first occurrence of these words replaced."""
    found = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", lambda _match: by, q, count=1)
    return " ".join(found.split())


def told_of(selection: Selection, events: Iterable[Shown]) -> dict[str, Any]:
    """What a list's page needs for a question in words; gives each event its lines. Empty without one."""
    if not selection.q:
        return {}
    understanding = selection.filterset.answers(selection.q).understood
    matcher = understanding.matcher
    add_found(events, selection.q, matcher)
    told = understood(selection.q, understanding, lambda words: selection.url(q=words or None))
    return {"understood": told, "matcher": matcher, "q": selection.q}
