"""Names and titles as lists of words that can be compared. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import log
from urllib.parse import urlsplit

from curation.duplicates.vocabulary import GENERIC, LEGAL_FORMS, LEGAL_PHRASES, number_of
from lib.stems import stem
from lib.typos import distance
from lib.words import STOP_WORDS, units

# A name of one word below this length is either spelled so or another one.
_SHORT = 7
_YEAR = re.compile(r"(?:19[89]|20[0-9])\d")


@dataclass(frozen=True)
class Lexicon:
    """How many entries use a word, of how many in all; without counts every word is rare."""

    counts: Mapping[str, int] = field(default_factory=dict)
    total: int = 1000

    def weight(self, word: str) -> float:
        """What a common word tells is little: from 1 for a rare one down to a quarter."""
        count = max(1, self.counts.get(word, 1))
        told = max(0.25, 1 - log(count) / log(max(self.total, count, 10)))
        if word in GENERIC:
            told = min(told, 0.4)
        return told * (0.5 if len(word) < 3 else 1)

    def is_word(self, word: str) -> bool:
        """Whether several entries spell it so: then it is a word of its own and no slip of the finger."""
        return self.counts.get(word, 0) >= 5


@dataclass(frozen=True)
class Wording:
    """A name as words in canonical spelling; numbers and years stand apart: they tell editions apart."""

    words: tuple[str, ...]
    numbers: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()

    @property
    def joined(self) -> str:
        return "".join(self.words)


@lru_cache(maxsize=50_000)
def read(text: str) -> Wording:
    """A name or title without articles, legal forms, numbers and years in its words."""
    words: list[str] = []
    numbers: set[str] = set()
    years: set[int] = set()
    for part in (part for unit in units(LEGAL_PHRASES.sub(" ", text)) for part in unit.parts):
        number = number_of(part)
        if _YEAR.fullmatch(part):
            years.add(int(part))
        elif number:
            numbers.add(number)
        elif part not in STOP_WORDS and part not in LEGAL_FORMS:
            words.append(part)
    return Wording(tuple(words), frozenset(numbers), frozenset(years))


def match(one: str, other: str, lexicon: Lexicon) -> float:
    """How sure it is that two written words are one: 1 the same, 0 not at all."""
    if one == other:
        return 1.0
    if stem(one) == stem(other):
        return 0.97
    if min(len(one), len(other)) < 4 or one.isdigit() or other.isdigit():
        return 0.0
    if lexicon.is_word(one) and lexicon.is_word(other):
        return 0.0
    most = 1 if min(len(one), len(other)) < 7 else 2
    away = distance(one, other, most)
    return 1 - 0.07 * away if away <= most else 0.0


def alike(one: Wording, other: Wording, lexicon: Lexicon, is_strict: bool = True) -> float:
    """How alike two names are, from 0 to 1, in whatever order their words stand.

    Words that only one of them has weigh little, words that each has for itself weigh in full: those tell
    two things apart. With `is_strict` an abbreviation must be spelled as it is: these lie a letter
    apart by nature.
    """
    if not one.words or not other.words:
        return 1.0 if one.words == other.words and one.numbers == other.numbers else 0.0
    if one.joined == other.joined:
        return 1.0
    if is_strict and any(len(name.words) == 1 and len(name.joined) < _SHORT for name in (one, other)):
        short, long = sorted((one, other), key=lambda name: len(name.words))
        if not set(short.words) & set(long.words):
            return 0.0
    common, rest, others = _paired(list(one.words), list(other.words), lexicon)
    worded = common / (common + 0.35 * max(rest, others) + 1.6 * min(rest, others)) if common else 0.0
    return max(worded, _spelled(one, other, lexicon))


def _paired(mine: list[str], theirs: list[str], lexicon: Lexicon) -> tuple[float, float, float]:
    """The weights of what both have, and of what each has for itself."""
    scored = sorted(
        ((match(a, b, lexicon), i, j) for i, a in enumerate(mine) for j, b in enumerate(theirs)), reverse=True
    )
    left, right = set(range(len(mine))), set(range(len(theirs)))
    common = lost = 0.0
    for score, i, j in scored:
        if score and i in left and j in right:
            left.discard(i)
            right.discard(j)
            weight = max(lexicon.weight(mine[i]), lexicon.weight(theirs[j]))
            common += weight * score
            lost += weight * (1 - score) / 2
    return (
        common,
        lost + sum(lexicon.weight(mine[i]) for i in left),
        lost + sum(lexicon.weight(theirs[j]) for j in right),
    )


def _spelled(one: Wording, other: Wording, lexicon: Lexicon) -> float:
    """For blanks and letters that slipped: as alike as the names are written without any blank."""
    shorter = min(len(one.joined), len(other.joined))
    differing = [word for word in {*one.words} ^ {*other.words} if lexicon.is_word(word)]
    most = min(3, shorter // 8)
    if most == 0 or len(differing) > 1:
        return 0.0
    away = distance(one.joined, other.joined, most)
    return 1 - 0.06 * away if away <= most else 0.0


def best(mine: Iterable[str], theirs: Iterable[str], lexicon: Lexicon) -> float:
    """How alike the likest of several names of each are."""
    others = [read(name) for name in theirs]
    return max((alike(read(name), other, lexicon) for name in mine for other in others), default=0.0)


@lru_cache(maxsize=20_000)
def place_on_the_web(url: str) -> str:
    """Host and path of an address, without what differs between spellings of it; empty for no address."""
    if not url:
        return ""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    query = f"?{parts.query}" if parts.query and not parts.query.startswith("utm_") else ""
    return f"{host}{parts.path.rstrip('/')}{query}"
