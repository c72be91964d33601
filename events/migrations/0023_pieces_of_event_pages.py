"""What an event's own page tells of the event as it was drawn, kept for the next who asks (see `events.page_pieces`).

Nothing in it is lost that could not be drawn again. It goes with the entries of calendars once its event is touched.
"""

from importlib import import_module

from django.db import migrations

from lib.triggers import function

former = import_module("events.migrations.0020_entries_of_calendars")

# Texts are packed by the database, which can still be searched for a name.
PIECES = """
CREATE TABLE events_pagepiece (
    event bigint NOT NULL,
    language text NOT NULL,
    made_by text NOT NULL,
    version text NOT NULL,
    told_at timestamptz NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz NOT NULL,
    drawn_at timestamptz NOT NULL DEFAULT now(),
    page text NOT NULL,
    PRIMARY KEY (event, language)
)
"""
# Rows are looked for by index whatever the tables were like when a session made its plan.
DROP = """
    IF TG_OP = 'TRUNCATE' THEN
        TRUNCATE events_calendarpiece, events_pagepiece;
    ELSIF TG_OP = 'DELETE' THEN
        DELETE FROM events_calendarpiece AS piece USING stale WHERE piece.event = stale.id;
        DELETE FROM events_pagepiece AS piece USING stale WHERE piece.event = stale.id;
    ELSE
        DELETE FROM events_calendarpiece AS piece USING fresh WHERE piece.event = fresh.id;
        DELETE FROM events_pagepiece AS piece USING fresh WHERE piece.event = fresh.id;
    END IF;"""


def replaced(body, settings=""):
    sql = function("events_drop_pieces", body).sql.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    return sql.replace("LANGUAGE plpgsql", f"LANGUAGE plpgsql {settings}")


class Migration(migrations.Migration):
    dependencies = [("events", "0022_upcoming_in_an_index_alone")]

    operations = [
        migrations.RunSQL(PIECES, "DROP TABLE events_pagepiece"),
        migrations.RunSQL(replaced(DROP, "SET enable_seqscan = off"), replaced(former.DROP)),
    ]
