"""Names as PostgreSQL looks for similar ones: without case, diacritics and the difference of ä, ae and a.

The database's own function serves the trigram indexes and the questions alike, so nothing else has to spell
names as it does. How alike two names really are is judged in Python (curation.duplicates).
"""

from collections.abc import Sequence

from django.db.migrations import RunSQL
from django.db.models import F

from lib.german import Fold

FUNCTION = "noun_alike"


def function() -> RunSQL:
    """noun_alike(names): all names of a thing as one text."""
    spelled, _params = Fold(F("")).as_sql(_Text(), None)
    for letter in "aou":
        spelled = f"replace({spelled}, '{letter}e', '{letter}')"
    return RunSQL(
        # The cost tells the planner that an index saves much.
        f"CREATE FUNCTION {FUNCTION}(names text[]) RETURNS text LANGUAGE sql "
        f"IMMUTABLE PARALLEL SAFE COST 2000 AS $$ SELECT {spelled} $$",
        f"DROP FUNCTION {FUNCTION}(text[])",
    )


class _Text:
    """Stands in for Django's compiler: the text to be folded is an expression of the function's own."""

    def compile(self, _expression: object) -> tuple[str, list[object]]:
        return "array_to_string(names, ' | ')", []


def names_of(columns: Sequence[str], lists: Sequence[str] = (), row: str = "") -> str:
    """SQL: the names in these columns of a row, lists of names among them, as one text."""
    prefix = f"{row}." if row else ""
    array = f"ARRAY[{', '.join(prefix + column for column in columns)}]::text[]"
    return f"{FUNCTION}({' || '.join([array, *(prefix + column for column in lists)])})"


def index(table: str, columns: Sequence[str], lists: Sequence[str] = ()) -> RunSQL:
    name = f"{table}_names_alike"
    return RunSQL(
        f"CREATE INDEX {name} ON {table} USING gin ({names_of(columns, lists)} gin_trgm_ops) "
        "WITH (fastupdate = off)",
        f"DROP INDEX {name}",
    )
