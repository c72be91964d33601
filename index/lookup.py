"""What the index's tables tell of words: which are known, what holds them, what was meant by a slip."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db import connection

from index.vocabulary import known
from lib import typos
from lib.abbreviations import same
from lib.compounds import candidates, could_split, split
from lib.stems import stem

_MOST_COMPLETIONS = 40
_SHORTEST_START = 4


def parts_of(keys: Collection[str]) -> dict[str, tuple[str, ...]]:
    """{stem: stems of its parts} of those that the catalogue knows; no parts for what does not fall apart."""
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, parts, plain FROM index_word WHERE key = ANY(%s) ORDER BY key, plain", [list(keys)]
        )
        found: dict[str, tuple[str, ...]] = {}
        for key, parts, _plain in cursor.fetchall():
            found[key] = found.get(key) or tuple(parts)
    return found


def compounds_of(keys: Collection[str]) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """{stem: {stem of a compound: all its parts}}, what most entries use first."""
    found: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    if not keys:
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, parts FROM index_word WHERE parts && %s "
            "GROUP BY key, parts ORDER BY sum(count) DESC, key",
            [list(keys)],
        )
        for key, parts in cursor.fetchall():
            for part in set(parts) & set(keys):
                if key != part:
                    found[part].setdefault(key, frozenset(parts))
    return found


def falls_apart(plain: str) -> tuple[str, ...]:
    """The parts of a word that the catalogue does not know as a whole."""
    return split(plain, known(candidates(plain))) if could_split(plain) else ()


def meanings(names: Collection[str]) -> tuple[dict[str, frozenset[str]], set[str]]:
    """({name: all names of the same thing}, those that some entry bears), in stems; the former of the shipped
    list and of the entries themselves."""
    found = {name: set(same().get(name, ())) for name in names}
    borne: set[str] = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT one.canonical, other.canonical FROM index_name one LEFT JOIN index_name other "
            "ON other.meaning = one.meaning AND other.meaning <> '' AND one.meaning <> '' "
            "WHERE one.canonical = ANY(%s) AND one.canonical <> ''",
            [list(names)],
        )
        for name, other in cursor.fetchall():
            borne.add(name)
            found[name] |= {other} if other else set()
    return {name: frozenset(others | {name}) for name, others in found.items() if others - {name}}, borne


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
