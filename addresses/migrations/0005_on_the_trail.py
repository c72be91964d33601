"""Former addresses that were moved or deleted can come back, as merges of entries are undone."""

from django.db import migrations

from lib.triggers import keeps_trail


class Migration(migrations.Migration):
    dependencies = [
        ("addresses", "0004_names_alike"),
        ("trail", "0001_what_changed_and_who_did_it"),
    ]

    operations = keeps_trail(
        "addresses_formerslug", "", "target", noun_column="noun", events=["UPDATE", "DELETE"]
    )
