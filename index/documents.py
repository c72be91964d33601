"""An entry as rows of the index: pure, so that the same entry always gives the same rows."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.registry import TEXT, TITLE, Entry
from lib.abbreviations import abbreviates
from lib.german import fold
from lib.words import LONGEST_WORD, STOP_WORDS, Token, meaning, tokens

# Words of one entry that are read; positions in a tsvector end at 16,383.
_MOST_WORDS = 12_000
# Between two texts, so that no phrase reaches from one into the next.
_GAP = 8
_LONGEST_NAME = 120
_STARTS = 5
# Words of a text that may be a name.
_LONGEST_WHOLE = 8

NameRow = tuple[str, str, int, str, str]


@dataclass(frozen=True)
class Rows:
    """Of one entry: the columns of `Document`, and `Name` as (text, start, rank, canonical, meaning)."""

    words: str
    head: str
    forms: list[str]
    names: list[NameRow]


def rows_of(noun: str, entry: Entry) -> Rows:
    vector: dict[str, list[str]] = defaultdict(list)
    running: dict[str, list[str]] = defaultdict(list)
    forms: set[str] = set()
    place = 0
    beside: set[str] = set()
    for _kind, weight, text in entry.fields:
        keys, written, length, neighbours, name = _analysed(text)
        told = running if weight == TEXT else vector
        beside.update(neighbours)
        if name and weight != TEXT:
            beside.add(name)
        for key, at in keys:
            told[key].append(f"{place + at}{weight}")
        forms.update(written)
        place += length + _GAP
        if place > _MOST_WORDS:
            break
    titled = [(lexeme, places) for lexeme, places in vector.items() if any(at[-1] == TITLE for at in places)]
    for mark in (*entry.marks, f"noun/{noun}", *(f"={meaning(name)}" for name in entry.names)):
        vector[mark].append("1A")
    head = {lexeme: _lexeme(lexeme, places) for lexeme, places in vector.items()}
    rest = [_lexeme(f"~{lexeme}", places[:1]) for lexeme, places in titled]
    rest += [_lexeme(lexeme, [*vector.get(lexeme, ()), *places]) for lexeme, places in running.items()]
    rest += [told for lexeme, told in head.items() if lexeme not in running]
    rest += map(quoted, sorted(beside - vector.keys()))
    return Rows(" ".join(rest), " ".join(head.values()), sorted(forms), list(_names(noun, entry)))


Analysed = tuple[tuple[tuple[str, int], ...], frozenset[str], int, tuple[str, ...], str]


@lru_cache(maxsize=20_000)
def _analysed(text: str) -> Analysed:
    """((stem, place) of each word, the words as people write them, the number of places, a lexeme for each
    two neighbours, and one for all of a short text: as a name it is asked for as a whole)."""
    told = tokens(text)
    forms = frozenset(form for token in told if (form := _form(text, token)))
    strong = [token.key for token in told if not token.joined and not token.is_stop_word]
    places = max((one.place for one in told), default=0)
    whole = meaning(text) if len(strong) <= _LONGEST_WHOLE else ""
    name = f"={whole}" if " " in whole else ""
    return tuple((token.key, token.place) for token in told), forms, places, _neighbours(strong), name


def _neighbours(keys: list[str]) -> tuple[str, ...]:
    """Words next to each other, and those with one between them."""
    return tuple(
        pair_of(one, other) for reach in (1, 2) for one, other in zip(keys, keys[reach:], strict=False)
    )


def pair_of(one: str, other: str) -> str:
    """The lexeme that says that two words stand close to each other, in any order."""
    return f"{one}+{other}" if one < other else f"{other}+{one}"


def _form(text: str, token: Token) -> str:
    """The word as people write it, in lower case; empty if it is no word that one may misspell."""
    if len(token.form) < 2 or token.form.isdigit() or token.form in STOP_WORDS:
        return ""
    written = text[token.start : token.end].lower()
    return written if written.isalnum() and len(written) <= LONGEST_WORD else token.form


def _lexeme(lexeme: str, places: list[str]) -> str:
    """A lexeme with its places, as PostgreSQL reads it; at most 200 of them (it keeps 255 itself)."""
    return f"{quoted(lexeme)}:{','.join(places[:200])}"


def quoted(lexeme: str) -> str:
    """A lexeme as it may stand in a tsvector or a tsquery."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def _names(noun: str, entry: Entry) -> Iterator[NameRow]:
    meanings = _meanings(noun, entry)
    seen = set()
    for rank, name in enumerate(dict.fromkeys(entry.names)):
        folded = " ".join(fold(name).split())[:_LONGEST_NAME]
        starts = [0, *(at + 1 for at, letter in enumerate(folded) if letter in ' -–|/(„"#')][:_STARTS]
        for number, at in enumerate(starts):
            start = folded[at:].lstrip('„"(#<–-| ')
            if start and (start, name) not in seen and (number == 0 or start.split()[0] not in STOP_WORDS):
                seen.add((start, name))
                yield name, start, min(rank, 9) * 10 + number, "" if number else meaning(name), ""
    for canonical, group in meanings:
        yield canonical, "", 0, canonical, group


def _meanings(noun: str, entry: Entry) -> list[tuple[str, str]]:
    """(canonical name, group): names that may stand for each other in a question."""
    groups = [*entry.same, *_abbreviations(entry.names)]
    found = set()
    for number, names in enumerate(groups):
        canonical = {meaning(name) for name in names if name}
        # A name that is contained in another finds the other by itself; as its equal it would only widen.
        apart = {
            one
            for one in canonical
            if one and not any(one != other and set(one.split()) <= set(other.split()) for other in canonical)
        }
        if len(apart) > 1:
            found |= {(one, f"{noun}/{entry.pk}/{number}") for one in apart}
    return sorted(found)


def _abbreviations(names: list[str]) -> list[list[str]]:
    return [[short, long] for short in names for long in names if abbreviates(short, long)]
