"""Where an entry matched a question, as a line below it: "Thema: NOOTS". What is seen anyway is left out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from string import punctuation
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from addresses.models import NounKind
from events.cards import Shown
from index import search
from lib.german import fold

LABELS: dict[str, Any] = {
    "title": _("Title"),
    "series": pgettext_lazy("singular", "Series"),
    "organisation": _("Organisation"),
    "person": _("Person"),
    "topic": _("Topic"),
    "place": _("Place"),
    "programme": _("Programme"),
    "text": _("Description"),
}
# Titles and topics that an entry other than an event has beside its name are other names of it.
OTHER_NAMES = LABELS | {"title": _("Also"), "topic": _("Also")}
LENGTH, MOST_LINES = 160, 2
_SIGNS = set(punctuation)


@dataclass(frozen=True)
class Found:
    """A text in which a hit matched, marked and cut to size, and what text that is."""

    label: str
    text: SafeString


@dataclass(frozen=True)
class Finder:
    """Chooses the lines for the entries that a question found."""

    q: str
    matcher: Any

    def lines(
        self, places: Iterable[tuple[str, str]], seen: Collection[str], labels: dict[str, Any]
    ) -> list[Found]:
        """The texts of [(kind, text)] that tell most of what `seen` (the texts shown anyway) does not."""
        typed = self._typed
        told = self._told(seen)
        left = {text: kind for kind, text in places if kind in labels and text not in seen}
        found: list[Found] = []
        while left and len(found) < MOST_LINES:
            fresh = {text: self._words(text) - told for text in left}
            best = max(left, key=lambda text: (len(fresh[text] & typed), len(fresh[text])))
            if not (fresh[best] & typed if told else fresh[best]):
                break
            found.append(Found(str(labels[left.pop(best)]), self.matcher.snippet(best, LENGTH)))
            told |= fresh[best]
        return found

    def is_enough(self, seen: Collection[str]) -> bool:
        """Whether the texts shown anyway tell all that was typed: then `lines` has none to add."""
        told = self._told(seen)
        return bool(told) and self._typed <= told

    @cached_property
    def _typed(self) -> set[str]:
        """What was typed, as far as it may be a word of a text: that neither begins nor ends with a sign."""
        return {word for word in fold(self.q).split() if not {word[0], word[-1]} & _SIGNS}

    def _told(self, seen: Collection[str]) -> set[str]:
        return {word for text in seen for word in self._words(text)}

    def _words(self, text: str) -> set[str]:
        """The words of the text that the question means, folded."""
        return {fold(text[start:end]) for start, end in self.matcher.spans(text)}

    def add_to(self, events: Iterable[Shown], places: dict[tuple[str, int], list[tuple[str, str]]]) -> None:
        """Gives each event the attribute `found`, its lines."""
        for event in events:
            event.found = self.lines(places.get((NounKind.EVENT, event.pk), ()), event.texts, LABELS)


def add_found(events: Iterable[Shown], q: str, matcher: Any) -> None:
    """Gives each event the attribute `found`: a few texts not on its card in which it matched."""
    shown, finder = list(events), Finder(q, matcher)
    asked = [event for event in shown if not finder.is_enough(event.texts)]
    finder.add_to(shown, search.where([(NounKind.EVENT, event.pk) for event in asked], matcher))
