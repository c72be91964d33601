"""Similar names are found without reading all people."""

from django.db import migrations

from lib import alike


class Migration(migrations.Migration):
    dependencies = [("speakers", "0003_stable_identifiers"), ("addresses", "0004_names_alike")]

    operations = [alike.index("speakers_speaker", ["given_name", "family_name"], ["aliases"])]
