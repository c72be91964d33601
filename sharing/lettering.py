"""Texts that fit into a box: set as large as they can be, never cut inside a letter."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

from PIL.ImageFont import FreeTypeFont, truetype

# Source Sans Pro: the same on every machine, with the letters of Latin, Greek and Cyrillic.
FONTS = "font_source_sans_pro"
REGULAR, BOLD = "SourceSansPro-Regular", "SourceSansPro-Bold"
ELLIPSIS = "…"
# A long word is rather parted than set smaller than this.
COMFORTABLE = 44
LEADING = 1.16
# How far back the end of a syllable is looked for, in letters.
SYLLABLE = 8
VOWELS = frozenset("aeiouyäöüáàâéèêíîóôúû")
ONE_SOUND = frozenset(("ch", "ck", "ph", "th", "sh", "qu"))


@dataclass(frozen=True)
class Lines:
    """A text set in lines of one size; `leading` is from line to line, in pixels."""

    texts: tuple[str, ...]
    font: FreeTypeFont
    leading: int

    @property
    def height(self) -> int:
        return self.leading * len(self.texts)


@lru_cache(maxsize=64)
def face(name: str, size: int) -> FreeTypeFont:
    with as_file(files(FONTS) / "files" / f"{name}.ttf") as path:
        return truetype(str(path), size)


def fit(text: str, name: str, sizes: Iterable[int], width: int, height: int) -> Lines:
    """The text in the largest of the sizes in which it fits into the box without parting a word.

    Words that are longer than a line at a comfortable size are parted. What does not fit even in the smallest
    size ends with an ellipsis after a whole letter.
    """
    text = printable(text)
    falling = sorted(sizes, reverse=True)
    tries = [(size, False) for size in falling if size >= COMFORTABLE or size == falling[0]]
    tries += [(size, True) for size in falling]
    for size, may_part in tries:
        font = face(name, size)
        lines = _wrapped(text, font, width, may_part)
        leading = round(size * LEADING)
        if lines is not None and leading * len(lines) <= height:
            return Lines(tuple(lines), font, leading)
    font, leading = face(name, falling[-1]), round(falling[-1] * LEADING)
    lines = (_wrapped(text, font, width, True) or [""])[: max(height // leading, 1)]
    return Lines((*lines[:-1], _shortened(lines[-1], font, width)), font, leading)


def one_line(text: str, name: str, sizes: Iterable[int], width: int) -> Lines:
    """The text on one line: smaller where it is long, then with an ellipsis."""
    text = printable(text)
    falling = sorted(sizes, reverse=True)
    size = next((size for size in falling if face(name, size).getlength(text) <= width), falling[-1])
    font = face(name, size)
    shown = text if font.getlength(text) <= width else _shortened(text, font, width)
    return Lines((shown,), font, round(size * LEADING))


def printable(text: str) -> str:
    """The text on one line without letters that the font does not have."""
    kept = "".join(letter if letter.isspace() or _is_known(letter) else " " for letter in text)
    return " ".join(kept.split())


@lru_cache(maxsize=4096)
def _is_known(letter: str) -> bool:
    """Whether the font draws something of its own for it; the soft hyphen, say, is no letter."""
    if not letter.isprintable():
        return False
    font = face(BOLD, 40)
    unknown = font.getmask("\U0010fffd")
    mask = font.getmask(letter)
    return (mask.size, bytes(mask)) != (unknown.size, bytes(unknown))


def _wrapped(text: str, font: FreeTypeFont, width: int, may_part: bool) -> list[str] | None:
    """Lines no longer than the width; None if that means parting a word and it may not be."""
    lines = [""]
    for word, blank in _pieces(text):
        joined = f"{lines[-1]} {word}" if blank and lines[-1] else lines[-1] + word
        if font.getlength(joined) <= width:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        while font.getlength(word) > width:
            if not may_part:
                return None
            first = _first_part(word, font, width)
            lines[-1:] = [f"{first}-", ""]
            word = word[len(first) :]
        lines[-1] = word
    return [line for line in lines if line]


def _pieces(text: str) -> list[tuple[str, bool]]:
    """[(piece, whether a blank stands before it)]: lines may end after hyphens, dashes and slashes, too.

    What stands before the sign must be more than three letters: no line ends with "E-" or "IT-".
    """
    found = []
    for word in text.split():
        parts = re.findall(r"(?:[^/–—-]{0,3}[/–—-]+)?[^/–—-]+[/–—-]*|[/–—-]+", word)
        found += [(part, number == 0) for number, part in enumerate(parts)]
    return found


def _first_part(word: str, font: FreeTypeFont, width: int) -> str:
    """As many letters as fit before a hyphen, at least one: up to the end of a syllable, if one is near."""
    longest = max(end for end in range(1, len(word)) if end == 1 or font.getlength(word[:end] + "-") <= width)
    for end in range(longest, max(longest - SYLLABLE, 2), -1):
        if len(word) - end >= 3 and _may_part(word.lower(), end):
            return word[:end]
    return word[: min(longest, max(len(word) - 3, 1))]


def _may_part(word: str, end: int) -> bool:
    """Of several consonants the last one begins the next line, and those that are one sound stay together."""
    first, second = word[end], word[end + 1]
    is_start = first not in VOWELS and second in VOWELS
    return is_start and word[end - 1 : end + 1] not in ONE_SOUND and any(one in VOWELS for one in word[:end])


def _shortened(text: str, font: FreeTypeFont, width: int) -> str:
    while text and font.getlength(text + ELLIPSIS) > width:
        text = text[:-1]
    return text.rstrip(" -–—/,;:") + ELLIPSIS
