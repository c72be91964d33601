"""Who was anonymised before there was a list of them stands on it, too."""

from django.db import migrations


def list_them(apps, schema_editor):
    speakers = apps.get_model("speakers", "Speaker").objects.filter(anonymised_at__isnull=False)
    erasures = apps.get_model("privacy", "Erasure")
    erasures.objects.bulk_create(
        [
            erasures(subject="person", which=str(uid), at=at)
            for uid, at in speakers.values_list("uid", "anonymised_at")
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("speakers", "0005_on_the_trail"), ("privacy", "0001_who_was_erased_and_who_was_told")]

    operations = [migrations.RunPython(list_them, migrations.RunPython.noop)]
