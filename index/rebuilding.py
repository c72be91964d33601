"""The whole index anew, beside the one in use: searches go on meanwhile and never see it empty.

Entry by entry the rows are replaced where they stand, and the vocabulary is counted once from all entries.
A rebuild that was cut short goes on where it stopped: every entry is noted as pending first, and struck off
in the transaction that writes it. Portions do not depend on each other, so several processes may share them.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from django.db import connection, transaction
from psycopg2.extras import execute_values

from index import vocabulary
from index.models import Pending
from index.refresh import lock, put, refresh_all
from index.registry import nouns
from lib.processes import shared
from lib.stems import stem
from lib.words import canonical

# Entries of one transaction: a search that has a change to read waits for so many.
BATCH = 500
# Fewer entries are read faster by one process than others start.
_WORTH_A_PROCESS = 5_000
Progress = Callable[[int, int], None]
Portion = tuple[str, list[int]]


def rebuild(progress: Progress = lambda done, total: None, *, anew: bool = True, jobs: int = 1) -> int:
    """Read every entry again; `anew=False` goes on with one that was cut short.

    `jobs` is how many processes share the work at most. Returns the number of entries.
    """
    if anew:
        _note_everything()
    portions = list(_portions())
    total = sum(len(keys) for _noun, keys in portions)
    jobs = min(jobs, total // _WORTH_A_PROCESS)
    done = 0
    for read in shared(_read, portions, jobs) if jobs > 1 else map(_read, portions):
        done += read
        progress(done, total)
    # What has changed meanwhile concerns other entries too.
    done += refresh_all()
    with transaction.atomic():
        lock()
        recount()
    return done


def _note_everything() -> None:
    """Every entry and every row of the index, so that rows without an entry go too."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM index_pending WHERE NOT urgent")
        for noun, searchable in nouns().items():
            entries, values = searchable.everything().order_by().values("pk").query.sql_with_params()
            cursor.execute(
                "INSERT INTO index_pending (noun, object, urgent) SELECT %s, number, false FROM "  # noqa: S608
                f"({entries} UNION SELECT object FROM index_document WHERE noun = %s) AS there (number)",
                [noun, *values, noun],
            )


def _portions() -> Iterator[Portion]:
    """What a rebuild has noted, in portions of one noun."""
    noted = Pending.objects.filter(urgent=False).order_by("object").distinct()
    for noun in nouns():
        keys = list(noted.filter(noun=noun).values_list("object", flat=True))
        yield from ((noun, keys[at : at + BATCH]) for at in range(0, len(keys), BATCH))


def _read(portion: Portion) -> int:
    """Read the entries and strike them off; returns how many. Urgent notes stay: they concern others too."""
    noun, keys = portion
    with transaction.atomic():
        lock(shared=True)
        Pending.objects.filter(noun=noun, object__in=keys, urgent=False).delete()
        put(noun, keys)
    return len(keys)


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
