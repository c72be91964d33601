"""Indexes that were missing or twice: deadlines and changes have one, an order and its opposite share theirs.

The one of changes is of ranges of pages: it is not written where entries are touched without growing.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

DUE = {
    "registration_deadline": "event_registration_due",
    "contributions_deadline": "event_contributions_due",
    "exhibitors_deadline": "event_exhibitors_due",
    "early_bird_until": "event_early_due",
}


class Migration(migrations.Migration):
    dependencies = [("events", "0020_entries_of_calendars")]

    operations = [
        migrations.RemoveIndex("event", "event_by_start_desc"),
        migrations.AlterField(
            "event",
            "series",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="events.series",
                verbose_name="series",
            ),
        ),
        *(
            migrations.AddIndex(
                "event",
                models.Index(
                    condition=models.Q((f"{column}__isnull", False), ("state", "published")),
                    fields=[column, "id"],
                    name=name,
                ),
            )
            for column, name in DUE.items()
        ),
        migrations.AddIndex(
            "event",
            django.contrib.postgres.indexes.BrinIndex(
                fields=["modified_at"], name="event_changed", pages_per_range=16
            ),
        ),
    ]
