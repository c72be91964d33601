"""What an organisation was before each change is kept (see trail.models.Change)."""

from django.db import migrations

from lib.triggers import keeps_trail


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_names_found_alike"),
        ("trail", "0001_what_changed_and_who_did_it"),
    ]

    operations = keeps_trail("organisations_organisation", "organisation", "id")
