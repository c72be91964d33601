"""What a database keeps of rows that are gone: their bytes in its files, and what its planner remembers of
them.
"""

import time
from typing import Any

from django.db import DatabaseError, connection

_TABLES = """
SELECT relname FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace ORDER BY
relname
"""
_FORGET = """
SELECT pg_clear_attribute_stats(schemaname::text, tablename::text, attname::text, inherited)
FROM pg_stats WHERE schemaname = 'public'
"""
# Whoever may still see rows of before keeps their bytes: PostgreSQL copies such rows into the new files. So
# does a change that is under way in whatever database of the server: nobody looks beyond it who looks now.
# Of sessions of other roles only a superuser is told what they see.
_HOLDERS = """
SELECT format('session %%s of %%s in %%s since %%s', pid, usename, datname, xact_start::timestamptz(0))
FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND (age(backend_xid) >= age(%(began)s::xid)
  OR (datname = current_database() OR backend_type = 'walsender')
     AND age(backend_xmin) >= age(%(began)s::xid))
UNION ALL
SELECT format('prepared transaction %%s', gid) FROM pg_prepared_xacts
WHERE age(transaction) >= age(%(began)s::xid)
UNION ALL
SELECT format('replication slot %%s', slot_name) FROM pg_replication_slots
WHERE age(xmin) >= age(%(began)s::xid)
"""
# Ordinary requests and jobs are over by then.
PATIENCE = 60.0
_PAUSE = 0.1


class StillSeen(Exception):
    """Somebody may still see what is gone; the text tells who."""


def wait_for_others(seconds: float) -> None:
    """Returns when nobody sees rows any more that are gone by now; raises StillSeen after so many seconds."""
    until = time.monotonic() + seconds
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::xid::text")
        began = cursor.fetchone()
        while True:
            cursor.execute(_HOLDERS, {"began": began[0]})
            holders = [told for (told,) in cursor.fetchall()]
            if not holders:
                return
            if time.monotonic() >= until:
                raise StillSeen("; ".join(holders))
            time.sleep(_PAUSE)


def tidy(*, thoroughly: bool = False) -> int:
    """Frees the room of deleted rows and makes the planner's statistics anew; returns how many tables.

    `thoroughly`, every table is written anew, without the bytes of what is gone; each is locked meanwhile.
    Raises StillSeen, and does nothing, where somebody's old transaction would keep them. Runs outside of a
    transaction.
    """
    if thoroughly:
        wait_for_others(PATIENCE)
    how = "FULL, ANALYZE" if thoroughly else "ANALYZE"
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        names = [name for (name,) in cursor.fetchall()]
        _forget_statistics(cursor)
        for name in names:
            cursor.execute(f"VACUUM ({how}) {connection.ops.quote_name(name)}")
    return len(names)


def _forget_statistics(cursor: Any) -> None:
    """Of a table that is empty now, statistics stay as they were; PostgreSQL 18 can drop them."""
    cursor.execute(
        "SELECT to_regprocedure('pg_clear_attribute_stats(text, text, text, boolean)') IS NOT NULL"
    )
    if cursor.fetchone()[0]:
        cursor.execute(_FORGET)


def settle() -> list[str]:
    """What takes more than an ordinary role's rights; returns what was refused.

    Statistics of before lie in a table of the server's own. After a checkpoint no file waits to be written,
    and segments of the log are free for use again.
    """
    refused = []
    for statement in ("VACUUM FULL pg_catalog.pg_statistic", "SELECT pg_switch_wal()", "CHECKPOINT"):
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
        except DatabaseError:
            refused.append(statement)
    return refused
