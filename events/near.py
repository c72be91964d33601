"""What lies near a place that somebody named: the venues around it, and how far away an event is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from events.models import Event
from events.models.choices import Mode
from events.positions import within
from lib import gazetteer
from lib.gazetteer import Place

LEAST, MOST, USUAL = 1, 500, 50
OFFERED = (10, 25, 50, 100, 200)
MOST_OTHERS = 5


@dataclass(frozen=True)
class Around:
    """The surroundings of a place, `radius` in kilometres; `others` are places that bear the same name."""

    place: Place
    others: list[Place]
    radius: int

    @cached_property
    def venues(self) -> Mapping[int, float]:
        """{primary key: kilometres} of the venues within the radius; asked for once."""
        return within(self.place.latitude, self.place.longitude, self.radius)

    def away(self, event: Event) -> float | None:
        """Kilometres to the event's nearest venue; none for what is online or further away."""
        if event.mode == Mode.ONLINE:
            return None
        return min((self.venues[one.pk] for one in event.places if one.pk in self.venues), default=None)

    def __str__(self) -> str:
        return _("%(radius)s km around %(place)s") % {"radius": self.radius, "place": self.place.name}


def around(name: str, radius: int | None) -> Around | None:
    """The surroundings of the place that is most likely meant; none if there is no such place."""
    places = gazetteer.find(name)
    return Around(places[0], places[1 : MOST_OTHERS + 1], radius or USUAL) if places else None


def add_distances(events: Iterable[Event], near: Around | None) -> None:
    """Gives each event `away`, its distance in words, for its card. Without a place nothing is done.

    The venues must have been fetched, as `for_listing` does.
    """
    if near is None:
        return
    for event in events:
        kilometres = near.away(event)
        event.away = "" if kilometres is None else _told(kilometres, near)  # type: ignore[attr-defined]


def _told(kilometres: float, near: Around) -> str:
    words: dict[str, Any] = {"number": round(kilometres), "place": near.place.name}
    if kilometres < 1:
        return _("less than 1 km from %(place)s") % words
    return _("%(number)s km from %(place)s") % words
