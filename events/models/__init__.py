"""Events and the nouns that only make sense around them."""

from events.models.details import Award, EventTopic, EventVenue, PreviousDate, Price, Source
from events.models.event import Event
from events.models.history import PublishedVersion
from events.models.involvement import Appearance, Participation
from events.models.programme import Session
from events.models.queryset import EventQuerySet
from events.models.series import Series, SeriesOrganiser
from events.models.topic import Topic
from events.models.venue import Venue
from events.models.visibility import public
from events.models.workflow import Step

__all__ = [
    "Appearance",
    "Award",
    "Event",
    "EventQuerySet",
    "EventTopic",
    "EventVenue",
    "Participation",
    "PreviousDate",
    "Price",
    "PublishedVersion",
    "Series",
    "SeriesOrganiser",
    "Session",
    "Source",
    "Step",
    "Topic",
    "Venue",
    "public",
]
