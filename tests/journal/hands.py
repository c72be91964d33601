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

_NOUNS_AGE = (
    f"UPDATE {table} SET {column} = {_LATER} WHERE {column} BETWEEN now() AND clock_timestamp()"
    for table in NOUNS
    for column in ("created_at", "modified_at")
)
# Without triggers: what happens is not an edit.
TIME_GOES_BY = "; ".join(
    [
        "SET LOCAL session_replication_role = replica",
        *_NOUNS_AGE,
        "UPDATE events_publishedversion SET at = at - interval '1 day' WHERE at <= now()",
        "SET LOCAL session_replication_role = origin",
    ]
)


def commit_changes():
    """As if the edits so far were committed: what waits for the commit happens, and time goes by.

    A second for entries; a day for the versions of events, whose changes are told day by day.
    """
    with connection.cursor() as cursor:
        # In this order commits do it: the version is raised last.
        cursor.execute("SET CONSTRAINTS events_event_remember_version IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(TIME_GOES_BY)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
