"""The map as its page shows it: Länder, marks and what is on no map, each with its address."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote_plus

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.drawing import germany
from events.drawing.clusters import Mark, Town, marks, together
from events.drawing.germany import Box, Circle, View
from events.models.choices import Mode
from events.selection import Selection
from events.whereabouts import Whereabouts, whereabouts
from lib.german import fold
from lib.places import country_name, state_name

# A filter takes fifty values, and an address shall stay readable.
MOST_TOWNS = 40
# Towns whose names a mark tells before it counts the others.
NAMED = 3


@dataclass(frozen=True)
class Entry:
    """Something to choose: its name, how many events it has and, if it can be chosen, where that leads."""

    label: str
    number: int
    url: str | None = None
    is_chosen: bool = False

    @property
    def text(self) -> str:
        return self.label or _number(self.number)

    @property
    def title(self) -> str:
        """In words: "Bayern: 12 events"."""
        text = _("%(place)s: %(events)s") % {"place": self.label, "events": _number(self.number)}
        return (
            _("%(entry)s (chosen; choose it again to remove it)") % {"entry": text}
            if self.is_chosen
            else text
        )


@dataclass(frozen=True)
class Land:
    code: str
    path: str
    entry: Entry

    @property
    def short(self) -> str:
        """For names of classes: "by"."""
        return self.code.removeprefix("DE-").lower()


@dataclass(frozen=True)
class Disc:
    mark: Mark
    entry: Entry


class Atlas:
    """The map of a selection."""

    width, height = germany.WIDTH, germany.HEIGHT

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.where: Whereabouts = whereabouts(selection)
        self._without: dict[str, str] = {}

    # -- what can be chosen -------------------------------------------------------------------

    @cached_property
    def lands(self) -> list[Land]:
        """All sixteen by name; one that would have no event leads nowhere."""
        found = [
            Land(code, path, self._choice("state", code, state_name(code), self.where.states.get(code, 0)))
            for code, path in germany.shapes().items()
        ]
        return sorted(found, key=lambda land: fold(land.entry.label))

    @property
    def shapes(self) -> list[Land]:
        """In the order of drawing: the borders of chosen ones lie above their neighbours'."""
        return sorted(self.lands, key=lambda land: land.entry.is_chosen)

    @cached_property
    def towns(self) -> list[Entry]:
        """Those on the map by name."""
        found = [self._choice("city", town.slug, town.name, town.number) for town in self.where.towns]
        return sorted(found, key=lambda entry: fold(entry.label))

    @cached_property
    def discs(self) -> list[Disc]:
        return [Disc(mark, self._of_mark(mark)) for mark in marks(self.where.towns, self.view)]

    # -- what is on no map --------------------------------------------------------------------

    @cached_property
    def apart(self) -> list[dict[str, Any]]:
        """[{title, entries}] of the events that are in no town of Germany, as far as there are any.

        An entry without a label is all that its group has.
        """
        where = self.where
        abroad = sorted(where.abroad.items(), key=lambda one: (-one[1], fold(country_name(one[0]))))
        vague = sorted(where.vague.items(), key=lambda one: fold(state_name(one[0])))
        groups = [
            (_("Online"), [self._only("mode", Mode.ONLINE, "", where.online)]),
            (_("Abroad"), [self._only("country", code, country_name(code), one) for code, one in abroad]),
            (
                _("Without an exact place"),
                [self._only("state", code, state_name(code), one) for code, one in vague]
                + [Entry(_("all over Germany"), where.nationwide)],
            ),
            (_("Place not known yet"), [Entry("", where.nowhere)]),
        ]
        told = [(title, [entry for entry in entries if entry.number]) for title, entries in groups]
        return [{"title": title, "entries": entries} for title, entries in told if entries]

    @property
    def on_map(self) -> int:
        return together(self.where.towns)

    # -- the drawing --------------------------------------------------------------------------

    @cached_property
    def view(self) -> View:
        """The whole country, unless places were chosen; then these, with all that is to be marked."""
        chosen = [code for code in self.selection.values.get("state") or [] if code in germany.shapes()]
        boxes: list[Box] = [germany.box_of(code) for code in chosen]
        if around := self.selection.around:
            boxes += germany.box_of_circle(around.place.latitude, around.place.longitude, around.radius)
        if boxes or self.selection.values.get("city"):
            boxes += germany.box_of_places((town.latitude, town.longitude) for town in self.where.towns)
        return germany.view(boxes)

    @property
    def circle(self) -> Circle | None:
        """Of the surroundings asked for."""
        around = self.selection.around
        if not around:
            return None
        return self.view.circle(around.place.latitude, around.place.longitude, around.radius)

    @property
    def source(self) -> dict[str, str]:
        """Who drew the Länder."""
        return germany.source()

    # -- addresses ----------------------------------------------------------------------------

    def _choice(self, name: str, value: str, label: str, number: int) -> Entry:
        """A value that is added to those chosen, or taken away again."""
        chosen = self.selection.data.getlist(name)
        if value in chosen:
            rest = [one for one in chosen if one != value]
            return Entry(label, number, self._url(name, rest), is_chosen=True)
        return Entry(label, number, self._url(name, [*chosen, value]) if number else None)

    def _only(self, name: str, value: str, label: str, number: int) -> Entry:
        """A value that takes the place of those chosen; none to be chosen where it stands alone already."""
        is_chosen = self.selection.data.getlist(name) == [value]
        return Entry(label, number, None if is_chosen else self._url(name, [value]))

    def _url(self, name: str, values: list[str]) -> str:
        """The address with these values of one parameter; what hundreds have in common is made once."""
        if name not in self._without:
            self._without[name] = self.selection.url(**{name: None})
        address = self._without[name]
        if not values:
            return address
        told = "&".join(f"{name}={quote_plus(value)}" for value in values)
        return f"{address}{'&' if '?' in address else '?'}{told}"

    def _of_mark(self, mark: Mark) -> Entry:
        """The towns of a mark as a choice of their own; too many for an address are seen nearer by."""
        slugs = sorted(town.slug for town in mark.towns)
        label = _named(mark.towns)
        if len(slugs) > MOST_TOWNS:
            return Entry(label, mark.number)
        if sorted(self.selection.data.getlist("city")) == slugs:
            return Entry(label, mark.number, self._url("city", []), is_chosen=True)
        return Entry(label, mark.number, self._url("city", slugs))


def _number(number: int) -> str:
    return ngettext("%(number)s event", "%(number)s events", number) % {"number": number}


def _named(towns: Iterable[Town]) -> str:
    """The towns with most events, and how many others."""
    names = [town.name for town in towns]
    others = len(names) - NAMED
    if others < 2:
        return ", ".join(names)
    return ngettext(
        "%(towns)s and %(number)s other place", "%(towns)s and %(number)s other places", others
    ) % {
        "towns": ", ".join(names[:NAMED]),
        "number": others,
    }
