"""The search hears of every change to what it tells, whichever way it was written."""

from django.db import migrations

# Table, the noun whose text it is part of, and the column that holds that entry's key.
TOLD = [
    ("events_event", "event", "id"),
    ("events_series", "series", "id"),
    ("events_topic", "topic", "id"),
    ("events_venue", "venue", "id"),
    ("organisations_organisation", "organisation", "id"),
    ("speakers_speaker", "speaker", "id"),
    ("events_seriesorganiser", "series", "series_id"),
    ("events_session", "event", "event_id"),
    ("events_eventtopic", "event", "event_id"),
    ("events_eventvenue", "event", "event_id"),
    ("events_participation", "event", "event_id"),
    ("events_appearance", "event", "event_id"),
    ("events_award", "event", "event_id"),
]
ROWS = {
    "insert": "NEW TABLE AS new_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
}


def hearing(table: str, noun: str, column: str) -> list[migrations.RunSQL]:
    return [
        migrations.RunSQL(
            f"CREATE TRIGGER {table}_search_{when} AFTER {when} ON {table} REFERENCING {rows} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION index_note('{noun}', '{column}')",
            f"DROP TRIGGER {table}_search_{when} ON {table}",
        )
        for when, rows in ROWS.items()
    ]


def note_all(table: str, noun: str) -> migrations.RunSQL:
    """What was there before the search: it is read at the first question, or by `rebuild_index`."""
    return migrations.RunSQL(
        f"INSERT INTO index_pending (noun, object) SELECT '{noun}', id FROM {table}", migrations.RunSQL.noop
    )


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0003_what_tells_of_what"),
        ("index", "0001_what_the_search_knows"),
        ("organisations", "0003_stable_identifiers"),
        ("speakers", "0003_stable_identifiers"),
    ]

    operations = [
        *(operation for told in TOLD for operation in hearing(*told)),
        *(note_all(table, noun) for table, noun, column in TOLD if column == "id"),
    ]
