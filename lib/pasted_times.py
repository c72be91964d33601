"""Times of day inside a text: "9:00–17:30 Uhr", "ab 9 Uhr", "9.30 bis 17 Uhr", "10 am – 5 pm"."""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

_LEAD = r"(?:\b(?:ab|um|von|vom|from|at|beginn:?|starting) )?"
_CLOCK = r"(?<![\d.:/-])(?P<h{0}>\d{{1,2}})(?:[:.](?P<m{0}>\d{{2}}))?(?![\d])"
_COLON = r"(?<![\d.:/-])(?P<h{0}>\d{{1,2}}):(?P<m{0}>\d{{2}})(?![\d.:])"
_HALF = r"(?P<x{0}>[ap])\.?m\b\.?"
_HOUR = r"(?:uhr|h)\b"
# The first that fits is taken out; what stands before a dash may leave "Uhr" or "am" to what follows it.
_TIMES = [
    re.compile(pattern)
    for pattern in (
        rf"{_LEAD}{_CLOCK.format(1)} ?(?:{_HALF.format(1)})? ?- ?(?<!\d)(?P<h2>\d{{1,2}})"
        rf"(?:[:.](?P<m2>\d{{2}}))? ?{_HALF.format(2)}",
        rf"{_LEAD}{_CLOCK.format(1)} ?(?:{_HOUR})? ?- ?(?P<h2>\d{{1,2}})(?:[:.](?P<m2>\d{{2}}))? ?{_HOUR}",
        rf"{_LEAD}{_COLON.format(1)} ?- ?(?P<h2>\d{{1,2}}):(?P<m2>\d{{2}})(?![\d.:])",
        rf"{_LEAD}{_CLOCK.format(1)} ?{_HALF.format(1)}",
        rf"{_LEAD}{_CLOCK.format(1)} ?{_HOUR}",
        rf"{_LEAD}{_COLON.format(1)}",
    )
]


class NotUnderstood(ValueError):
    """What somebody typed cannot be read; says so to that person, in the active language."""


@dataclass(frozen=True)
class Clock:
    start: dt.time | None = None
    end: dt.time | None = None


def take_times(text: str) -> tuple[str, Clock]:
    """The text (lower case, dashes as hyphens) without its times, and these: from, until.

    Raises NotUnderstood for a time that does not exist, and for more than two.
    """
    found: list[tuple[int, dt.time]] = []
    for pattern in _TIMES:
        for match in pattern.finditer(text):
            found += [(match.start() + offset, time) for offset, time in enumerate(_times_of(match))]
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    times = [time for _place, time in sorted(found)]
    if len(times) > 2:
        raise NotUnderstood(_("More than two times: please give when it starts and when it closes."))
    return " ".join(text.split()).strip(" ,;"), Clock(*times)


def _times_of(match: re.Match[str]) -> list[dt.time]:
    parts = match.groupdict()
    half = parts.get("x2") or parts.get("x1")
    times = [_time(parts["h1"], parts["m1"], parts.get("x1") or half)]
    if parts.get("h2"):
        times.append(_time(parts["h2"], parts["m2"], half))
    return times


def _time(hours: str, minutes: str | None, half: str | None) -> dt.time:
    """`half` is "a" or "p" of the twelve-hour clock."""
    hour = int(hours)
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half:
        hour = 24
    try:
        return dt.time(hour, int(minutes or 0))
    except ValueError:
        shown = f"{hours}:{minutes}" if minutes else hours
        raise NotUnderstood(_("There is no time %(time)s.") % {"time": shown}) from None
