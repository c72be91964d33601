"""A `uid` for every person, and what the database does by itself when one changes."""

import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models

from lib.identifiers import from_slugs
from lib.triggers import leaves_tombstones, raises_version

TABLE = "speakers_speaker"


class Migration(migrations.Migration):
    dependencies = [
        ("speakers", "0002_triggers"),
        ("addresses", "0003_dates_that_only_rise"),
        ("journal", "0001_what_changed"),
    ]

    operations = [
        migrations.AddField(
            "speaker",
            "uid",
            models.UUIDField(db_default=RandomUUID(), default=uuid.uuid4, editable=False, unique=True, verbose_name="permanent identifier"),
        ),
        migrations.RunPython(from_slugs("speakers", speaker="speaker"), migrations.RunPython.noop),
        *raises_version(TABLE),
        *leaves_tombstones(TABLE, "speaker", seen="entry.anonymised_at IS NULL", gone="anonymised"),
    ]
