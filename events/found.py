"""Where an entry matched a question, as a line below it: "Thema: Künstliche Intelligenz"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from addresses.models import NounKind
from events.models import Event
from index import search

LABELS: dict[str, Any] = {
    "series": pgettext_lazy("singular", "Series"),
    "organisation": _("Organisation"),
    "person": _("Person"),
    "topic": _("Topic"),
    "place": _("Place"),
    "programme": _("Programme"),
    "text": _("Description"),
}
# What a title that matched says already.
_IN_TITLE = ("series", "text")
LENGTH = 160


@dataclass(frozen=True)
class Found:
    """A text in which a hit matched, marked and cut to size, and what text that is."""

    label: str
    text: SafeString


def add_found(events: Iterable[Event], matcher: Any) -> None:
    """Gives each event the attribute `found`: a few texts other than its title in which it matched."""
    shown = list(events)
    hits = [search.Hit(NounKind.EVENT, event.pk, 0.0) for event in shown]
    places = search.where(hits, matcher)
    for event in shown:
        event.found = lines(places.get((NounKind.EVENT, event.pk), ()), matcher)  # type: ignore[attr-defined]


def lines(places: Iterable[tuple[str, str]], matcher: Any) -> list[Found]:
    """The most telling of [(kind of text, text)]: two, or one where the title matched as well."""
    kinds: Mapping[str, str] = dict(reversed(list(places)))
    named = "title" in kinds
    found = []
    for kind, text in reversed(kinds.items()):
        passage = matcher.snippet(text, LENGTH) if kind in LABELS else ""
        if passage and not (named and kind in _IN_TITLE):
            found.append(Found(str(LABELS[kind]), passage))
    return found[: 1 if named else 2]
