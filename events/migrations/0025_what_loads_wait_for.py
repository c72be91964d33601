"""Large loads into a young database: the database asked more than it had to, and the more the longer the load.

Its plans are made while it believes the tables to be small. It then looked for neighbours among all events, also of
those without a series, and worked out what visitors can read of all events to remember a few. Now neighbours have an index
of their own, and what is to be remembered is asked in such a way that there is but one plan.
"""

from importlib import import_module

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

former = import_module("events.migrations.0019_once_a_statement")

# The event by its key, and what is told of it worked out for no other, and only once.
BY_KEY = f"""
        SELECT event.id, event.revision, event.publish_from, {former.FACTS} AS facts
        FROM events_awaiting AS awaiting
            CROSS JOIN LATERAL (SELECT * FROM events_event WHERE id = awaiting.event OFFSET 0) AS event
        WHERE awaiting.txid = pg_current_xact_id() AND event.state = 'published'
        OFFSET 0
    ) AS told"""
_HEAD, _REST = former.REMEMBER.split("    FROM (\n")
_, _TAIL = _REST.split(") AS told")
REMEMBER = f"{_HEAD}    FROM ({BY_KEY}{_TAIL}"


def replacing(sql):
    return sql.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


# Written row by row this index took two thirds of all that a load's events cost. Few wait to be sorted in, so that
# who looks for similar titles reads them as well in no time.
IN_BUNCHES = "ALTER INDEX events_event_names_alike SET (fastupdate = on, gin_pending_list_limit = 256)"
ROW_BY_ROW = "ALTER INDEX events_event_names_alike RESET (gin_pending_list_limit)"
AT_ONCE = "ALTER INDEX events_event_names_alike SET (fastupdate = off)"


class Migration(migrations.Migration):
    # Each step may be taken again; the index is made while the site runs.
    atomic = False
    dependencies = [("events", "0024_country_by_setting")]

    operations = [
        AddIndexConcurrently(
            "event",
            models.Index(
                condition=models.Q(("series__isnull", False), ("state", "published")),
                fields=["series", "starts_at", "id"],
                include=["publish_from"],
                name="event_beside",
            ),
        ),
        migrations.RunSQL(replacing(REMEMBER), replacing(former.REMEMBER)),
        migrations.RunSQL(IN_BUNCHES, [AT_ONCE, ROW_BY_ROW]),
    ]
