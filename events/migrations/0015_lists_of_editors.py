"""Editors' lists are counted, filtered and cut into pages in one index, without reading the events."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0014_on_the_trail")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["-starts_on", "-id"],
                include=(
                    "ends_at", "state", "publish_from", "status", "mode", "date_precision", "series", "checked_on",
                    "is_sample",
                ),
                name="event_in_lists",
            ),
        ),
    ]  # fmt: skip
