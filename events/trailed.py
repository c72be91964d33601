"""What of an event, a series, a topic and a venue is on the trail, and comes back together."""

from trail import registry

DETAILS = (
    "PreviousDate",
    "EventVenue",
    "EventTopic",
    "Participation",
    "Session",
    "Appearance",
    "Award",
    "Price",
    "Source",
)


def register_all() -> None:
    registry.noun("event", "events.Event", rising=("revision",))
    for name in DETAILS:
        registry.detail("event", f"events.{name}")
    registry.noun("series", "events.Series")
    registry.detail("series", "events.SeriesOrganiser")
    registry.noun("topic", "events.Topic")
    registry.noun("venue", "events.Venue")
    registry.kept("event", "events.PublishedVersion", "event")
    registry.kept("event", "events.Step", "event")
