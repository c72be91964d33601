"""Where to go on from a question that found nothing: the topics with the most events."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from events.bits.choice import chosen_of
from events.filters import EventFilter
from events.models import Event, Topic

_ALL = QueryDict("when=all")


@dataclass(frozen=True)
class Counted:
    slug: str
    name: str
    event_count: int


def frequent(most: int, at: dt.datetime) -> Sequence[Counted | Topic]:
    """At most so many, those with the most events first (no query but for the catalogue's state where its
    events are held as sets of bits)."""
    choice = chosen_of(EventFilter(_ALL, Event.objects.published(at), at=at))
    if choice is None:
        return Topic.objects.frequent(most)
    told, _number = choice.tally("topic", most)
    counted = [Counted(*one) for one in told]
    return sorted(counted, key=lambda one: (-one.event_count, one.name))[:most]
