"""What a database keeps of rows that are gone: their bytes in its files, and what its planner remembers of
them.
"""

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


def tidy(*, thoroughly: bool = False) -> int:
    """Frees the room of deleted rows and makes the planner's statistics anew; returns how many tables.

    `thoroughly`, every table is written anew, without the bytes of what is gone; each is locked meanwhile.
    Runs outside of a transaction.
    """
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
