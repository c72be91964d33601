"""A new venue lies in the country that the settings name. Nothing changes in the database."""

import django.core.validators
from django.db import migrations, models

import lib.places


class Migration(migrations.Migration):
    dependencies = [("events", "0023_pieces_of_event_pages")]

    operations = [
        migrations.AlterField(
            model_name="venue",
            name="country",
            field=models.CharField(
                default=lib.places.home_country,
                help_text="ISO 3166-1, such as DE.",
                max_length=2,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[A-Z]{2}$", "Two capital letters as in ISO 3166-1, such as DE."
                    )
                ],
                verbose_name="country",
            ),
        ),
    ]
