"""Where bytes stand in the database, whatever the table: to prove that a name is gone."""

from collections.abc import Collection

from django.db import connection

from privacy.names import escaped

_COLUMNS = """
SELECT rel.relname, att.attname FROM pg_attribute AS att JOIN pg_class AS rel ON rel.oid = att.attrelid
WHERE rel.relkind IN ('r', 'm') AND rel.relnamespace = 'public'::regnamespace AND att.attnum > 0
  AND NOT att.attisdropped AND att.atttypid = 'bytea'::regtype
"""
_TABLES = """
SELECT relname FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace ORDER BY
relname
"""
# What the planner remembers of columns quotes them.
_STATISTICS = """
SELECT count(*) FROM pg_stats WHERE schemaname = 'public'
AND concat_ws(' ', most_common_vals, histogram_bounds, most_common_elems) ILIKE ANY(%s)
"""


def find(words: Collection[str]) -> dict[str, int]:
    """{table: how many rows hold one of the words, in capitals or not}; statistics count as a table.

    Reads every row of every table. Bytes are read as text; what is packed is not unpacked.
    """
    forms = {form for word in words for form in (word, word.lower(), word.upper())}
    patterns = [f"%{escaped(one)}%" for form in forms for one in {form, _as_bytes(form)}]
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(_COLUMNS)
        packed = cursor.fetchall()
        found = {}
        for table in tables:
            inside = [f"encode({_quoted(column)}, 'escape')" for name, column in packed if name == table]
            told = " || ".join(["entry::text", *(f"coalesce({one}, '')" for one in inside)])
            cursor.execute(
                f"SELECT count(*) FROM {_quoted(table)} AS entry WHERE {told} ILIKE ANY(%s)",  # noqa: S608
                [patterns],
            )
            found[table] = cursor.fetchone()[0]
        cursor.execute(_STATISTICS, [patterns])
        found["pg_stats"] = cursor.fetchone()[0]
    return {table: count for table, count in found.items() if count}


def _as_bytes(word: str) -> str:
    """As PostgreSQL shows bytes: beyond ASCII by their octal numbers."""
    return "".join(chr(byte) if byte < 128 else f"\\{byte:03o}" for byte in word.encode())


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
