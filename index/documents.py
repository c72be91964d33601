"""An entry as rows of the index: pure, so that the same entry always gives the same rows."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from index.registry import ABOUT, NAMES, TEXT, TITLE, Entry
from lib.abbreviations import abbreviates
from lib.german import fold
from lib.words import LONGEST_WORD, STOP_WORDS, meaning, tokens

# Words of one entry that are read; positions in a tsvector end at 16,383.
_MOST_WORDS = 12_000
# Places of one lexeme that are told; PostgreSQL keeps 255 itself.
_MOST_PLACES = 200
# Between two texts, so that no phrase reaches from one into the next.
_GAP = 8
_LONGEST_NAME = 120
_STARTS = 5
# Words of a text that may be a name.
_LONGEST_WHOLE = 8
# Where a word of a name begins that the name may be remembered by.
_BEGINNING = re.compile('[ –|/(„"#-]')

NameRow = tuple[str, str, int, str, str]


class _Places(dict[int, str]):
    """A place as a tsvector tells it, by its number: 25B."""

    def __init__(self, weight: str) -> None:
        self.weight = weight

    def __missing__(self, number: int) -> str:
        self[number] = told = f"{number}{self.weight}"
        return told


_PLACES = {weight: _Places(weight) for weight in (TITLE, NAMES, ABOUT, TEXT)}


@dataclass(frozen=True)
class Rows:
    """Of one entry: the columns of `Document`, and `Name` as (text, start, rank, canonical, meaning)."""

    words: str
    head: str
    forms: list[str]
    texts: str
    names: list[NameRow]


def rows_of(noun: str, entry: Entry) -> Rows:
    vector: dict[str, str] = {}
    running: dict[str, str] = {}
    titled: set[str] = set()
    forms: set[str] = set()
    beside: set[str] = set()
    place = 0
    for _kind, weight, text in entry.fields:
        keys, written, length, neighbours, name = _analysed(text)
        told, places = (running if weight == TEXT else vector), _PLACES[weight]
        beside.update(neighbours)
        if name and weight != TEXT:
            beside.add(name)
        for key, at in keys:
            there = told.get(key)
            told[key] = places[place + at] if there is None else f"{there},{places[place + at]}"
        if weight == TITLE:
            titled.update(key for key, _at in keys)
        forms.update(written)
        place += length + _GAP
        if place > _MOST_WORDS:
            break
    for mark in (*entry.marks, f"noun/{noun}", *(f"={meaning(name)}" for name in entry.names)):
        vector[quoted(mark)] = "1A"
    words, head = _vectors(vector, running, titled, beside)
    texts = json.dumps(entry.texts, ensure_ascii=False)
    return Rows(words, head, sorted(forms), texts, list(_names(noun, entry)))


def _vectors(
    vector: dict[str, str], running: dict[str, str], titled: set[str], beside: set[str]
) -> tuple[str, str]:
    """`words` and `head` as PostgreSQL reads them, from places by quoted lexeme; one of both comes twice."""
    head = " ".join(_told(vector))
    rest = [f"'~{lexeme[1:]}:{vector[lexeme].partition(',')[0]}" for lexeme in titled]
    return " ".join((head, *rest, *_told(running), *(beside - vector.keys()))), head


def _told(vector: dict[str, str]) -> list[str]:
    # Fewer letters than that are fewer places.
    return [
        f"{lexeme}:{places}"
        if len(places) < _MOST_PLACES
        else f"{lexeme}:{','.join(places.split(',', _MOST_PLACES)[:_MOST_PLACES])}"
        for lexeme, places in vector.items()
    ]


Analysed = tuple[tuple[tuple[str, int], ...], frozenset[str], int, tuple[str, ...], str]


@lru_cache(maxsize=20_000)
def _analysed(text: str) -> Analysed:
    """((stem, place) of each word, the words as people write them, the number of places, a lexeme for each
    two neighbours, and one for all of a short text: as a name it is asked for as a whole), lexemes quoted."""
    told = tokens(text)
    keys = tuple([(quoted(token.key), token.place) for token in told])
    forms = frozenset([_form(text[token.start : token.end], token.form) for token in told]) - {""}
    strong = [token.key for token in told if not token.joined and token.form not in STOP_WORDS]
    whole = meaning(text) if len(strong) <= _LONGEST_WHOLE else ""
    name = quoted(f"={whole}") if " " in whole else ""
    return keys, forms, max([place for _key, place in keys], default=0), _neighbours(strong), name


def _neighbours(keys: list[str]) -> tuple[str, ...]:
    """Words next to each other, and those with one between them."""
    pairs = [*pairwise(keys), *zip(keys, keys[2:], strict=False)]
    if any("'" in key for key in keys):
        return tuple([quoted(pair_of(one, other)) for one, other in pairs])
    return tuple([f"'{one}+{other}'" if one < other else f"'{other}+{one}'" for one, other in pairs])


def pair_of(one: str, other: str) -> str:
    """The lexeme that says that two words stand close to each other, in any order."""
    return f"{one}+{other}" if one < other else f"{other}+{one}"


@lru_cache(maxsize=100_000)
def _form(written: str, form: str) -> str:
    """The word as people write it, in lower case; empty if it is no word that one may misspell."""
    if len(form) < 2 or form.isdigit() or form in STOP_WORDS:
        return ""
    written = written.lower()
    return written if written.isalnum() and len(written) <= LONGEST_WORD else form


@lru_cache(maxsize=50_000)
def quoted(lexeme: str) -> str:
    """A lexeme as it may stand in a tsvector or a tsquery."""
    if lexeme.isalnum():
        return f"'{lexeme}'"
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def _names(noun: str, entry: Entry) -> Iterator[NameRow]:
    meanings = _meanings(noun, entry)
    seen = set()
    for rank, name in enumerate(dict.fromkeys(entry.names)):
        folded = " ".join(fold(name).split())[:_LONGEST_NAME]
        breaks = islice(_BEGINNING.finditer(folded), _STARTS - 1)
        for number, at in enumerate((0, *(one.end() for one in breaks))):
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
