"""The editors' pages for events and the nouns that only make sense around them."""

from events.admin.event import EventAdmin
from events.admin.nouns import SeriesAdmin, TopicAdmin, VenueAdmin

__all__ = ["EventAdmin", "SeriesAdmin", "TopicAdmin", "VenueAdmin"]
