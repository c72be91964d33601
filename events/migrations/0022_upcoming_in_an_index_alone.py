"""What is upcoming is told by the index of the order: among 100,000 events the first six took a second to find."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0021_indexes_of_deadlines_and_changes")]

    operations = [
        migrations.RemoveIndex("event", "event_by_start"),
        migrations.AddIndex(
            "event",
            models.Index(
                condition=models.Q(("state", "published")),
                fields=["starts_at", "id"],
                include=("ends_at", "publish_from"),
                name="event_by_start",
            ),
        ),
    ]
