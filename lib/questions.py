"""A question in words as somebody typed it, without what no keyboard types."""

import unicodedata

# Soft hyphens, joiners, marks of direction, surrogates, unassigned: nothing that a word would miss.
_UNSEEN = ("Cf", "Cs", "Cn")


def cleaned(text: str) -> str:
    """The text with single spaces, without control characters and without letters that are not seen."""
    return " ".join("".join(_seen(letter) for letter in text).split())


def _seen(letter: str) -> str:
    category = unicodedata.category(letter)
    return " " if category == "Cc" else "" if category in _UNSEEN else letter
