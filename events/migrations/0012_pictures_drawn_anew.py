"""Pictures are drawn anew as they are saved; the column itself stays as it is."""

from django.db import migrations

import lib.picture_field


class Migration(migrations.Migration):
    dependencies = [("events", "0011_names_found_alike")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="image",
            field=lib.picture_field.PictureField(blank=True, upload_to="events/", verbose_name="image"),
        ),
    ]
