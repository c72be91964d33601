"""The words of the catalogue: how many entries use each, and how they fall apart.

A word's parts depend on which other words there are. So when a stem comes or goes, the words that contain
it are split anew; entries themselves are never read again for that.

EVERYTHING is a word, too: how many entries there are is known as how many use a word is, and not guessed.
"""

from collections import Counter
from collections.abc import Collection, Iterable

from django.db import connection
from psycopg2.extras import execute_values

from lib.compounds import candidates, split
from lib.stems import stem
from lib.words import canonical

# Stands in each entry, and in no text.
EVERYTHING = ""
_BATCH = 2_000


Row = tuple[str, str, str, list[str], int]


def rows_of(counted: Iterable[tuple[str, int]]) -> list[Row]:
    """All that a vocabulary says of these words, which are all there are, and the entries that use each:
    (form, plain, key, parts, count)."""
    words = [(form, (plain := canonical(form)), stem(plain), number) for form, number in sorted(counted)]
    there = {key for _form, _plain, key, _number in words}
    return [(form, plain, key, list(split(plain, there)), number) for form, plain, key, number in words]


def count(changes: Counter[str]) -> None:
    """Add to the number of entries of each word, forget words that nobody uses any more, split anew what
    depends."""
    changes = Counter({form: number for form, number in changes.items() if number})
    if not changes:
        return
    rows = [
        (form, (plain := canonical(form)), stem(plain), number) for form, number in sorted(changes.items())
    ]
    keys = {row[2] for row in rows}
    before = known(keys)
    with connection.cursor() as cursor:
        execute_values(
            cursor,
            "INSERT INTO index_word (form, plain, key, parts, count) VALUES %s "
            "ON CONFLICT (form) DO UPDATE SET count = index_word.count + EXCLUDED.count",
            rows,
            template="(%s, %s, %s, '{}', %s)",
            page_size=_BATCH,
        )
        cursor.execute("DELETE FROM index_word WHERE form = ANY(%s) AND count <= 0", [list(changes)])
    split_again({row[1] for row in rows})
    learned_or_lost = before ^ known(keys)
    split_again(_containing(learned_or_lost))


def known(keys: Collection[str]) -> set[str]:
    """Those of the stems that the catalogue uses."""
    if not keys:
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT key FROM index_word WHERE key = ANY(%s)", [list(keys)])
        return {key for (key,) in cursor.fetchall()}


def _containing(keys: Collection[str]) -> set[str]:
    """The words in which one of the stems stands."""
    found: set[str] = set()
    ordered = sorted(key for key in keys if len(key) > 1 and key.isalpha())
    with connection.cursor() as cursor:
        for at in range(0, len(ordered), 200):
            patterns = [f"%{key}%" for key in ordered[at : at + 200]]
            cursor.execute("SELECT plain FROM index_word WHERE plain LIKE ANY(%s)", [patterns])
            found |= {plain for (plain,) in cursor.fetchall()}
    return found


def split_again(plain: Iterable[str]) -> None:
    """Note the parts of these words, as the vocabulary stands now."""
    words = sorted(set(plain))
    for at in range(0, len(words), _BATCH):
        some = words[at : at + _BATCH]
        there = known(set().union(*(candidates(word) for word in some)))
        rows = [(word, list(split(word, there))) for word in some]
        with connection.cursor() as cursor:
            execute_values(
                cursor,
                "UPDATE index_word SET parts = told.parts FROM (VALUES %s) AS told (plain, parts) "
                "WHERE index_word.plain = told.plain AND index_word.parts <> told.parts",
                rows,
                template="(%s, %s::text[])",
                page_size=_BATCH,
            )
