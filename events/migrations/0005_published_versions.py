"""The history that visitors may read: what was public of an event, from which moment on.

A version is written when a transaction commits, at most one each, and only if it says something new. People,
organisations and topics stand in it by number. When a person is anonymised, the name is struck from titles and
places that were public once.
"""

import django.db.models.deletion
from django.db import migrations, models

from lib.triggers import after, function, raises_version

FACTS = """
CREATE FUNCTION events_facts(event events_event) RETURNS jsonb LANGUAGE sql STABLE AS $$
SELECT jsonb_strip_nulls(jsonb_build_object(
    'title', event.title, 'title_en', nullif(event.title_en, ''),
    'starts_on', event.starts_on, 'ends_on', event.ends_on, 'date_precision', event.date_precision,
    'start_time', event.start_time, 'end_time', event.end_time, 'timezone', event.timezone,
    'status', event.status, 'sold_out', event.sold_out, 'mode', event.mode,
    'website', nullif(event.website, ''), 'is_free', event.is_free,
    'registration_url', nullif(event.registration_url, ''), 'registration_deadline', event.registration_deadline,
    'text', md5(concat_ws(E'\\x1f', event.subtitle, event.summary, event.summary_en, event.description)),
    'venues', (
        SELECT jsonb_agg(jsonb_build_object('id', venue.id, 'name', venue.name, 'city', venue.city, 'use', link.use)
                         ORDER BY link.position, link.id)
        FROM events_eventvenue AS link JOIN events_venue AS venue ON venue.id = link.venue_id
        WHERE link.event_id = event.id),
    'organisations', (
        SELECT jsonb_agg(jsonb_build_array(link.organisation_id, link.role) ORDER BY link.organisation_id, link.role)
        FROM events_participation AS link WHERE link.event_id = event.id),
    'speakers', (
        SELECT jsonb_agg(DISTINCT link.speaker_id) FROM events_appearance AS link
        JOIN speakers_speaker AS speaker ON speaker.id = link.speaker_id
        WHERE link.event_id = event.id AND speaker.anonymised_at IS NULL),
    'topics', (SELECT jsonb_agg(topic_id ORDER BY topic_id) FROM events_eventtopic AS link WHERE link.event_id = event.id),
    'prices', (
        SELECT md5(string_agg(concat_ws(' ', "group", amount, amount_to, currency, is_early_bird), ';' ORDER BY position, id))
        FROM events_price AS price WHERE price.event_id = event.id),
    'sessions', (SELECT nullif(count(*), 0) FROM events_session AS item WHERE item.event_id = event.id),
    'programme', (
        SELECT md5(string_agg(concat_ws(E'\\x1f', title, kind, date, start_time, end_time, room, abstract), E'\\x1e'
                              ORDER BY position, id))
        FROM events_session AS item WHERE item.event_id = event.id)
)) $$
"""

# Of several changes of a row in one transaction only the last counts, and then only what is there at the end.
REMEMBER = """
    SELECT event.publish_from, events_facts(event) INTO due, said FROM events_event AS event
    WHERE event.id = NEW.id AND event.state = 'published' AND event.revision = NEW.revision;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF due > now() THEN
        DELETE FROM events_publishedversion WHERE event_id = NEW.id AND at > now();
    END IF;
    IF said IS DISTINCT FROM (
        SELECT facts FROM events_publishedversion WHERE event_id = NEW.id ORDER BY id DESC LIMIT 1
    ) THEN
        INSERT INTO events_publishedversion (event_id, revision, at, facts)
        VALUES (NEW.id, NEW.revision, greatest(now(), due), said);
    END IF;"""

AT_COMMIT = """
CREATE CONSTRAINT TRIGGER events_event_remember_version AFTER INSERT OR UPDATE ON events_event
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'published')
EXECUTE FUNCTION events_remember_version()
"""

# Rows written by hand go with the event as Django's do.
FORGET_DELETED = "DELETE FROM events_publishedversion WHERE event_id IN (SELECT id FROM stale);"

FORGET_NAMES = """
    names := OLD.aliases || ARRAY[OLD.slug, concat_ws(' ', nullif(OLD.given_name, ''), OLD.family_name)];
    FOREACH name IN ARRAY names LOOP
        name := trim(BOTH '"' FROM to_jsonb(name)::text);
        UPDATE events_publishedversion SET facts = replace(facts::text, name, '–')::jsonb
        WHERE name <> '' AND position(name IN facts::text) > 0;
    END LOOP;"""

ANONYMISED = """
CREATE TRIGGER events_forget_person AFTER UPDATE ON speakers_speaker FOR EACH ROW
WHEN (OLD.anonymised_at IS NULL AND NEW.anonymised_at IS NOT NULL) EXECUTE FUNCTION events_forget_person()
"""

BEGIN = """
INSERT INTO events_publishedversion (event_id, revision, at, facts)
SELECT id, revision, greatest(now(), publish_from), events_facts(event) FROM events_event AS event
WHERE state = 'published'
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0004_search_hears_of_changes")]

    operations = [
        migrations.CreateModel(
            name="PublishedVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(verbose_name="revision")),
                ("at", models.DateTimeField(verbose_name="public since")),
                ("facts", models.JSONField(verbose_name="facts")),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "published version",
                "verbose_name_plural": "published versions",
                "ordering": ["event", "pk"],
                "indexes": [models.Index(fields=["event", "id"], name="publishedversion_of_event")],
            },
        ),
        migrations.RunSQL(FACTS, "DROP FUNCTION events_facts(events_event)"),
        function("events_remember_version", REMEMBER, "due timestamptz; said jsonb;"),
        function("events_forget_versions", FORGET_DELETED),
        function("events_forget_person", FORGET_NAMES, "names text[]; name text;"),
        migrations.RunSQL(AT_COMMIT, "DROP TRIGGER events_event_remember_version ON events_event"),
        *after("events_event", "forget_versions", "events_forget_versions()", ["DELETE"]),
        migrations.RunSQL(ANONYMISED, "DROP TRIGGER events_forget_person ON speakers_speaker"),
        *raises_version("events_publishedversion"),
        migrations.RunSQL(BEGIN, migrations.RunSQL.noop),
    ]
