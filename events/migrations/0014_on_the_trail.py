"""What an event and all that belongs to it were before each change is kept (see trail.models.Change).

Versions that visitors could read and steps of the workflow are logs themselves: they come back with a deleted
event, but nothing takes them away.
"""

from django.db import migrations

from lib.triggers import keeps_trail

LISTS = [
    "previousdate", "eventvenue", "eventtopic", "participation", "session", "appearance", "award", "price", "source",
]


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0013_workflow_steps"),
        ("trail", "0001_what_changed_and_who_did_it"),
    ]

    operations = [
        *keeps_trail("events_event", "event", "id", silent=("modified_at", "revision")),
        *keeps_trail("events_series", "series", "id"),
        *keeps_trail("events_topic", "topic", "id"),
        *keeps_trail("events_venue", "venue", "id"),
        *keeps_trail("events_seriesorganiser", "series", "series_id"),
        *(operation for name in LISTS for operation in keeps_trail(f"events_{name}", "event", "event_id")),
        *keeps_trail("events_publishedversion", "event", "event_id", events=["DELETE"]),
        *keeps_trail("events_step", "event", "event_id", events=["DELETE"]),
    ]
