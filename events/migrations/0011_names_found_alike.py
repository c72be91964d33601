"""Similar titles and names are found without reading all entries."""

from django.db import migrations

from lib import alike


class Migration(migrations.Migration):
    dependencies = [("events", "0010_writers_take_turns"), ("addresses", "0004_names_alike")]

    operations = [
        # The folded title stands there already: so many rows are read more quickly without a function.
        migrations.RunSQL(
            "CREATE INDEX events_event_names_alike ON events_event USING gin (sort_title gin_trgm_ops) "
            "WITH (fastupdate = off)",
            "DROP INDEX events_event_names_alike",
        ),
        alike.index("events_series", ["name", "name_en", "short_name"], ["aliases"]),
        alike.index("events_topic", ["name_de", "name_en"], ["synonyms"]),
        alike.index("events_venue", ["name", "city"]),
    ]
