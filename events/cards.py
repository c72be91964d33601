"""Events as lists show them, drawn once for each version of an event: drawing costs more than reading."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

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
    """`plain` is the HTML without marks. `texts` are those in which hits are marked, `places` where in it
    they stand; at `away_at` it may be said how far away the event is."""

    slug: str
    plain: str
    texts: tuple[str, ...]
    places: tuple[int, ...]
    away_at: int

    @property
    def title(self) -> str:
        return self.texts[0]

    def html(self, matcher: Any = None, away: str = "") -> SafeString:
        """The card, with what the matcher finds inside <mark>; `away` is its distance in words."""
        if not (matcher or away):
            return SafeString(self.plain)
        parts, begun = [], 0
        marked = zip(self.places, self.texts, strict=True) if matcher else ()
        inserts = [(place, len(escape(text)), matcher.highlight(text)) for place, text in marked]
        inserts += [(self.away_at, 0, f"<li>{escape(away)}</li>\n")] if away else []
        for place, length, words in sorted(inserts):
            parts += [self.plain[begun:place], words]
            begun = place + length
        return mark_safe("".join([*parts, self.plain[begun:]]))  # noqa: S308 - the drawing escapes all else


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
    """The card of an event with what `for_listing()` fetches, in the active language."""
    return _card(Told.of(event), level)


def _card(told: Told, level: int = 3) -> Card:
    texts: list[str] = []

    def slot(text: str) -> str:
        texts.append(str(text))
        return _SLOT

    before, after = card(told, slot, _AWAY, level).split(_AWAY)
    pieces = (before + after).split(_SLOT)
    plain, places = pieces[0], []
    for text, piece in zip(texts, pieces[1:], strict=True):
        places.append(len(plain))
        plain += escape(text) + piece
    # The title and, where there is one, the place stand before the distance.
    shown = [escape(text) for text in texts[: before.count(_SLOT)]]
    away_at = len(before) - len(shown) + sum(map(len, shown))
    return Card(told.slug, plain, tuple(texts), tuple(places), away_at)
