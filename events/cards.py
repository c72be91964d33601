"""Events as lists show them, drawn once for each state of the catalogue: drawing costs more than reading."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from events.listing import listing
from events.models import Event
from journal.kept import Kept

# No entry holds control characters, so this one stands for a text in the drawing.
_SLOT = "\x02"
# About 3 kB each.
_MOST = 3_000


@dataclass(frozen=True, slots=True)
class Card:
    """`texts` are those in which hits are marked, as they stand; `pieces` the HTML around them."""

    pieces: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.texts[0]

    def html(self, matcher: Any = None) -> SafeString:
        """The card, with what the matcher finds inside <mark>."""
        shown = (matcher.highlight(text) if matcher else escape(text) for text in self.texts)
        told = chain.from_iterable(zip_longest(self.pieces, shown, fillvalue=""))
        return mark_safe("".join(told))  # noqa: S308 - pieces come from the template, texts are escaped


class _Slots:
    """Takes the place of a matcher: keeps each text and leaves a slot for it."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def highlight(self, text: str) -> SafeString:
        self.texts.append(str(text))
        return SafeString(_SLOT)


_cards: Kept[Card] = Kept(most=_MOST)


def cards(keys: Collection[int]) -> dict[int, Card]:
    """{primary key: card} of these events in the active language; those that visitors may see.

    One query where all are kept, else four more; none without keys.
    """
    language = get_language() or ""

    def draw(missing: Collection[tuple[str, int]]) -> Mapping[tuple[str, int], Card]:
        wanted = [key for _language, key in missing]
        return {(language, event.pk): card_of(event) for event in listing(wanted) if event.is_public()}

    told = _cards.many([(language, key) for key in keys], draw)
    return {key: card for (_language, key), card in told.items()}


def add_cards(events: Iterable[Event], matcher: Any = None) -> None:
    """Gives each event from `listing()` its `card`, with hits marked (1 query)."""
    shown = {(get_language() or "", event.pk): event for event in events}
    # How far away it is depends on who asks.
    usual = [key for key, event in shown.items() if not event.away]
    told = _cards.many(usual, lambda missing: {key: card_of(shown[key]) for key in missing})
    for key, event in shown.items():
        event.card = (told.get(key) or card_of(event)).html(matcher)


def card_of(event: Event) -> Card:
    """The card of an event from `listing()` or `for_listing()`, in the active language."""
    slots = _Slots()
    told = {"event": event, "matcher": slots, "LANGUAGE_CODE": get_language()}
    pieces = render_to_string("components/event_card.html", told).split(_SLOT)
    return Card(tuple(pieces), tuple(slots.texts))
