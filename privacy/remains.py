"""What a database keeps of rows that are gone: their bytes in its files, and what its planner remembers of
them.
"""

from django.db import DatabaseError, connection

_TABLES = """
SELECT relname FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace ORDER BY
relname
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
        for name in names:
            cursor.execute(f"VACUUM ({how}) {connection.ops.quote_name(name)}")
    return len(names)


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
