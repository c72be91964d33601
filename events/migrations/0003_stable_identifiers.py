"""A `uid` for series, topics and venues too, for the permanent identifiers of outputs."""

import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models

from lib.identifiers import from_slugs


def uid():
    return models.UUIDField(
        db_default=RandomUUID(), default=uuid.uuid4, editable=False, unique=True, verbose_name="permanent identifier"
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0002_triggers")]

    operations = [
        migrations.AlterField("event", "uid", uid()),
        *(migrations.AddField(model, "uid", uid()) for model in ("series", "topic", "venue")),
        migrations.RunPython(
            from_slugs("events", series="series", topic="topic", venue="venue"), migrations.RunPython.noop
        ),
    ]
