"""What a person's entry was before each change is kept, until the person is anonymised: then it is forgotten."""

from django.db import migrations

from lib.triggers import keeps_trail


class Migration(migrations.Migration):
    dependencies = [
        ("speakers", "0004_names_found_alike"),
        ("trail", "0001_what_changed_and_who_did_it"),
    ]

    operations = keeps_trail("speakers_speaker", "speaker", "id")
