"""An edit reaches entries that others may be editing: two of them at a time came to wait for each other."""

from importlib import import_module

from django.db import migrations

from lib.triggers import takes_turns

former = import_module("events.migrations.0003_what_tells_of_what")

TABLES = [*former.TABLES, "organisations_organisation", "speakers_speaker"]


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0009_versions_that_never_came"),
        ("journal", "0003_writers_take_turns"),
        ("organisations", "0003_stable_identifiers"),
        ("speakers", "0003_stable_identifiers"),
    ]

    operations = [takes_turns(table) for table in TABLES]
