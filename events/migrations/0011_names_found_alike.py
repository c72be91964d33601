"""Similar titles and names are found without reading all entries."""

from django.db import migrations

from lib import alike


class Migration(migrations.Migration):
    dependencies = [("events", "0010_writers_take_turns"), ("addresses", "0004_names_alike")]

    operations = [
        alike.index("events_event", ["title", "title_en"]),
        alike.index("events_series", ["name", "name_en", "short_name"], ["aliases"]),
        alike.index("events_topic", ["name_de", "name_en"], ["synonyms"]),
        alike.index("events_venue", ["name", "city"]),
    ]
