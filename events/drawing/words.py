"""Words beside what is drawn: how much room they need, and how long ones are cut."""

from functools import lru_cache

LONGEST_TITLE = 60
# Estimated widths of letters for 13 units of height, wide enough for the usual sans-serif faces.
_NARROW, _WIDE = frozenset("fijlrtI.,:;!'|()[]-–/ "), frozenset("mwMW@%&—")
_NARROW_WIDTH, _USUAL_WIDTH, _CAPITAL_WIDTH, _WIDE_WIDTH = 4.6, 7.6, 9.2, 12.0


@lru_cache(maxsize=4096)
def width_of(words: str) -> int:
    """How much room words need, a little more than less."""
    return round(sum(_width_of_letter(letter) for letter in words))


def _width_of_letter(letter: str) -> float:
    if letter in _NARROW:
        return _NARROW_WIDTH
    if letter in _WIDE:
        return _WIDE_WIDTH
    return _CAPITAL_WIDTH if letter.isupper() else _USUAL_WIDTH


def shortened(words: str) -> str:
    """The words, cut between two of them where they are very long, or inside of one that is."""
    if len(words) <= LONGEST_TITLE:
        return words
    head, _gap, _rest = words[:LONGEST_TITLE].rpartition(" ")
    if len(head) < LONGEST_TITLE // 2:
        return f"{words[: LONGEST_TITLE // 2]}…"
    return f"{head.rstrip(' ,;:–-')} …"
