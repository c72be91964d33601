"""What an event and all that belongs to it were before each change is kept (see trail.models.Change).

Versions that visitors could read and steps of the workflow are logs themselves: they come back with a deleted
event, but nothing takes them away.
"""

from django.db import migrations

from lib.triggers import after, function, keeps_trail

LISTS = [
    "previousdate", "eventvenue", "eventtopic", "participation", "session", "appearance", "award", "price", "source",
]

# The office held and the organisation tell who a person was: they are forgotten with the name.
OFFICES = """
CREATE FUNCTION events_forget_offices(people bigint[]) RETURNS void LANGUAGE sql AS $$
UPDATE trail_change SET before = before
    || CASE WHEN before ? 'office' THEN '{"office": ""}' ELSE '{}' END::jsonb
    || CASE WHEN before ? 'organisation_id' THEN '{"organisation_id": null}' ELSE '{}' END::jsonb
WHERE "table" = 'events_appearance' AND before ?| ARRAY['office', 'organisation_id'] AND key IN (
    SELECT id FROM events_appearance WHERE speaker_id = ANY (people) UNION
    SELECT key FROM trail_change WHERE "table" = 'events_appearance' AND before ->> 'speaker_id' = ANY (people::text[]))
$$
"""
# The person's own trigger runs before and has forgotten entries merged into this one too.
ANONYMISED = """
    IF EXISTS (SELECT FROM stale JOIN fresh USING (id)
               WHERE stale.anonymised_at IS NULL AND fresh.anonymised_at IS NOT NULL) THEN
        PERFORM events_forget_offices(ARRAY(
            SELECT key FROM trail_change WHERE "table" = 'speakers_speaker' AND kind <> 'insert' AND before IS NULL
        ));
    END IF;"""
# The office is emptied after the name.
EMPTIED = """
    IF EXISTS (SELECT FROM stale JOIN speakers_speaker AS person ON person.id = speaker_id
               WHERE anonymised_at IS NOT NULL) THEN
        PERFORM events_forget_offices(ARRAY(
            SELECT speaker_id FROM stale JOIN speakers_speaker AS person ON person.id = speaker_id
            WHERE anonymised_at IS NOT NULL));
    END IF;"""


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0013_workflow_steps"),
        ("speakers", "0005_on_the_trail"),
        ("trail", "0002_what_is_forgotten"),
    ]

    operations = [
        *keeps_trail("events_event", "event", "id", silent=("modified_at", "revision")),
        *keeps_trail("events_series", "series", "id"),
        *keeps_trail("events_topic", "topic", "id"),
        *keeps_trail("events_venue", "venue", "id"),
        *keeps_trail("events_seriesorganiser", "series", "series_id"),
        *(operation for name in LISTS for operation in keeps_trail(f"events_{name}", "event", "event_id")),
        *keeps_trail("events_publishedversion", "event", "event_id", events=["DELETE"]),
        *keeps_trail("events_step", "event", "event_id", events=["DELETE"]),
        migrations.RunSQL(OFFICES, "DROP FUNCTION events_forget_offices(bigint[])"),
        function("events_forget_offices_of_person", ANONYMISED),
        *after("speakers_speaker", "trail_update_offices", "events_forget_offices_of_person()", ["UPDATE"]),
        function("events_forget_emptied_offices", EMPTIED),
        *after(
            "events_appearance", "trail_update_offices", "events_forget_emptied_offices()", ["UPDATE", "DELETE"]
        ),
    ]
