"""Records of events as the API tells them, kept for the next who asks (see `events.kept_pieces`).

Nothing in it is lost that could not be drawn again. A record whose event is touched goes at once.
"""

from importlib import import_module

from django.db import migrations

former = import_module("events.migrations.0026_entries_of_linked_data")
replaced = import_module("events.migrations.0023_pieces_of_event_pages").replaced

# Texts are packed by the database, which can still be searched for a name.
PIECES = """
CREATE TABLE events_recordpiece (
    event bigint NOT NULL,
    language text NOT NULL,
    made_by text NOT NULL,
    told_at timestamptz NOT NULL,
    record text NOT NULL,
    PRIMARY KEY (event, language)
)
"""
TABLES = ("events_calendarpiece", "events_pagepiece", "events_nodepiece", "events_recordpiece")


def deleted(rows):
    return "".join(
        f"\n        DELETE FROM {table} AS piece USING {rows} WHERE piece.event = {rows}.id;"
        for table in TABLES
    )


DROP = f"""
    IF TG_OP = 'TRUNCATE' THEN
        TRUNCATE {", ".join(TABLES)};
    ELSIF TG_OP = 'DELETE' THEN{deleted("stale")}
    ELSE{deleted("fresh")}
    END IF;"""


class Migration(migrations.Migration):
    dependencies = [("events", "0026_entries_of_linked_data")]

    operations = [
        migrations.RunSQL(PIECES, "DROP TABLE events_recordpiece"),
        migrations.RunSQL(replaced(DROP, former.SETTINGS), replaced(former.DROP, former.SETTINGS)),
    ]
