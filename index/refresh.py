"""Keeping the index true: what triggers have noted as changed is read again before the next search."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable

from django.db import connection, transaction
from django.db.models import Max
from psycopg2.extras import execute_values

from index import twins, vocabulary
from index.documents import Rows, rows_of
from index.locks import lock
from index.models import Document, Name, Pending
from index.registry import Entry, concerned, nouns
from lib.reading import Away, stay_on_primary

# Entries that one request may read again, and the seconds after which it begins no further part of them; the
# rest waits for the next, or for the command.
PER_REQUEST, SECONDS_PER_REQUEST = 3_000, 1.0
# So many are read at a time; fewer by a request, which looks at the clock in between.
_BATCH, _SHORT_BATCH = 500, 100
Keys = dict[str, set[int]]


def refresh_in_passing() -> int:
    """As far as a request does that, before it searches."""
    return refresh(PER_REQUEST, SECONDS_PER_REQUEST)


def refresh(
    limit: int = PER_REQUEST,
    seconds: float | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> int:
    """Read changed entries again; returns how many. One tiny query if nothing has changed.

    All that had been committed when it was called is in the index afterwards, up to the limit. After so many
    seconds it ends as well; the first hundred are read however long others had to be waited for. While only a
    replica answers, it stays behind by what had not been read before.
    """
    until = None if seconds is None else clock() + seconds
    # What is noted from now on is the next one's: under a stream of edits this one would never end, and all
    # others would wait for it. Those who have waited find their share done.
    last = Pending.objects.filter(urgent=True).aggregate(last=Max("pk"))["last"]
    if last is None:
        return 0
    try:
        stay_on_primary()
    except Away:
        return 0
    with transaction.atomic():
        lock()
        read, changes, is_rebuilt, own = 0, Counter[str](), twins.exist(), list[int]()
        most = _BATCH if until is None else _SHORT_BATCH
        while read < limit and (wanted := take(min(most, limit - read), last, own)):
            changes.update(_written(wanted, is_rebuilt))
            for noun, keys in wanted.items():
                own += _note_concerned(noun, keys)
                read += len(keys)
            if until is not None and clock() >= until:
                break
        vocabulary.count(changes)
        return read


@transaction.atomic
def read_again(entries: Iterable[tuple[str, int]]) -> None:
    """These (noun, key) at once, and whoever tells of them, whatever else waits: to forget somebody."""
    lock()
    wanted: Keys = defaultdict(set)
    for noun, key in entries:
        wanted[noun].add(key)
    for noun, keys in list(wanted.items()):
        for other, found in concerned(noun, keys):
            wanted[other].update(found.order_by())
    vocabulary.count(_written(wanted, twins.exist()))


def _written(wanted: Keys, is_rebuilt: bool) -> Counter[str]:
    """What that changes in the numbers of words; an index that is being made anew is told, too."""
    changes = Counter[str]()
    for noun, keys in wanted.items():
        changes.update(write(noun, sorted(keys)))
        if is_rebuilt:
            twins.note(noun, keys)
    return changes


def is_stale() -> bool:
    """Whether an entry has changed since the index read it; one tiny query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM index_pending WHERE urgent)")
        return bool(cursor.fetchone()[0])


def knows_all() -> bool:
    """Whether searches find all that has been committed; what waits is read first, as far as a request does.

    After a load the index reads in portions, and answers change although the catalogue does not. Ask after
    the state that an answer is to be kept under, and before the answer is made.
    """
    if not is_stale():
        return True
    refresh_in_passing()
    return not is_stale()


def refresh_all() -> int:
    """Read all changed entries again, in as many transactions as it takes."""
    total = 0
    while is_stale():
        total += refresh(20 * _BATCH)
    return total


def take(most: int, last: int, own: Collection[int]) -> Keys:
    """{noun: primary keys} of so many changed entries, off the list, as far as they were noted up to the note
    `last` or are among `own`. Events come last: others may add to them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM index_pending USING (SELECT DISTINCT noun, object FROM index_pending "
            "WHERE urgent AND (id <= %(last)s OR id = ANY(%(own)s)) "
            "ORDER BY noun DESC, object LIMIT %(most)s) AS due "
            "WHERE urgent AND (id <= %(last)s OR id = ANY(%(own)s)) "
            "AND index_pending.noun = due.noun AND index_pending.object = due.object "
            "RETURNING index_pending.noun, index_pending.object",
            {"most": most, "last": last, "own": list(own)},
        )
        taken: Keys = defaultdict(set)
        for noun, key in cursor.fetchall():
            if noun in nouns():
                taken[noun].add(key)
    return taken


def _note_concerned(noun: str, keys: Collection[int]) -> list[int]:
    """Entries of other nouns that tell something of these are to be read again too; returns the notes."""
    notes: list[int] = []
    for other, found in concerned(noun, keys):
        rows = [Pending(noun=other, object=key) for key in dict.fromkeys(found.order_by())]
        notes += [note.pk for note in Pending.objects.bulk_create(rows, batch_size=5_000)]
    return notes


def write(noun: str, keys: Collection[int]) -> Counter[str]:
    """Bring the index's rows of these entries up to date; entries that are gone lose theirs.

    Returns by how much the number of entries of each word has changed, for the vocabulary.
    """
    before = Document.objects.filter(noun=noun, object__in=keys).values_list("forms", flat=True)
    changes: Counter[str] = Counter()
    for forms in before:
        changes.subtract((vocabulary.EVERYTHING, *forms))
    for _entry, told in put(noun, keys):
        changes.update((vocabulary.EVERYTHING, *told.forms))
    return changes


def put(noun: str, keys: Collection[int]) -> list[tuple[Entry, Rows]]:
    """The same without counting; returns what the index says now."""
    rows = [(entry, rows_of(noun, entry)) for entry in nouns()[noun].entries(keys)]
    if len(rows) < len(keys):
        gone = set(keys).difference(entry.pk for entry, _told in rows)
        Document.objects.filter(noun=noun, object__in=gone).delete()
    _put_documents(noun, rows)
    _put_names(noun, keys, rows)
    return rows


def _put_documents(noun: str, rows: Iterable[tuple[Entry, Rows]]) -> None:
    """Rows that say the same already are left alone: their words alone fill pages, and an index after."""
    values = [
        (noun, one.pk, told.words, told.head, " ".join(told.forms), told.texts, one.starts_at, one.ends_at)
        for one, told in rows
    ]
    if not values:
        return
    with connection.cursor() as cursor:
        execute_values(
            cursor,
            "INSERT INTO index_document (noun, object, words, head, forms, texts, starts_at, ends_at) "
            "SELECT * FROM (VALUES %s) AS told (noun, object, words, head, forms, texts, starts_at, ends_at) "
            "WHERE NOT EXISTS (SELECT FROM index_document AS there "
            "WHERE there.noun = told.noun AND there.object = told.object AND there.words = told.words "
            "AND there.head = told.head AND there.forms = told.forms AND there.texts = told.texts "
            "AND (there.starts_at, there.ends_at) IS NOT DISTINCT FROM (told.starts_at, told.ends_at)) "
            "ON CONFLICT (noun, object) DO UPDATE SET words = EXCLUDED.words, head = EXCLUDED.head, "
            "forms = EXCLUDED.forms, texts = EXCLUDED.texts, "
            "starts_at = EXCLUDED.starts_at, ends_at = EXCLUDED.ends_at",
            values,
            # No word has a blank, and one text is told faster than a list.
            template="(%s, %s::bigint, %s::tsvector, %s::tsvector, string_to_array(%s, ' '), %s::jsonb, "
            "%s::timestamptz, %s::timestamptz)",
            page_size=_BATCH,
        )


def _put_names(noun: str, keys: Collection[int], rows: Iterable[tuple[Entry, Rows]]) -> None:
    columns = "object", "text", "start", "rank", "canonical", "meaning"
    wanted = {(entry.pk, *name) for entry, told in rows for name in told.names}
    there = Name.objects.filter(noun=noun, object__in=keys)
    known = {row: key for key, *rest in there.values_list("pk", *columns) if (row := tuple(rest))}
    Name.objects.filter(pk__in=[known[row] for row in known.keys() - wanted]).delete()
    values = [(noun, *row) for row in sorted(wanted - known.keys())]
    if not values:
        return
    with connection.cursor() as cursor:
        execute_values(
            cursor,
            "INSERT INTO index_name (noun, object, text, start, rank, canonical, meaning) VALUES %s",
            values,
            page_size=5_000,
        )
