from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Usage",
            fields=[
                ("client", models.CharField(max_length=32, primary_key=True, serialize=False, verbose_name="digest of the network")),
                ("since", models.DateTimeField(db_index=True, verbose_name="minute began")),
                ("used", models.PositiveIntegerField(verbose_name="requests since then")),
            ],
            options={
                "verbose_name": "use of the API",
                "verbose_name_plural": "uses of the API",
                "constraints": [models.CheckConstraint(condition=Q(used__gt=0), name="usage_counts_from_one")],
            },
        ),
        # Counting must not wait for the disk, and nobody misses the numbers after a crash.
        migrations.RunSQL(
            "ALTER TABLE api_usage SET UNLOGGED",
            "ALTER TABLE api_usage SET LOGGED",
        ),
    ]
