"""Similar names are found without reading all organisations."""

from django.db import migrations

from lib import alike


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_stable_identifiers"), ("addresses", "0004_names_alike")]

    operations = [alike.index("organisations_organisation", ["name", "name_en", "short_name"], ["aliases"])]
