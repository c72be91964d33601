"""German text as people sort and compare it: ä like a, ß like ss, upper case like lower case.

The same folding exists twice on purpose: `fold` for values in Python and `Fold` for columns in
PostgreSQL. Both are built from one table, so they cannot drift apart, and neither needs ICU.
"""

import re
import unicodedata

from django.db.models import CharField, Func

_LETTERS = (
    "a:àáâãäåāăą c:çćč d:ďđ e:èéêëēėęě g:ğģ h:ħ i:ìíîïīįı k:ķ l:łļľ n:ñńňņ o:òóôõöøōő r:řŕ s:śšşș "
    "t:ťţț u:ùúûüūůűų y:ýÿ z:źżž"
)
_PAIRS = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
_FROM = "".join(letter for group in _LETTERS.split() for letter in group[2:])
_TO = "".join(group[0] for group in _LETTERS.split() for _ in group[2:])
_TABLE = str.maketrans(_FROM, _TO) | str.maketrans(_PAIRS)


def fold(text: str) -> str:
    """The text in lower case, without diacritics, with ß as ss (DIN 5007-1)."""
    return unicodedata.normalize("NFC", text).lower().translate(_TABLE)


_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}


def slugify(text: str) -> str:
    """A slug as Germans write it: Köln as koeln, Straße as strasse, words joined by hyphens."""
    lowered = unicodedata.normalize("NFC", text).lower().translate(str.maketrans(_UMLAUTS))
    return re.sub(r"[^a-z0-9]+", "-", fold(lowered)).strip("-")


class Fold(Func):
    """`fold` as an immutable SQL expression, fit for generated columns and indexes."""

    arity = 1
    output_field = CharField()

    def as_sql(self, compiler, connection, **extra):  # type: ignore[no-untyped-def]
        inner, params = compiler.compile(self.source_expressions[0])
        sql = f"lower({inner})"
        for letter, pair in _PAIRS.items():
            sql = f"replace({sql}, '{letter}', '{pair}')"
        return f"translate({sql}, '{_FROM}', '{_TO}')", params


class Slugified(Fold):
    """`slugify` as an immutable SQL expression, fit for generated columns."""

    def as_sql(self, compiler, connection, **extra):  # type: ignore[no-untyped-def]
        inner, params = compiler.compile(self.source_expressions[0])
        sql = f"lower({inner})"
        for letter, pair in _UMLAUTS.items():
            sql = f"replace({sql}, '{letter}', '{pair}')"
        for letter, pair in _PAIRS.items():
            sql = f"replace({sql}, '{letter}', '{pair}')"
        folded = f"translate({sql}, '{_FROM}', '{_TO}')"
        return f"trim(both '-' from regexp_replace({folded}, '[^a-z0-9]+', '-', 'g'))", params
