"""The whole index anew, beside the one in use: searches go on meanwhile and never see it empty.

Entries are read in portions into tables of their own (`index.twins`), which have their indexes built when all
is in and then take the place of those in use. A rebuild that was cut short goes on where it stopped: a
portion is in there or not, and what is in there need not be read again. Portions do not depend on each other,
so several processes may share them. Nobody waits: what is changed and read by a search meanwhile is noted,
and read once more when the fresh tables have taken over.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress

from django.db import connection, transaction

from index import twins, vocabulary
from index.documents import rows_of
from index.locks import UnderWay, rebuilding
from index.models import Document, Pending
from index.refresh import is_stale, refresh, refresh_all
from index.registry import Entry, nouns
from lib.processes import shared

# Entries that are read and written together.
BATCH = 1_000
# So many changed entries are worth new tables, if they are a good part of all: an entry costs that much more
# among others that are in use than in an empty table.
MANY = 2_000
_DEARER = 3
# Fewer entries are read faster by one process than others start.
_WORTH_A_PROCESS = 5_000
_DOCUMENT = "noun, object, words, head, forms, texts, starts_at, ends_at"
_NAME = "noun, object, text, start, rank, canonical, meaning"
_WORD = "form, plain, key, parts, count"
# The longest first; they do not depend on each other.
_STEPS = ("index_document", "index_word", "index_name")
Progress = Callable[[int, int], None]
Portion = tuple[str, list[int]]


def rebuild(
    progress: Progress = lambda done, total: None,
    *,
    anew: bool = True,
    jobs: int = 1,
    known: int = 0,
    settled: Collection[int] = (),
) -> int:
    """Read every entry again; `anew=False` goes on with a rebuild that was cut short, or with the `known`
    entries that were read ahead (see `index.ahead`).

    `jobs` is how many processes share the work at most. Returns the number of entries read. Raises
    `locks.UnderWay`.
    """
    with rebuilding():
        if anew or not twins.exist() or twins.are_ahead():
            settled, known = twins.create(), 0
        portions = list(_portions())
        total = known + sum(len(keys) for _noun, keys in portions)
        jobs = min(jobs, total // _WORTH_A_PROCESS)
        done = known
        for read in shared(_read, portions, jobs) if jobs > 1 else map(_read, portions):
            done += read
            progress(done, total)
        # While the database sorts, the words are counted.
        list(shared(_finish, _STEPS, jobs) if jobs > 1 else map(_finish, _STEPS))
        twins.take_over(settled)
    return done + refresh_all()


def catch_up(progress: Callable[[int], None] = lambda done: None, *, jobs: int = 1) -> None:
    """Read what has changed, entry by entry or, where that takes longer, everything anew.

    `progress` gets the number of entries read so far. For commands: see `lib.processes`.
    """
    changed = Pending.objects.filter(urgent=True).values("noun", "object").distinct().count()
    if is_worth_all(changed, Document.objects.count):
        with suppress(UnderWay):
            rebuild(lambda done, _total: progress(done), jobs=jobs)
    read = 0
    while is_stale():
        read += refresh(BATCH)
        progress(read)


def is_worth_all(changed: int, documents: Callable[[], int]) -> bool:
    """Whether fresh tables take less time than so many changes among so many documents."""
    return changed > MANY and changed * _DEARER > documents()


def _portions() -> Iterator[Portion]:
    """What the fresh tables lack, in portions of one noun."""
    for noun, searchable in nouns().items():
        entries, values = searchable.everything().order_by().values("pk").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(
                f"{entries} EXCEPT SELECT object FROM index_document_next "  # noqa: S608
                "WHERE noun = %s ORDER BY 1",
                [*values, noun],
            )
            keys = [key for (key,) in cursor.fetchall()]
        yield from ((noun, keys[at : at + BATCH]) for at in range(0, len(keys), BATCH))


def _read(portion: Portion) -> int:
    """Read the entries into the fresh tables; returns how many."""
    noun, keys = portion
    put(noun, nouns()[noun].entries(keys))
    return len(keys)


def put(noun: str, entries: Iterable[Entry]) -> None:
    """Write what they say into the fresh tables."""
    rows = [(one, rows_of(noun, one)) for one in entries]
    documents = (
        (noun, one.pk, told.words, told.head, _array(told.forms), told.texts, one.starts_at, one.ends_at)
        for one, told in rows
    )
    names = ((noun, one.pk, *name) for one, told in rows for name in told.names)
    with transaction.atomic():
        twins.fill("index_document", _DOCUMENT, documents)
        twins.fill("index_name", _NAME, names)


def _finish(table: str) -> None:
    """What remains to be done for a fresh table when all entries have been read."""
    if table == "index_word":
        recount()
    else:
        twins.make_indexes(table)


def _array(forms: list[str]) -> str:
    """As PostgreSQL writes it; no form holds a quotation mark or a backslash."""
    return '{"' + '","'.join(forms) + '"}' if forms else "{}"


def recount() -> None:
    """The vocabulary from the entries' own lists of words."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE index_word_next")
        cursor.execute(
            "SELECT form, count(*) FROM index_document_next, unnest(%s || forms) AS form GROUP BY form",
            [[vocabulary.EVERYTHING]],
        )
        counted = cursor.fetchall()
    rows = vocabulary.rows_of(counted)
    twins.fill("index_word", _WORD, ((*row, _array(parts), number) for *row, parts, number in rows))
    twins.make_indexes("index_word")
