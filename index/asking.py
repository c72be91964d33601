"""A question as the search takes it: words, what is written in quotes, dates and filters read from words.
Pure."""

import re
import unicodedata
from dataclasses import dataclass, field

from lib.words import Unit, telling, units

LONGEST_QUESTION = 200
MOST_WORDS = 10

# Words that name no entry: with others beside them they need not be found.
_WEAK_WORDS = """
veranstalt veranstaltung event events termin termine treffen dr prof dipl ing herr frau thema themen zum
rund finden suche such alle aller allen all
"""
_WEAK = frozenset(_WEAK_WORDS.split())
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]")


@dataclass(frozen=True)
class Asked:
    """One word of a question, or a phrase in quotes, and the text that was typed for it."""

    text: str
    units: tuple[Unit, ...]
    literal: bool = False
    start: int = 0
    # After an apostrophe, as in '19: a year.
    is_short_year: bool = False

    @property
    def is_stop_word(self) -> bool:
        return not self.literal and all(unit.is_stop_word for unit in self.units)

    @property
    def is_weak(self) -> bool:
        # By form or stem: "Veranstaltungen" is as weak as "Veranstaltung".
        return not self.literal and all(
            part in _WEAK or key in _WEAK or (len(part) == 1 and part.isalpha())
            for unit in self.units
            for part, key in zip(unit.parts, unit.keys, strict=True)
        )


@dataclass
class Question:
    """`words` in their order; `left_out` was beyond the limits and is not asked for."""

    text: str
    words: list[Asked] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def telling(self) -> list[Asked]:
        """The words to look for: without articles and the like, unless there are no others."""
        told = telling(self.words)
        strong = [word for word in told if not word.is_weak]
        return strong if any(not word.is_stop_word for word in strong) else told


def read(text: str) -> Question:
    """Takes any text apart; what is no word is no question."""
    # A surrogate of its own is no letter, and no database takes it.
    clean = _CONTROL.sub(" ", text.encode("utf-8", "replace").decode("utf-8"))
    clean = unicodedata.normalize("NFC", " ".join(clean[: 4 * LONGEST_QUESTION].split()))
    question = Question(clean[:LONGEST_QUESTION].strip())
    rest = clean[LONGEST_QUESTION:].strip()
    words = list(_words(question.text))
    seen: set[tuple[object, ...]] = set()
    for word in words:
        same = (word.literal, tuple((unit.keys, unit.whole) for unit in word.units))
        if same in seen:
            continue
        seen.add(same)
        if sum(len(one.units) for one in question.words) < MOST_WORDS:
            question.words.append(word)
        else:
            question.left_out.append(word.text)
    if rest:
        question.left_out.append(rest[:40])
    return question


def _words(text: str) -> list[Asked]:
    found: list[Asked] = []
    end = 0
    for match in _QUOTED.finditer(text):
        found += _plain(text, end, match.start())
        phrase = tuple(units(match[1]))[:MOST_WORDS]
        if phrase:
            found.append(Asked(match[1], phrase, literal=True, start=match.start()))
        end = match.end()
    return found + _plain(text, end, len(text))


def _plain(text: str, start: int, end: int) -> list[Asked]:
    part = text[start:end]
    return [
        Asked(
            part[unit.start : unit.end],
            (unit,),
            start=start + unit.start,
            is_short_year=unit.start > 0 and part[unit.start - 1] in "'’‘" and unit.end - unit.start == 2,
        )
        for unit in units(part)
    ]
