"""Events as lists show them, drawn once for each version of an event: drawing costs more than reading."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from events import card_rows
from events.card_drawing import card
from events.card_rows import Told, Version
from events.models import Event
from journal.rows import KeptByRow

# No entry holds control characters, so these stand for a text in the drawing, and for how far away it is.
_SLOT, _AWAY = "\x02", "\x03"
# About 2 kB each.
_MOST = 5_000


@dataclass(frozen=True, slots=True)
class Card:
    """`texts` are those in which hits are marked, as they stand; `pieces` the HTML around them."""

    slug: str
    pieces: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.texts[0]

    def html(self, matcher: Any = None, away: str = "") -> SafeString:
        """The card, with what the matcher finds inside <mark>; `away` is its distance in words."""
        shown = (matcher.highlight(text) if matcher else escape(text) for text in self.texts)
        told = "".join(chain.from_iterable(zip_longest(self.pieces, shown, fillvalue="")))
        line = f"<li>{escape(away)}</li>\n" if away else ""
        return mark_safe(told.replace(_AWAY, line))  # noqa: S308 - the drawing escapes all else


def cards(keys: Collection[int]) -> dict[int, Card]:
    """{primary key: card} of these events in the active language; those that visitors may see.

    No query where nothing has changed since all were drawn, but for the catalogue's state; else at most two.
    """
    return _cards.many(keys, get_language() or "")


def _draw(keys: Collection[int]) -> Mapping[int, tuple[Version, Card]]:
    return {key: (version, _card(told)) for key, (version, told) in card_rows.told(keys).items()}


_cards: KeptByRow[Card] = KeptByRow(card_rows.versions, _draw, _MOST)


@dataclass(slots=True)
class Shown:
    """An event on a page of cards; `away` is its distance in words, `found` are lines below the card."""

    pk: int
    drawn: Card
    card: str = ""
    away: str = ""
    found: Collection[Any] = ()

    @property
    def slug(self) -> str:
        return self.drawn.slug

    @property
    def texts(self) -> tuple[str, ...]:
        return self.drawn.texts


def shown(keys: Collection[int]) -> list[Shown]:
    """The events in the order of the keys, as far as visitors may see them (queries as for `cards`)."""
    return [Shown(key, drawn) for key, drawn in cards(keys).items()]


def draw(events: Iterable[Shown], matcher: Any = None) -> None:
    """Gives each its `card`, with hits marked and its distance told."""
    for event in events:
        event.card = event.drawn.html(matcher, event.away)


def card_of(event: Event, level: int = 3) -> Card:
    """The card of an event with what `for_listing()` fetches, in the active language; `level` is the title's."""
    return _card(Told.of(event), level)


def _card(told: Told, level: int = 3) -> Card:
    texts: list[str] = []

    def slot(text: str) -> str:
        texts.append(str(text))
        return _SLOT

    pieces = card(told, slot, _AWAY, level).split(_SLOT)
    return Card(told.slug, tuple(pieces), tuple(texts))
