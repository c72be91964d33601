"""What operations are told of the index: its periodic work, and how far it is behind."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from index.models import Pending
from operations import facts, jobs

# Searches read what has changed in portions; more than that is left over from a load.
MOST_WAITING = 5_000


def offer_work() -> None:
    jobs.offer("refresh_index", gettext_lazy("Read changed entries into the search"), 5 * jobs.MINUTE)
    facts.offer("index", _facts)


def _facts(at: dt.datetime) -> Iterable[facts.Fact]:
    waiting = Pending.objects.count()
    remedy = _("Run refresh_index, or look why it fails.") if waiting > MOST_WAITING else ""
    number = facts.metric("search_waiting_entries", "Entries that the search has not read yet.", waiting)
    yield facts.Fact(_("Entries the search has not read yet"), str(waiting), remedy, number)
