"""German text as people sort and compare it: ä like a, ß like ss, upper case like lower case.

The same folding exists twice on purpose: `fold` for values in Python and `Fold` for columns in
PostgreSQL. Both are built from one table, so they cannot drift apart, and neither needs ICU.
"""

import re
import unicodedata
from typing import Any

from django.db.models import CharField, Func

_LETTERS = (
    "a:àáâãäåāăą c:çćč d:ďđ e:èéêëēėęě g:ğģ h:ħ i:ìíîïīįıİ k:ķ l:łļľ n:ñńňņ o:òóôõöøōő r:řŕ s:śšşș "
    "t:ťţț u:ùúûüūůűų y:ýÿ z:źżž"
)
_PAIRS = {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th"}
_UMLAUTS = {"ä": "ae", "Ä": "ae", "ö": "oe", "Ö": "oe", "ü": "ue", "Ü": "ue"}
# Capitals stand in the table too: a database in the "C" locale lowers ASCII only.
_SINGLES = {
    letter: group[0]
    for group in _LETTERS.split()
    for small in group[2:]
    for letter in (small, small.upper())
    if not letter.isascii()
}
_FROM, _TO = "".join(_SINGLES), "".join(_SINGLES.values())
_FOLDING = str.maketrans(_SINGLES | _PAIRS)
_SLUGGING = str.maketrans(_SINGLES | _PAIRS | _UMLAUTS)


def fold(text: str) -> str:
    """The text in lower case, without diacritics, with ß as ss (DIN 5007-1)."""
    return _translated(text, _FOLDING)


def _translated(text: str, table: dict[int, str]) -> str:
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFC", text).translate(table)
    # Letter by letter, as PostgreSQL does: lower() on the whole text has a rule for the final sigma.
    return "".join(map(str.lower, plain)) if "Σ" in plain else plain.lower()


def slugify(text: str) -> str:
    """A slug as Germans write it: Köln as koeln, Straße as strasse, words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", _translated(text, _SLUGGING)).strip("-")


class Fold(Func):
    """`fold` as an immutable SQL expression, fit for generated columns and indexes."""

    arity = 1
    output_field = CharField()
    pairs = _PAIRS

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        inner, params = compiler.compile(self.source_expressions[0])
        sql = f"normalize({inner}, NFC)"
        for letter, pair in self.pairs.items():
            sql = f"replace({sql}, '{letter}', '{pair}')"
        return f"lower(translate({sql}, '{_FROM}', '{_TO}'))", params


class Slugified(Fold):
    """`slugify` as an immutable SQL expression, fit for generated columns."""

    pairs = _PAIRS | _UMLAUTS

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        folded, params = super().as_sql(compiler, connection, **extra)
        return f"trim(both '-' from regexp_replace({folded}, '[^a-z0-9]+', '-', 'g'))", params
