"""Hands for tests that edit within one transaction, in which the database's clock stands still."""

from django.db import connection

NOUNS = [
    "events_event",
    "events_series",
    "events_topic",
    "events_venue",
    "organisations_organisation",
    "speakers_speaker",
]

# A second ago, and each time a little later: a version of a row is told by its moment.
_LATER = "now() - interval '1 second' + (clock_timestamp() - now()) / 1000"


def commit_changes():
    """As if the edits so far were committed: what waits for the commit happens, and time goes by.

    A second for entries; a day for the versions of events, whose changes are told day by day.
    """
    with connection.cursor() as cursor:
        # In this order commits do it: the version is raised last.
        cursor.execute("SET CONSTRAINTS events_event_remember_version IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in NOUNS:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for column in ("created_at", "modified_at"):
                cursor.execute(
                    f"UPDATE {table} SET {column} = {_LATER} "
                    f"WHERE {column} BETWEEN now() AND clock_timestamp()"
                )
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE events_publishedversion DISABLE TRIGGER USER")
        cursor.execute("UPDATE events_publishedversion SET at = at - interval '1 day' WHERE at <= now()")
        cursor.execute("ALTER TABLE events_publishedversion ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
