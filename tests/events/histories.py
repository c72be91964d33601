"""An event that was published before, edits of it, and what is told of them."""

import datetime as dt

from django.utils import translation

from events import history
from events.models import Event
from tests.factories import EventFactory
from tests.journal.hands import commit_changes


def day(text):
    return dt.date.fromisoformat(text)


def made(**facts):
    """An event that was published in an earlier transaction."""
    event = EventFactory(**{"starts_on": day("2027-05-09"), "ends_on": day("2027-05-11")} | facts)
    commit_changes()
    return event


def told(event, language="en"):
    """(kind, text) of all that changed, newest first, without the first publication."""
    commit_changes()
    event = Event.objects.for_detail().get(pk=event.pk)
    with translation.override(language):
        changes = history.changes_of(event)
    return [(change.kind, change.text) for change in changes if change.kind != "published"]


def change(event, **columns):
    Event.objects.filter(pk=event.pk).update(**columns)
