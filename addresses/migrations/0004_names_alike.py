"""How the database spells names to find similar ones."""

from django.db import migrations

from lib import alike


class Migration(migrations.Migration):
    dependencies = [("addresses", "0003_dates_that_only_rise"), ("index", "0001_what_the_search_knows")]

    operations = [alike.function()]
