"""Words of a text as the search compares them: where they stand, how they are written plainly, what their
stem is.

Pure: the same text gives the same words everywhere, with no dictionary behind it.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, Protocol, TypeVar

from lib.german import fold
from lib.stems import stem

# Gender forms are one word: Bürgermeister*innen, Bürgermeister:in, Bürgermeister/-innen, BürgermeisterInnen.
_GENDER = re.compile(r"(?:[*:_·]|/-?)[iI]n(?:nen)?(?=[^\W\d_]|\b|$)|(?<=[a-zäöüß])Innen(?![A-ZÄÖÜ])")
_WORD = re.compile(
    r"\d+\.\d(?![\d.]\d|\d)"  # 4.0
    r"|[^\W_](?:[^\W_]|[\u0300-\u036f])*(?:(?:[*:_·]|/-?)[iI]n(?:nen)?(?![^\W_]*\.)[^\W\d_]*|[’'](?=[^\W\d_])[^\W_]+)?"
)
# Letters that a word of one letter is tied to its neighbour by: E-Payment, e|Gov, E Payment.
_HYPHENS = "-‐‑"
# Pieces of a chain to which one more may be added.
_MOST_PIECES = 5
_HUMP = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])|(?<=[A-ZÄÖÜ])(?=[A-ZÄÖÜ][a-zäöüß])")
# ae, oe, ue for ä, ö, ü. After a, e and q "ue" is what it says (Bauen, Steuer, Frequenz), but in "ueber"
# never.
_DIGRAPHS = re.compile(r"ae|oe|(?<![aeq])ue|ue(?=ber)")
_APOSTROPHES = re.compile("[’']")
_GENITIVE = re.compile("[’']s?$|[’']")
LONGEST_WORD = 60

# Canonical forms of what carries no meaning of its own.
_STOP_WORDS = """
der die das den dem des ein eine einer eines einem einen und oder fur in im ins an am ans auf aus bei beim
mit nach von vom vor zu zum zur uber unter zwischen durch gegen um als wie auch nicht noch nur so es er
sie wir ihr ich du ist sind war wird werden sein hat haben kann bzw sowie dass was wer wo wann bis ab zb
etc pro the a an of for and or to on at by with from is are how what
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


STOP_KEYS = frozenset(map(stem, STOP_WORDS))


class _Word(Protocol):
    @property
    def is_stop_word(self) -> bool: ...


T = TypeVar("T", bound=_Word)


class Token(NamedTuple):
    """A word at text[start:end]. `place` counts words that mean something; joined words share their first
    one's place."""

    start: int
    end: int
    form: str
    key: str
    place: int
    joined: bool = False

    @property
    def is_stop_word(self) -> bool:
        return self.form in STOP_WORDS


class Unit(NamedTuple):
    """What is written as one: a word, or several joined by hyphens or humps. `whole` is empty for a single
    word.

    A letter of its own belongs to the word behind it: E-Government-Konferenz has the parts egovernment and
    konferenz.
    """

    start: int
    end: int
    parts: tuple[str, ...]
    whole: str

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(stem(part) for part in self.parts)

    @property
    def is_stop_word(self) -> bool:
        return len(self.parts) == 1 and self.parts[0] in STOP_WORDS


class _Piece(NamedTuple):
    start: int
    end: int
    form: str


@lru_cache(maxsize=100_000)
def canonical(word: str) -> str:
    """The word in lower case, without diacritics, with ä, ae and a alike, ß as ss."""
    folded = "".join(letter for letter in fold(word) if not unicodedata.combining(letter))
    while (plain := _DIGRAPHS.sub(lambda match: match[0][0], folded)) != folded:
        folded = plain
    return plain[:LONGEST_WORD]


def tokens(text: str) -> tuple[Token, ...]:
    """All words of a text in order. What a hyphen or a hump joins is told in parts and once as a whole."""
    return _short(text) if len(text) < 400 else _tokens(text)


@lru_cache(maxsize=20_000)
def _short(text: str) -> tuple[Token, ...]:
    return _tokens(text)


def stems(text: str) -> frozenset[str]:
    """The stems of the text's words: a quick way to learn that none of some stems is among them."""
    return _short_stems(text) if len(text) < 400 else frozenset(token.key for token in _tokens(text))


@lru_cache(maxsize=20_000)
def _short_stems(text: str) -> frozenset[str]:
    return frozenset(token.key for token in _short(text))


def _tokens(text: str) -> tuple[Token, ...]:
    found: list[Token] = []
    place = 0
    for chain in _chains(text):
        if len(chain) == 1:
            # Most words by far; what follows would do the same.
            start, end, form = chain[0]
            place += form not in STOP_WORDS
            found.append(Token(start, end, form, stem(form), place or 1))
            continue
        first = place + 1
        for piece in chain:
            if len(piece.form) == 1 and not piece.form.isdigit():
                continue
            place += piece.form not in STOP_WORDS
            found.append(Token(*piece, stem(piece.form), max(place, 1)))
        for whole in _wholes(chain):
            place = max(place, first)
            found.append(Token(*whole, stem(whole.form), first, True))
    return tuple(found)


def units(text: str) -> list[Unit]:
    """The text's words with those together that are written as one."""
    found = []
    for chain in _chains(text):
        parts: list[str] = []
        letter = ""
        for piece in chain:
            if len(piece.form) == 1 and piece.form.isalpha() and piece is not chain[-1]:
                letter += piece.form
                continue
            parts.append(letter + piece.form)
            letter = ""
        whole = "".join(parts)[:LONGEST_WORD] if len(parts) > 1 else ""
        found.append(Unit(chain[0].start, chain[-1].end, tuple(parts), whole))
    return found


@lru_cache(maxsize=2_000)
def meaning(text: str) -> str:
    """A name as the stems of its words: "Deutscher Städtetag" and "des Deutschen Städtetags" give one."""
    return " ".join(key for unit in telling(units(text)) for key in unit.keys)


def telling(words: Sequence[T]) -> list[T]:
    """The words without articles and the like, unless these are most of them: "Einer für Alle"."""
    strong = [word for word in words if not word.is_stop_word]
    return strong if 2 * len(strong) >= len(words) else list(words)


# A text is read as words and as units, one right after the other.
@lru_cache(maxsize=64)
def _chains(text: str) -> Sequence[Sequence[_Piece]]:
    """Words, those together that are written as one: E-Payment, ePayment, E Payment; OZG-Roadshow."""
    chains: list[list[_Piece]] = []
    end, form = -2, ""
    for match in _WORD.finditer(text):
        told = _pieces(match[0])
        if not told:
            continue
        start = match.start()
        pieces = [_Piece(start + a, start + b, plain) for a, b, plain in told]
        # Between most words there is a blank, and nothing to look at.
        is_near = start == end + 1 and (form == "e" or text[end] != " ")
        if is_near and _belongs(text, chains[-1], pieces[0]):
            chains[-1].extend(pieces)
        else:
            chains.append(pieces)
        _start, end, form = pieces[-1]
    return chains


def _belongs(text: str, chain: Sequence[_Piece], piece: _Piece) -> bool:
    sign = text[piece.start - 1]
    if sign in _HYPHENS:
        return len(chain) <= _MOST_PIECES
    is_letter = chain[-1].form == "e" and sign in " |" and piece.form[:1].isalpha()
    return is_letter and len(chain) <= _MOST_PIECES


@lru_cache(maxsize=100_000)
def _pieces(word: str) -> tuple[tuple[int, int, str], ...]:
    """(start, end, canonical form) of a word's parts by its humps; none if it has no letter that counts."""
    plain = _GENDER.sub("", word)
    if plain == word and not _APOSTROPHES.search(word):
        cuts = [0, *(hump.start() for hump in _HUMP.finditer(word)), len(word)]
        spans = list(pairwise(cuts))
        parts = [word[a:b] for a, b in spans]
        if 1 < len(parts) < 4 and all(len(part) > 2 for part in parts[parts[0] == "e" :]):
            return tuple((a, b, canonical(word[a:b])) for a, b in spans)
    plain = (_GENITIVE if len(plain) > 3 else _APOSTROPHES).sub("", plain)
    form = canonical(plain)
    return ((0, len(word), form),) if form else ()


def _wholes(chain: Sequence[_Piece]) -> list[_Piece]:
    """The joined words of a chain of several: neighbours, and all of it."""
    spans = {(at, at + 2) for at in range(len(chain) - 1)} | {(0, len(chain))}
    return [
        _Piece(chain[a].start, chain[b - 1].end, "".join(piece.form for piece in chain[a:b])[:LONGEST_WORD])
        for a, b in sorted(spans)
    ]
