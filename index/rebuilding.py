"""The whole index anew, beside the one in use: searches go on meanwhile and never see it empty.

Entry by entry the rows are replaced where they stand; what is gone is dropped at the end, and the
vocabulary is
counted once from all entries. A rebuild that was cut short goes on where it stopped: every entry is noted
as pending
first, and only what has been read is struck off.
"""

from collections import Counter
from collections.abc import Callable

from django.db import connection, transaction
from psycopg2.extras import execute_values

from index import vocabulary
from index.models import Document, Pending
from index.refresh import lock, take, write
from index.registry import nouns
from lib.stems import stem
from lib.words import canonical

BATCH = 1_000
Progress = Callable[[int, int], None]


def rebuild(progress: Progress = lambda done, total: None, *, anew: bool = True) -> int:
    """Read every entry again; `anew=False` goes on with one that was cut short. Returns the number of
    entries."""
    if anew:
        _note_everything()
    total = Pending.objects.count()
    done = 0
    while True:
        with transaction.atomic():
            lock()
            wanted = take(BATCH, urgent="true")
            if not wanted:
                break
            for noun, keys in wanted.items():
                write(noun, sorted(keys))
                done += len(keys)
        progress(done, max(total, done))
    with transaction.atomic():
        lock()
        recount()
    return done


def _note_everything() -> None:
    """Every entry and every row of the index, so that rows without an entry go too."""
    with transaction.atomic():
        Pending.objects.filter(urgent=False).delete()
        for noun, searchable in nouns().items():
            keys = set(searchable.everything().values_list("pk", flat=True))
            keys |= set(Document.objects.filter(noun=noun).values_list("object", flat=True))
            rows = (Pending(noun=noun, object=key, urgent=False) for key in sorted(keys))
            Pending.objects.bulk_create(rows, batch_size=10_000)


def recount() -> None:
    """The vocabulary from the entries' own lists of words, whatever it says now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT form, count(*) FROM index_document, unnest(forms) AS form GROUP BY form")
        counted: Counter[str] = Counter(dict(cursor.fetchall()))
        cursor.execute("DELETE FROM index_word")
        rows = [
            (form, (plain := canonical(form)), stem(plain), number)
            for form, number in sorted(counted.items())
        ]
        execute_values(
            cursor,
            "INSERT INTO index_word (form, plain, key, parts, count) VALUES %s",
            rows,
            template="(%s, %s, %s, '{}', %s)",
            page_size=5_000,
        )
    vocabulary.split_again({row[1] for row in rows})
    with connection.cursor() as cursor:
        # A fresh index has no statistics yet, and searches would be planned blindly.
        cursor.execute("ANALYZE index_document, index_word, index_name")
