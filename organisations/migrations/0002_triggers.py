from django.db import migrations

from lib.triggers import remember_slugs, touch


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_organisations"), ("addresses", "0002_noun_triggers")]

    operations = [
        touch("organisations_organisation"),
        remember_slugs("organisations_organisation", "organisation"),
    ]
