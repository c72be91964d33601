"""Entries of the whole catalogue as linked data, kept for the next who asks (see `events.node_pieces`).

Nothing in it is lost that could not be drawn again. An entry whose event is touched goes at once.
"""

from importlib import import_module

from django.db import migrations

former = import_module("events.migrations.0023_pieces_of_event_pages")

# Texts are packed by the database, which can still be searched for a name.
PIECES = """
CREATE TABLE events_nodepiece (
    event bigint NOT NULL,
    language text NOT NULL,
    made_by text NOT NULL,
    told_at timestamptz NOT NULL,
    node text NOT NULL,
    PRIMARY KEY (event, language)
)
"""
DROP = """
    IF TG_OP = 'TRUNCATE' THEN
        TRUNCATE events_calendarpiece, events_pagepiece, events_nodepiece;
    ELSIF TG_OP = 'DELETE' THEN
        DELETE FROM events_calendarpiece AS piece USING stale WHERE piece.event = stale.id;
        DELETE FROM events_pagepiece AS piece USING stale WHERE piece.event = stale.id;
        DELETE FROM events_nodepiece AS piece USING stale WHERE piece.event = stale.id;
    ELSE
        DELETE FROM events_calendarpiece AS piece USING fresh WHERE piece.event = fresh.id;
        DELETE FROM events_pagepiece AS piece USING fresh WHERE piece.event = fresh.id;
        DELETE FROM events_nodepiece AS piece USING fresh WHERE piece.event = fresh.id;
    END IF;"""
SETTINGS = "SET enable_seqscan = off"


class Migration(migrations.Migration):
    dependencies = [("events", "0025_what_loads_wait_for")]

    operations = [
        migrations.RunSQL(PIECES, "DROP TABLE events_nodepiece"),
        migrations.RunSQL(former.replaced(DROP, SETTINGS), former.replaced(former.DROP, SETTINGS)),
    ]
