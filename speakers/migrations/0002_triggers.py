from django.db import migrations

from lib.triggers import remember_slugs, touch


class Migration(migrations.Migration):
    dependencies = [("speakers", "0001_people"), ("addresses", "0002_noun_triggers")]

    operations = [
        touch("speakers_speaker"),
        remember_slugs("speakers_speaker", "speaker"),
    ]
