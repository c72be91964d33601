"""Who belonged to an organisation comes back when a merge is undone: nobody keeps the rights of another."""

from django.db import migrations

from lib.triggers import keeps_trail


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_sign_ins"),
        ("trail", "0001_what_changed_and_who_did_it"),
    ]

    operations = keeps_trail("accounts_membership", "organisation", "organisation_id")
