"""What the calendars of programmes and of deadlines need: a `uid` for each part of a programme, and a revision
that rises with each deadline, with the picture, and with who speaks in which part.

Parts that are there already get the identifier that follows from their event and title.
"""

import uuid
from collections import Counter
from importlib import import_module

from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models

from events.models.programme import default_session_uid
from lib.triggers import touches_owner

former = import_module("events.migrations.0003_what_tells_of_what")

TOLD = [
    *former.TOLD, "contributions_url", "contributions_deadline", "exhibitors_url", "exhibitors_deadline",
    "early_bird_until", "price_note", "image",
]
KEEP_EVENT = former.KEEP_EVENT
for row in ("NEW", "OLD"):
    KEEP_EVENT = KEEP_EVENT.replace(
        f"({former.columns(row, former.TOLD)})", f"({former.columns(row, TOLD)})"
    )


def tell_calendars(revises):
    told = touches_owner("events_appearance", "event_id", "events_event", revises)[0]
    return told.sql.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


def fill(apps, schema_editor):
    Session = apps.get_model("events", "Session")
    rows = list(Session.objects.select_related("event").order_by("event", "position", "pk"))
    seen = Counter()
    for row in rows:
        seen[row.event_id, row.title] += 1
        row.uid = default_session_uid(row.event.uid, row.title, seen[row.event_id, row.title])
    Session.objects.bulk_update(rows, ["uid"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("events", "0005_published_versions")]

    operations = [
        migrations.AddField(
            "session",
            "uid",
            models.UUIDField(
                db_default=RandomUUID(), default=uuid.uuid4, editable=False, unique=True,
                verbose_name="permanent identifier",
            ),
        ),
        # Nothing that anybody reads changes here: no revision is to rise.
        migrations.RunSQL("ALTER TABLE events_session DISABLE TRIGGER USER", migrations.RunSQL.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
        # What waits for the commit would keep the table from being altered.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RunSQL("ALTER TABLE events_session ENABLE TRIGGER USER", migrations.RunSQL.noop),
        migrations.RunSQL(KEEP_EVENT, former.KEEP_EVENT),
        migrations.RunSQL(tell_calendars(True), tell_calendars(False)),
    ]
