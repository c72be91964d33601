"""What makes entering quick: next editions and duplicates, dates as pasted, a preview, changes of dates."""

from django.utils.translation import gettext_lazy as _

from events.admin.entering.page import EnteringPages
from lib.editing import offers
from lib.editing.offers import Button

__all__ = ["EnteringPages"]

# Each page asks once more: what is proposed is an event, also beside a series.
offers.beside_entry("events.Event", Button("events_event_next", _("Next edition"), needs="add"))
offers.beside_entry("events.Event", Button("events_event_duplicate", _("Duplicate"), needs="add"))
offers.beside_entry("events.Series", Button("events_event_next_of_series", _("Next edition"), needs="view"))
