"""What was set for later and taken back is no part of an event's history; a person's names are struck from what
people read, not from the form it is kept in.
"""

from importlib import import_module

from django.db import migrations

from lib.triggers import after, function

former = import_module("events.migrations.0005_published_versions")

# Without this, facts that nobody ever saw would be told as the state before once their day has come.
DROP_UNSEEN = """
    DELETE FROM events_publishedversion AS version USING fresh
    WHERE version.event_id = fresh.id AND version.at > now()
        AND (fresh.state <> 'published' OR fresh.publish_from IS NULL OR fresh.publish_from <= now());"""

TEXTS = ["title", "title_en", "website", "registration_url"]
SAID = ", ".join(f"facts->>'{text}'" for text in TEXTS)
STRUCK = ", ".join(f"'{text}', replace(facts->>'{text}', name, '–')" for text in TEXTS)


FORGET_NAMES = f"""
    names := OLD.aliases || ARRAY[OLD.slug, concat_ws(' ', nullif(OLD.given_name, ''), OLD.family_name)];
    FOREACH name IN ARRAY names LOOP
        UPDATE events_publishedversion SET facts = facts || jsonb_strip_nulls(jsonb_build_object(
            {STRUCK}, 'venues', (
                SELECT jsonb_agg(
                    place || jsonb_build_object('name', replace(place->>'name', name, '–')) ORDER BY number)
                FROM jsonb_array_elements(facts->'venues') WITH ORDINALITY AS told (place, number))))
        WHERE name <> '' AND (
            position(name IN concat_ws(' ', {SAID})) > 0
            OR EXISTS (
                SELECT FROM jsonb_array_elements(facts->'venues') AS told (place)
                WHERE position(name IN place->>'name') > 0));
    END LOOP;"""


def forget_person(body):
    sql = function("events_forget_person", body, "names text[]; name text;").sql
    return sql.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("events", "0008_names_in_programmes")]

    operations = [
        function("events_drop_unseen_versions", DROP_UNSEEN),
        *after("events_event", "drop_unseen_versions", "events_drop_unseen_versions()", ["UPDATE"]),
        migrations.RunSQL(forget_person(FORGET_NAMES), forget_person(former.FORGET_NAMES)),
    ]
