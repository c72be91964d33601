"""What lies near a place that somebody named: the venues around it, and how far away an event is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from events.listing import listing
from events.models import Event, Venue
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

    def nearest(self, event: Event) -> Venue | None:
        """The event's nearest venue; none for what is online or further away."""
        there = [one for one in event.places if one.pk in self.venues and event.mode != Mode.ONLINE]
        return min(there, key=lambda one: self.venues[one.pk], default=None)

    def told(self, event: Event) -> str:
        """How far away it is, in words; nothing where the name of the town says it."""
        venue = self.nearest(event)
        if venue is None or (venue.city == self.place.german and not self.place.postal_code):
            return ""
        words = {"number": round(self.venues[venue.pk]), "place": self.place.name}
        if self.venues[venue.pk] < 1:
            return _("less than 1 km from %(place)s") % words
        return _("%(number)s km from %(place)s") % words

    def __str__(self) -> str:
        return _("%(radius)s km around %(place)s") % {"radius": self.radius, "place": self.place.name}


def around(name: str, radius: int | None) -> Around | None:
    """The surroundings of the place that is most likely meant; none if there is no such place."""
    places = gazetteer.find(name)
    return Around(places[0], places[1 : MOST_OTHERS + 1], radius or USUAL) if places else None


def distances(keys: Collection[int], near: Around | None) -> dict[int, str]:
    """{primary key: how far away the event is, in words}; nothing without a place (4 queries with one)."""
    return {event.pk: near.told(event) for event in listing(keys)} if near else {}
