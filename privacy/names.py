"""A name as it may be written: what to look for, and how to take it out of a text. Pure."""

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from urllib.parse import quote

from lib.german import fold, slugify

# Shorter ones stand within other words.
SHORTEST = 4
# Words that begin with a shorter one are others: Bürgerbüros are no Bürger's.
LONG = 8
DASH = "–"
# What stands before a name goes with it.
_SALUTATION = r"(?:(?:Frau|Herrn?|Ms\.?|Mrs\.?|Mr\.?|Prof\.|Dr\.)\s+)*"


@dataclass(frozen=True)
class Names:
    """What somebody is or was called.

    `plain` are names as programs write them, given name first, and other names; `whole` all the ways in which
    people write them; `slugs` the names in addresses. `family` are family names, which may be somebody
    else's as well: they are looked for, but taken out only where `alone`.
    """

    plain: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    slugs: frozenset[str] = frozenset()
    family: frozenset[str] = frozenset()
    alone: bool = False

    @property
    def certain(self) -> list[str]:
        """What is taken out of texts, longest first."""
        # An address of one word is a single name.
        sure = {slug for slug in self.slugs if "-" in slug}
        told = {*self.whole, *sure, *((self.family | self.slugs) if self.alone else ())}
        return sorted((one for one in told if len(one) >= SHORTEST), key=len, reverse=True)

    @property
    def possible(self) -> list[str]:
        told = self.family | self.slugs
        return sorted({*self.certain, *(one for one in told if len(one) >= SHORTEST)})

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds what is certain, as words of their own, whatever blanks stand between; capitals count."""
        return _pattern(self.certain, before=_SALUTATION)

    @cached_property
    def any_pattern(self) -> re.Pattern[str]:
        """Finds what is possible as well, and words that begin with it where it is long enough."""
        long = [one for one in self.possible if len(one) >= LONG]
        either = [
            _pattern(words, re.IGNORECASE, ending).pattern
            for words, ending in ((long, r"\w*"), (self.possible, "s?"))
            if words
        ]
        return re.compile("|".join(either) or r"(?!)", re.IGNORECASE)

    @cached_property
    def spelt(self) -> list[str]:
        """What is certain, in all spellings: for logs and reports, where nobody minds how a sentence
        sounds.
        """
        return sorted({one for word in self.certain for one in spellings(word)}, key=len, reverse=True)

    def struck(self, text: str) -> str:
        """The text with a dash in place of whatever is certain, however it is spelt."""
        return _pattern(self.spelt, re.IGNORECASE, "s?").sub(DASH, text)


def names_of(
    people: Iterable[tuple[str, str, str]], others: Collection[str], slugs: Collection[str]
) -> Names:
    """`people` are (academic title, given name, family name), all of somebody; `others` other names."""
    plain, whole, family = {one for one in others if one.strip()}, set[str](), set[str]()
    for title, given, last in people:
        plain.add(f"{given} {last}".strip())
        if given and last:
            # The last one begins many a mail address.
            whole |= {f"{last}, {given}", f"{slugify(given)}.{slugify(last)}"}
        if title and given and last:
            whole.add(f"{title} {given} {last}")
        family.add(last)
    family |= {one.rpartition(" ")[2] for one in others if " " in one.strip()}
    plain, family = plain - {""}, family - {""}
    # A single name is a family name as any other.
    whole |= plain - family
    return Names(frozenset(plain), frozenset(whole), frozenset(slugs) - {""}, frozenset(family))


def _pattern(words: Collection[str], flags: int = 0, ending: str = "", before: str = "") -> re.Pattern[str]:
    if not words:
        return re.compile(r"(?!)")
    told = (r"\s+".join(re.escape(part) for part in word.split()) for word in words)
    return re.compile(rf"(?<!\w){before}(?:{'|'.join(told)}){ending}(?!\w)", flags)


def spellings(word: str) -> set[str]:
    """How the same letters may stand in a file: folded, without umlauts, escaped for JSON, HTML, URLs."""
    plain = fold(word)
    told = {word, word.lower(), word.upper(), plain, slugify(word)}
    told |= {json.dumps(one)[1:-1] for one in (word, word.lower())}
    told |= {escape(word), quote(word), quote(word.lower())}
    told |= {"".join(letter if letter.isascii() else f"&#{ord(letter)};" for letter in word)}
    return {one for one in told if len(one) >= SHORTEST}


def escaped(word: str) -> str:
    """As LIKE reads it: nothing in it stands for something else."""
    return re.sub(r"([\\\\%_])", r"\\\1", word)


@dataclass(frozen=True)
class Wording:
    """What takes the place of a name in texts, by language; empty: texts are left as they are.

    `alone` says that the family name by itself means this person, too.
    """

    texts: dict[str, str] = field(default_factory=dict)
    alone: bool = False

    def in_language(self, language: str) -> str:
        return self.texts.get(language) or next((text for text in self.texts.values() if text), "")

    @property
    def is_empty(self) -> bool:
        return not any(self.texts.values())
