from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0006_programmes_and_deadlines_in_calendars")]

    operations = [
        migrations.AddIndex(
            "event",
            models.Index(condition=models.Q(("publish_from__isnull", False)), fields=["publish_from"], name="event_publish_from"),
        ),
        migrations.AddIndex(
            "event",
            models.Index(condition=models.Q(("withdrawn_at__isnull", False)), fields=["withdrawn_at"], name="event_withdrawn"),
        ),
    ]
