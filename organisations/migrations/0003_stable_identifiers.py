"""A `uid` for every organisation, and what the database does by itself when one changes."""

import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models

from lib.identifiers import from_slugs
from lib.triggers import leaves_tombstones, raises_version, tells

TABLE = "organisations_organisation"


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_triggers"),
        ("addresses", "0003_dates_that_only_rise"),
        ("journal", "0001_what_changed"),
    ]

    operations = [
        migrations.AddField(
            "organisation",
            "uid",
            models.UUIDField(db_default=RandomUUID(), default=uuid.uuid4, editable=False, unique=True, verbose_name="permanent identifier"),
        ),
        migrations.RunPython(from_slugs("organisations", organisation="organisation"), migrations.RunPython.noop),
        *raises_version(TABLE),
        *leaves_tombstones(TABLE, "organisation", seen="true", gone="deleted"),
        # Those that are part of it or were succeeded by it say its name.
        *tells(
            TABLE,
            "relatives",
            ["uid", "slug", "name", "name_en", "short_name"],
            {TABLE: "parent_id = ANY (told) OR successor_id = ANY (told)"},
        ),
    ]
