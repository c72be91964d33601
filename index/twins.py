"""Tables filled beside those in use, which then take their place: searches see the old ones or the new ones,
nothing between."""

import re
import time
from collections.abc import Collection, Iterable
from io import BytesIO
from typing import Any

from django.db import OperationalError, connection, transaction

from index.locks import is_rebuilding, lock
from index.models import Pending
from journal.version import raise_with_commit

TABLES = ("index_document", "index_name", "index_word")
# Whoever reads the index in a long transaction is not waited for: all searches would wait behind us.
_PATIENCE = "500ms"
_TRIES, _PAUSE = 120, 1.0
_LOCK_NOT_AVAILABLE = "55P03"
_MEMORY = "256MB"
_INDEX = re.compile(r"CREATE (UNIQUE )?INDEX \S+ ON \S+ (.*)", re.DOTALL)


def exist() -> bool:
    """Whether a rebuild is under way, or was cut short."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('index_document_next') IS NOT NULL")
        return bool(cursor.fetchone()[0])


def create() -> list[int]:
    """Empty tables without indexes. From here on, what is read again for a search is to be noted.

    Returns the notes of what has changed before, which whoever fills the tables reads anyway.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        lock()
        cursor.execute("DELETE FROM index_pending WHERE NOT urgent")
        for table in TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS {table}_next")
            cursor.execute(
                f"CREATE TABLE {table}_next "
                f"(LIKE {table} INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING STORAGE)"
            )
            cursor.execute("SELECT unnest(reloptions) FROM pg_class WHERE oid = %s::regclass", [table])
            for (option,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {table}_next SET ({option})")
        return list(Pending.objects.filter(urgent=True).values_list("pk", flat=True))


def create_ahead() -> list[int]:
    """The same for a transaction under way: marked, until it is through, as not to be trusted."""
    with transaction.atomic(), connection.cursor() as cursor:
        settled = create()
        cursor.execute("COMMENT ON TABLE index_document_next IS 'ahead'")
        return settled


def are_ahead() -> bool:
    """Whether they hold, or may hold, what has never been: a load reads ahead or was cut short at that."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass('index_document_next'), 'pg_class') IS NOT NULL")
        return bool(cursor.fetchone()[0])


def trust() -> None:
    """What has been read ahead has come true."""
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON TABLE index_document_next IS NULL")


def drop() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {', '.join(f'{table}_next' for table in TABLES)}")


def note(noun: str, keys: Collection[int]) -> None:
    """These have changed since the twins were created, which may have them as they were.

    What a rebuild that was cut short has left there is taken out: it may name somebody who has been
    anonymised, and nobody knows when the rebuild goes on. Of a load that was cut short nothing is left.
    """
    noted = Pending.objects.filter(noun=noun, object__in=keys, urgent=False).values_list("object", flat=True)
    fresh = sorted(set(keys).difference(noted))
    Pending.objects.bulk_create([Pending(noun=noun, object=key, urgent=False) for key in fresh])
    if is_rebuilding():
        return
    with connection.cursor() as cursor:
        if are_ahead():
            cursor.execute("TRUNCATE index_document_next, index_name_next")
        for table in ("index_document", "index_name"):
            cursor.execute(
                f"DELETE FROM {table}_next WHERE noun = %s AND object = ANY(%s)",  # noqa: S608
                [noun, list(keys)],
            )
        cursor.execute("TRUNCATE index_word_next")


def fill(table: str, columns: str, rows: Iterable[Iterable[Any]]) -> None:
    """Adds rows to the twin of a table: values as PostgreSQL writes them, or None."""
    lines = "".join(["\t".join(map(_copied, row)) + "\n" for row in rows])
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table}_next ({columns}) FROM STDIN", BytesIO(lines.encode()), 1 << 20)


def _copied(value: Any) -> str:
    if value is None:
        return "\\N"
    text = str(value).replace("\\", "\\\\")
    return text.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def make_indexes(*tables: str) -> None:
    """The same as the tables in use have. Built at once they are smaller than row by row, and done sooner."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, true)", [_MEMORY])
        for table, name, definition in _indexes(tables):
            unique, rest = _INDEX.fullmatch(definition).groups("")  # type: ignore[union-attr]
            cursor.execute(f'CREATE {unique}INDEX IF NOT EXISTS "{name}_next" ON {table}_next {rest}')
        # Fresh tables have no statistics, and searches would be planned blindly.
        cursor.execute(f"ANALYZE {', '.join(f'{table}_next' for table in tables)}")


def _indexes(tables: Iterable[str]) -> list[tuple[str, str, str]]:
    """(table, name, definition) of the indexes of the tables in use."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, indexrelid::regclass::text, pg_get_indexdef(indexrelid) "
            "FROM pg_index JOIN pg_class ON pg_class.oid = indrelid WHERE indrelid = ANY(%s::regclass[])",
            [list(tables)],
        )
        return list(cursor.fetchall())


def take_over(settled: Collection[int] = ()) -> None:
    """The twins become the tables in use. What has changed since they were created is read again by the next
    search, which is noted as if it had changed just now. `settled` notes have nothing more to say.

    After an update, say, fresh tables answer otherwise than the old ones: what is kept of these is void.
    """
    tries = 0
    while not _taken_over(settled, is_last=(tries := tries + 1) == _TRIES):
        time.sleep(_PAUSE)


def _taken_over(settled: Collection[int], *, is_last: bool) -> bool:
    try:
        _take_over(settled)
    except OperationalError as error:
        if is_last or getattr(error.__cause__, "pgcode", None) != _LOCK_NOT_AVAILABLE:
            raise
        return False
    return True


def _take_over(settled: Collection[int]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        lock()
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [_PATIENCE])
        cursor.execute(f"LOCK TABLE {', '.join(TABLES)} IN ACCESS EXCLUSIVE MODE")
        names = [name for _table, name, _definition in _indexes(TABLES)]
        for table in TABLES:
            _replace(cursor, table)
        for name in names:
            cursor.execute(f'ALTER INDEX "{name}_next" RENAME TO "{name}"')
        cursor.execute("DELETE FROM index_pending WHERE urgent AND id = ANY(%s)", [list(settled)])
        cursor.execute("UPDATE index_pending SET urgent = true WHERE NOT urgent")
        raise_with_commit()


def _replace(cursor: Any, table: str) -> None:
    cursor.execute(
        "SELECT conname, CASE contype WHEN 'p' THEN 'PRIMARY KEY' ELSE 'UNIQUE' END FROM pg_constraint "
        "WHERE conrelid = %s::regclass AND contype IN ('p', 'u')",
        [table],
    )
    for name, kind in cursor.fetchall():
        cursor.execute(
            f'ALTER TABLE {table}_next ADD CONSTRAINT "{name}_next" {kind} USING INDEX "{name}_next"'
        )
    cursor.execute(f"DROP TABLE {table}")
    cursor.execute(f"ALTER TABLE {table}_next RENAME TO {table}")
    cursor.execute(f"ALTER SEQUENCE {table}_next_id_seq RENAME TO {table}_id_seq")
