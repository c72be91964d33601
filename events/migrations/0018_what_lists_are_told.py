"""Notes of which events changed in what lists go by: order, days, and all that a facet counts.

Processes that keep lists as sets of bits read what has been noted since they last looked (see `events.bits`).
Whoever writes these tables takes turns, so notes are numbered in the order in which they come to be seen.
"""

from django.db import migrations

from lib.triggers import after, function

# An entry that tells nobody which events changed, "all", means that everything must be read anew.
TOUCHED = """
CREATE TABLE events_touched (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind text NOT NULL,
    keys bigint[] NOT NULL
);
INSERT INTO events_touched (kind, keys) VALUES ('all', '{}');
"""
# Who has not looked for so many notes reads everything anew.
FORGET = "DELETE FROM events_touched WHERE id <= NEW.id - 4096;"
AT_TIMES = """
CREATE TRIGGER events_touched_forget AFTER INSERT ON events_touched
FOR EACH ROW WHEN (NEW.id % 256 = 0) EXECUTE FUNCTION events_forget_touched()
"""
EMPTIED = """
    PERFORM pg_advisory_xact_lock(7303011);
    INSERT INTO events_touched (kind, keys) VALUES ('all', '{}');"""
# Of more events at a time nobody takes note one by one.
MOST = 20_000

EVENT = [
    "starts_at", "ends_at", "starts_on", "ends_on", "state", "publish_from", "mode", "status", "is_free",
    "formats", "audiences", "languages",
]
# (table, kind of what changed, column with its key, columns that lists go by)
NOTED = [
    ("events_event", "event", "id", EVENT),
    ("events_eventtopic", "event", "event_id", ["event_id", "topic_id"]),
    ("events_participation", "event", "event_id", ["event_id", "organisation_id", "role"]),
    ("events_eventvenue", "event", "event_id", ["event_id", "venue_id", "use"]),
    ("events_venue", "venue", "id", ["city", "state", "country"]),
    ("events_topic", "topic", "id", ["slug", "name_de", "name_en"]),
    ("organisations_organisation", "organisation", "id", ["slug", "name", "short_name"]),
]


def note(kind, keys):
    return f"""INSERT INTO events_touched (kind, keys)
        SELECT CASE WHEN count(*) > {MOST} THEN 'all' ELSE '{kind}' END,
            CASE WHEN count(*) > {MOST} THEN '{{}}' ELSE array_agg(key) END
        FROM ({keys}) AS told (key) HAVING count(*) > 0;"""


def notes(table, kind, key, columns):
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("stale", "fresh"))
    changed = (
        f"SELECT DISTINCT unnest(ARRAY[stale.{key}, fresh.{key}]) FROM stale JOIN fresh USING (id) "
        f"WHERE ({old}) IS DISTINCT FROM ({new})"
    )
    only = "WHERE state = 'published'" if table == "events_event" else ""
    if only:
        changed += " AND 'published' IN (stale.state, fresh.state)"
    body = f"""
    IF TG_OP = 'INSERT' THEN
        {note(kind, f"SELECT DISTINCT {key} FROM fresh {only}")}
    ELSIF TG_OP = 'DELETE' THEN
        {note(kind, f"SELECT DISTINCT {key} FROM stale {only}")}
    ELSE
        {note(kind, changed)}
    END IF;"""
    name = f"{table}_note_touched"
    emptied = migrations.RunSQL(
        f"CREATE TRIGGER {table}_touched_truncate AFTER TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION events_touch_all()",
        f"DROP TRIGGER {table}_touched_truncate ON {table}",
    )
    return [function(name, body), *after(table, "touched", f"{name}()"), emptied]


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0017_found_by_their_addresses"),
        ("journal", "0003_writers_take_turns"),
        ("organisations", "0003_stable_identifiers"),
    ]

    operations = [
        migrations.RunSQL(TOUCHED, "DROP TABLE events_touched"),
        function("events_forget_touched", FORGET),
        migrations.RunSQL(AT_TIMES, "DROP TRIGGER events_touched_forget ON events_touched"),
        function("events_touch_all", EMPTIED),
        *(operation for one in NOTED for operation in notes(*one)),
    ]
