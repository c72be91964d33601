from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_what_changed")]

    operations = [
        migrations.AddIndex(
            "tombstone",
            models.Index(condition=models.Q(("until__isnull", False)), fields=["until"], name="tombstone_until"),
        ),
    ]
