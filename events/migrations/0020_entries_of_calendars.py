"""Entries of calendars as they were drawn, kept for the next who asks (see `events.calendar_pieces`).

Nothing in it is lost that could not be drawn again. An entry whose event is touched goes at once, so that no text
outlives its event.
"""

from django.db import migrations

from lib.triggers import after, function

PIECES = """
CREATE TABLE events_calendarpiece (
    event bigint NOT NULL,
    language text NOT NULL,
    made_by text NOT NULL,
    told_at timestamptz NOT NULL,
    zone text NOT NULL,
    first smallint NOT NULL,
    last smallint NOT NULL,
    entry bytea NOT NULL,
    PRIMARY KEY (event, language)
)
"""
DROP = """
    IF TG_OP = 'TRUNCATE' THEN
        TRUNCATE events_calendarpiece;
    ELSIF TG_OP = 'DELETE' THEN
        DELETE FROM events_calendarpiece AS piece USING stale WHERE piece.event = stale.id;
    ELSE
        DELETE FROM events_calendarpiece AS piece USING fresh WHERE piece.event = fresh.id;
    END IF;"""
EMPTIED = """
CREATE TRIGGER events_event_drop_pieces_truncate AFTER TRUNCATE ON events_event
FOR EACH STATEMENT EXECUTE FUNCTION events_drop_pieces()
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0019_once_a_statement")]

    operations = [
        migrations.RunSQL(PIECES, "DROP TABLE events_calendarpiece"),
        function("events_drop_pieces", DROP),
        *after("events_event", "drop_pieces", "events_drop_pieces()", ["UPDATE", "DELETE"]),
        migrations.RunSQL(EMPTIED, "DROP TRIGGER events_event_drop_pieces_truncate ON events_event"),
    ]
