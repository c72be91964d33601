"""Stems: one key for all forms of a word, German and English alike.

Snowball's German algorithm, with rules in front of it for what it leaves apart: gender forms, words in
-ieren and
-ierung, irregular and English plurals. Rules alone, no dictionary.
"""

import re
import sys
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from types import ModuleType
from typing import Any

_SHORTEST = 4
# Endings whose plural no rule tells; compounds end like their last part.
_IRREGULAR = {
    "ministerien": "ministerium", "ministeriums": "ministerium", "zentren": "zentrum", "zentrums": "zentrum",
    "zentralen": "zentral", "themen": "thema", "themas": "thema", "foren": "forum", "forums": "forum",
    "gremien": "gremium", "museen": "museum", "konten": "konto", "praxen": "praxis", "krisen": "krise",
    "burgern": "burger", "burgers": "burger", "burger": "burger", "daten": "daten", "staaten": "staat",
    "kollegen": "kolleg", "kollegin": "kolleg", "kollege": "kolleg",
}  # fmt: skip
_LONGEST_IRREGULAR = max(map(len, _IRREGULAR))
# Verbs and names that end like feminine nouns.
_NO_FEMININE = ("gewinnen", "beginnen", "besinnen", "entrinnen", "schwerin", "severin", "katherin")
_FEMININE_PLURAL = re.compile(r"(.{4,})innen")
_FEMININE = re.compile(r"(.{2,}(?:er|or|ist|ent|ant|rat|amt|ert|wirt|og|eut|arch))in")
# digitalisieren, digitalisiert, Digitalisierung, Digitalisierungen: the words of this trade.
_IERUNG = re.compile(r"(.{2,}ier)(?:ung(?:en|s)?|en|e|t|te|ten|ter|tes|tem|end|ende|enden|ender)?")
_ABSTRACT = re.compile(r"(.{2,}(?:heit|keit|schaft|ion|tat|enz|anz))(?:en|s)?")
_ENGLISH_PLURAL = re.compile(r"(.{2,}[pwyoca])s")


@lru_cache(maxsize=100_000)
def stem(form: str) -> str:
    """The key of a canonical form (see `lib.words.canonical`): Verwaltungen, Verwaltungs- and Verwaltung
    share one."""
    if len(form) < _SHORTEST or not form.isalpha():
        return form
    for size in range(min(len(form), _LONGEST_IRREGULAR), _SHORTEST - 1, -1):
        if form[-size:] in _IRREGULAR:
            return form[:-size] + _IRREGULAR[form[-size:]]
    form = _masculine(form)
    if match := _IERUNG.fullmatch(form) or _ABSTRACT.fullmatch(form):
        return match[1]
    if len(form) > 5 and form.endswith("ies"):
        return form[:-3] + "y"
    if match := _ENGLISH_PLURAL.fullmatch(form):
        form = match[1]
    return _snowball(form)


def _masculine(form: str) -> str:
    if form.endswith(_NO_FEMININE):
        return form
    if (match := _FEMININE_PLURAL.fullmatch(form)) or (match := _FEMININE.fullmatch(form)):
        return match[1]
    return form


def _stemmer() -> Any:
    """The German one alone: the package itself would read the rules of forty languages, eight megabytes, so
    its modules are read below another name."""
    package = ModuleType(f"{__name__}.snowball")
    package.__path__ = find_spec("snowballstemmer").submodule_search_locations  # type: ignore[union-attr, assignment]
    sys.modules[package.__name__] = package
    return import_module(f"{package.__name__}.german_stemmer").GermanStemmer()


_german = _stemmer()
_lock = Lock()


def _snowball(form: str) -> str:
    # A stemmer keeps the word it works on, so two threads may not share one call.
    with _lock:
        return str(_german.stemWord(form))
