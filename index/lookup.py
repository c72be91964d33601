"""What the index's tables tell of words: which are known, what holds them, what was meant by a slip."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from index.vocabulary import EVERYTHING, known
from lib import typos
from lib.abbreviations import same
from lib.compounds import candidates, could_split, split
from lib.planned import Planned
from lib.stems import stem

_MOST_COMPLETIONS = 40
_SHORTEST_START = 4


Compounds = Mapping[str, Mapping[str, frozenset[str]]]

# Of the words asked for, of those in the other names of what they name, and of the parts of all these.
_LEARNED = Planned(
    "index_learned",
    """
WITH named AS MATERIALIZED (
    SELECT DISTINCT one.canonical AS name, other.canonical AS same
    FROM index_name AS one LEFT JOIN index_name AS other
    ON other.meaning = one.meaning AND other.meaning <> '' AND one.meaning <> ''
    WHERE one.canonical = ANY(%(names)s) AND one.canonical <> ''
), known AS MATERIALIZED (
    SELECT key, parts, plain, count FROM index_word
    WHERE key = ANY(%(keys)s || ARRAY(SELECT unnest(string_to_array(same, ' ')) FROM named))
), wanted AS MATERIALIZED (
    SELECT ARRAY(
        SELECT key FROM known UNION SELECT unnest(parts) FROM known UNION SELECT unnest(%(keys)s)
    ) AS keys
)
SELECT 'stale' AS sort, '' AS key, '' AS other, NULL::text[] AS parts, 0 AS count
WHERE EXISTS (SELECT FROM index_pending WHERE urgent)
UNION ALL SELECT 'name', name, same, NULL, 0 FROM named
UNION ALL SELECT 'word', key, plain, parts, count FROM known
UNION ALL SELECT 'within', '', '', keys, 0 FROM wanted
UNION ALL SELECT 'entries', '', '', NULL, count FROM index_word WHERE form = %(everything)s
UNION ALL SELECT 'compound', key, '', index_word.parts, sum(count) FROM index_word
WHERE index_word.parts && (SELECT keys FROM wanted) GROUP BY key, index_word.parts
""",
    {"names": "text[]", "keys": "text[]", "everything": "text"},
    for_any=True,
)


@dataclass
class Learned:
    """What the index knows of words, in stems.

    `names` are {name: all names of the same thing}, of the shipped list and of entries; `borne` those that
    some entry bears; `parts` {word: its parts}, without parts for what does not fall apart. `compounds` are
    {word: {compound: all its parts}}, what most entries use first, complete for the words in `within`.
    """

    is_stale: bool = False
    names: dict[str, frozenset[str]] = field(default_factory=dict)
    borne: set[str] = field(default_factory=set)
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    compounds: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)
    within: set[str] = field(default_factory=set)
    # How many entries use each of the words (each of its forms counts by itself), and how many there are.
    counts: Counter[str] = field(default_factory=Counter)
    entries: int = 0

    def compounds_of(self, keys: Collection[str]) -> Compounds:
        """Of any words; one query if some of them were not learned of."""
        told: Compounds = self.compounds
        if missing := set(keys) - self.within:
            told = {**told, **compounds_of(missing)}
        return {key: told[key] for key in keys if key in told}


def learned(names: Collection[str], keys: Collection[str]) -> Learned:
    """All that the index knows of these names and words, and whether it is behind; one query."""
    shipped = {name: same().get(name, frozenset()) for name in names}
    wanted = {*keys, *(key for others in shipped.values() for name in others for key in name.split())}
    rows = _LEARNED.rows(names=list(names), keys=sorted(wanted), everything=EVERYTHING)
    by_sort: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for sort, *row in rows:
        by_sort[sort].append(tuple(row))
    told = Learned(is_stale="stale" in by_sort, within={key for row in by_sort["within"] for key in row[2]})
    found = {name: set(others) for name, others in shipped.items()}
    for name, other, _parts, _count in by_sort["name"]:
        told.borne.add(name)
        found[name] |= {other} if other else set()
    told.names = {name: frozenset(others | {name}) for name, others in found.items() if others - {name}}
    for key, _plain, parts, _count in sorted(by_sort["word"], key=lambda row: row[:2]):
        told.parts[key] = told.parts.get(key) or tuple(parts)
    told.counts = Counter(dict.fromkeys(told.within, 0))
    for key, _other, _parts, number in by_sort["word"]:
        told.counts[key] += number
    for key, _other, _parts, number in by_sort["compound"]:
        told.counts[key] = int(number)
    told.entries = max((row[3] for row in by_sort["entries"]), default=0)
    told.compounds = _by_part((row[0], row[2], row[3]) for row in by_sort["compound"])
    return told


def compounds_of(keys: Collection[str]) -> dict[str, dict[str, frozenset[str]]]:
    """{stem: {stem of a compound: all its parts}}, what most entries use first."""
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, parts, sum(count) FROM index_word WHERE parts && %s GROUP BY key, parts",
            [list(keys)],
        )
        return _by_part(cursor.fetchall())


def _by_part(rows: Iterable[tuple[str, list[str], int]]) -> dict[str, dict[str, frozenset[str]]]:
    found: dict[str, dict[str, frozenset[str]]] = {}
    for key, parts, _count in sorted(rows, key=lambda row: (-row[2], row[0])):
        for part in set(parts) - {key}:
            found.setdefault(part, {}).setdefault(key, frozenset(parts))
    return found


def falls_apart(plain: str) -> tuple[str, ...]:
    """The parts of a word that the catalogue does not know as a whole."""
    return split(plain, known(candidates(plain))) if could_split(plain) else ()


def completions(plain: str) -> list[str]:
    """Stems of the words that begin so: "doro" is Dorothee."""
    if len(plain) < _SHORTEST_START:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key FROM index_word WHERE plain LIKE %s "
            "GROUP BY key ORDER BY sum(count) DESC, key LIMIT %s",
            [f"{plain}%", _MOST_COMPLETIONS],
        )
        return [key for (key,) in cursor.fetchall()]


def corrected(plain: str) -> str:
    """The word that was meant, as people write it; empty if none is near enough."""
    most = typos.allowed(plain)
    if not most:
        return ""
    near = _near(plain)
    rated = [(typos.distance(plain, other, most), -count, form) for form, other, count in near]
    rated = [one for one in rated if one[0] <= most]
    return min(rated)[2] if rated else _corrected_part(plain)


def _near(plain: str) -> list[tuple[str, str, int]]:
    with connection.cursor() as cursor:
        if len(plain) <= typos.LISTABLE:
            cursor.execute(
                "SELECT form, plain, count FROM index_word WHERE plain = ANY(%s)",
                [sorted(typos.neighbours(plain))],
            )
        else:
            cursor.execute(
                "SELECT form, plain, count FROM index_word "
                "WHERE plain %% %s AND length(plain) BETWEEN %s AND %s "
                "ORDER BY similarity(plain, %s) DESC, plain LIMIT 50",
                [plain, len(plain) - 2, len(plain) + 2, plain],
            )
        return list(cursor.fetchall())


def _corrected_part(plain: str) -> str:
    """A compound with a slip in one of two parts, the other being known."""
    if len(plain) < 10:
        return ""
    there = known(_stems(plain))
    for at in range(4, len(plain) - 3):
        head, tail = plain[:at], plain[at:]
        for right, wrong in ((head, tail), (tail, head)):
            if _is_known(right, there) and (meant := _whole_correction(wrong)):
                return head + meant if right == head else meant + tail
    return ""


def _stems(plain: str) -> set[str]:
    parts = {plain[:at] for at in range(4, len(plain) - 3)} | {plain[at:] for at in range(4, len(plain) - 3)}
    return {stem(part) for part in parts}


def _is_known(part: str, there: Collection[str]) -> bool:
    return len(part) > 4 and stem(part) in there


def _whole_correction(part: str) -> str:
    if len(part) < 6:
        return ""
    near = [(typos.distance(part, other, 1), -count, other) for _form, other, count in _near(part)]
    near = [one for one in near if one[0] <= 1]
    return min(near)[2] if near else ""
