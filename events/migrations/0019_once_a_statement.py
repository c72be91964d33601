"""What was worked out row by row is worked out once: former addresses per statement, versions per transaction.

For each row the database asked anew, with a plan made while the tables were empty. Now a statement notes which
published events it wrote, and the commit, or a load after each portion, looks at all of them at a time.
"""

from importlib import import_module

from django.db import migrations

from lib.triggers import after, function, remember_slugs, remembers_slugs

former = import_module("events.migrations.0005_published_versions")

NOUNS = {
    "events_event": "event",
    "events_series": "series",
    "events_topic": "topic",
    "events_venue": "venue",
    "organisations_organisation": "organisation",
    "speakers_speaker": "speaker",
}
AWAITING = """
CREATE UNLOGGED TABLE events_awaiting (txid xid8, event bigint, PRIMARY KEY (txid, event))
"""
NOTE = """
    INSERT INTO events_awaiting (txid, event)
    SELECT pg_current_xact_id(), id FROM fresh WHERE state = 'published' ON CONFLICT DO NOTHING;"""

# The facts of 0005, as an expression about `event`: calling the function for each costs twice as much.
FACTS = former.FACTS.partition("AS $$\nSELECT ")[2].removesuffix(" $$\n")

# Only what is there at the end counts. Rows are looked for by index whatever the tables were like when the plan was
# made: they may be empty at the beginning of a load.
REMEMBER = f"""
CREATE FUNCTION events_remember_versions() RETURNS void LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    DELETE FROM events_publishedversion AS version USING events_awaiting AS awaiting, events_event AS event
    WHERE awaiting.txid = pg_current_xact_id() AND event.id = awaiting.event AND event.publish_from > now()
        AND event.state = 'published' AND version.event_id = event.id AND version.at > now();
    INSERT INTO events_publishedversion (event_id, revision, at, facts)
    SELECT told.id, told.revision, greatest(now(), told.publish_from), told.facts
    FROM (
        SELECT event.id, event.revision, event.publish_from, {FACTS} AS facts
        FROM events_awaiting AS awaiting JOIN events_event AS event ON event.id = awaiting.event
        WHERE awaiting.txid = pg_current_xact_id() AND event.state = 'published'
    ) AS told
    WHERE told.facts IS DISTINCT FROM (
        SELECT version.facts FROM events_publishedversion AS version WHERE version.event_id = told.id
        ORDER BY version.id + 0 DESC LIMIT 1)
    ORDER BY told.id;
    DELETE FROM events_awaiting WHERE txid = pg_current_xact_id();
END $$
"""
DUE = """
    IF EXISTS (SELECT FROM events_awaiting WHERE txid = NEW.txid) THEN
        PERFORM events_remember_versions();
    END IF;"""

# The transaction's own row there waits for the commit already; before the number is raised it is looked at again.
AT_COMMIT = """
CREATE CONSTRAINT TRIGGER events_event_remember_version AFTER INSERT OR UPDATE ON journal_pending
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION events_remember_versions_at_commit()
"""
ROW_BY_ROW = function("events_remember_version", former.REMEMBER, "due timestamptz; said jsonb;")


def undone(operation):
    return migrations.RunSQL(operation.reverse_sql, operation.sql)


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0018_what_lists_are_told"),
        ("addresses", "0006_former_slugs_by_statement"),
        ("journal", "0003_writers_take_turns"),
        ("organisations", "0005_on_the_trail"),
        ("speakers", "0005_on_the_trail"),
    ]

    operations = [
        *(undone(remember_slugs(table, noun)) for table, noun in NOUNS.items()),
        *(operation for table, noun in NOUNS.items() for operation in remembers_slugs(table, noun)),
        migrations.RunSQL("DROP TRIGGER events_event_remember_version ON events_event", former.AT_COMMIT),
        undone(ROW_BY_ROW),
        migrations.RunSQL(AWAITING, "DROP TABLE events_awaiting"),
        function("events_await_version", NOTE),
        *after("events_event", "await_version", "events_await_version()", ["INSERT", "UPDATE"]),
        migrations.RunSQL(REMEMBER, "DROP FUNCTION events_remember_versions()"),
        function("events_remember_versions_at_commit", DUE),
        migrations.RunSQL(AT_COMMIT, "DROP TRIGGER events_event_remember_version ON journal_pending"),
    ]
