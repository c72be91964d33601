"""Calendars of programmes name people: a changed name raises the revision too."""

from django.db import migrations

from lib.triggers import tells


def tell_of_people(calendars):
    """The trigger function in the form that tells calendars of names, or in the one of before."""
    names = ["academic_title", "given_name", "family_name", "anonymised_at"]
    others = ["uid", "slug", "website", "wikidata"]
    events = "id IN (SELECT event_id FROM events_appearance WHERE speaker_id = ANY ({}))"
    sql = tells(
        "speakers_speaker",
        "events",
        others if calendars else [*others, *names],
        {"events_event": events.format("told")},
        names if calendars else [],
        events.format("revising") if calendars else "",
    )[0].sql
    return sql.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("events", "0007_moments_that_pass")]

    operations = [migrations.RunSQL(tell_of_people(True), tell_of_people(False))]
