"""The year and the number in a title, raised: "Smart Country Convention 2026", "15. Kongress", "#SCCON26"."""

import re

_LONGEST_NUMBER = 3
_ENGLISH_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def next_title(text: str, year: int, years: int, edition: int | None, turns: int = 1) -> str:
    """The text of an edition of `year`, as it is `years` and `turns` editions later.

    Only the year of that edition is raised, in full or as the two digits of a hashtag, and the number that
    stands there as an ordinal: the known one, or where none is known the one that the title begins with.
    """
    text = _raised_numbers(text, edition, turns)
    for form in (str, _short):
        both = rf"(?<!\d){year}([/–-]){form(year + 1)}(?!\d)"
        text = re.sub(both, rf"{year + years}\g<1>{form(year + 1 + years)}", text)
    text = re.sub(rf"(?<!\d){year}(?!\d)", str(year + years), text)
    return re.sub(rf"(?<=[^\W\d_]|['’]){_short(year)}(?!\d)", _short(year + years), text)


def _short(year: int) -> str:
    return f"{year % 100:02}"


def _raised_numbers(text: str, edition: int | None, turns: int) -> str:
    number = str(edition) if edition else rf"\d{{1,{_LONGEST_NUMBER}}}"
    start = r"(?<![\d.])" if edition else "^"
    text = re.sub(
        rf"{start}({number})\.(?= ?[^\W\d_])", lambda match: f"{int(match[1]) + turns}.", text, count=1
    )
    return re.sub(
        rf"{start}({number})(?:st|nd|rd|th)\b", lambda match: _ordinal(int(match[1]) + turns), text, count=1
    )


def _ordinal(number: int) -> str:
    """21st, 22nd, 113th."""
    ending = "th" if number // 10 % 10 == 1 else _ENGLISH_ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"
