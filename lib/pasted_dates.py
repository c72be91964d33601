"""Dates as organisers write them: "20.–22.11.2018", "Nov 5–7, 2019", "Q3 2027", "Di, 5. Mai 2026, 9–17 Uhr".

German and English, spans and single days, months, quarters, years, times of day. What can be read in two
ways, or does not exist, is refused in words that name it; nothing is guessed, and no clock is asked.
"""

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from lib import dates
from lib.pasted_times import Clock, NotUnderstood, take_times

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january jänner jan",
            "februar february feber feb",
            "märz march maerz mär mar mrz",
            "april apr",
            "mai may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "dezember december dez dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "montag monday mon mo",
            "dienstag tuesday tues tue di",
            "mittwoch wednesday wed mi",
            "donnerstag thursday thurs thur thu do",
            "freitag friday fri fr",
            "samstag sonnabend saturday sat sa",
            "sonntag sunday sun so",
        )
    )
    for name in names.split()
}
_FILLERS = ["vom", "von", "am", "im", "in", "der", "den", "dem", "from", "on", "the", "of"]
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
# Years of two digits are of this century up to here, later ones of the last.
_LAST_SHORT_YEAR = 69


def _either(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_MONTH = rf"(?P<m>{_either(MONTHS)})\.?"
_DAY = r"(?P<d>\d{1,2})(?:\.|st|nd|rd|th)?"
_YEAR = r"(?P<y>\d{4})"
# One end of a span, without fillers and commas; what it leaves out stands at the other end.
_ENDS = [
    re.compile(pattern)
    for pattern in (
        rf"{_DAY} ?{_MONTH}(?: ?{_YEAR})?",
        rf"{_MONTH} ?{_DAY}(?: {_YEAR})?",
        rf"{_MONTH}(?: ?{_YEAR})?",
        r"(?P<d>\d{1,2})\. ?(?P<mm>\d{1,2})\.(?: ?(?P<y>\d{4}|\d{2}))?",
        r"(?P<mm>\d{1,2})[./] ?(?P<y>\d{4})",
        rf"{_DAY} {_YEAR}",
        _DAY,
        rf"q(?P<q>[1-4])(?: {_YEAR})?",
        _YEAR,
    )
]
_WEEKDAY = rf"\b(?P<{{}}>{_either(WEEKDAYS)})\b\.?"
_WEEKDAYS = re.compile(rf"{_WEEKDAY.format('a')}(?: ?(?:-|und|and|/) ?{_WEEKDAY.format('b')})?,?")
_QUARTERS = [
    re.compile(pattern)
    for pattern in (
        r"\bq ?([1-4])\b(?:[ /-]*(\d{4}))?",
        r"\b([1-4])(?:\.|st|nd|rd|th)? ?(?:quartal|quarter)\b,? ?(?:of )?(\d{4})?",
        r"\b(?:quartal|quarter) ?([1-4])\b,? ?(?:of )?(\d{4})?",
    )
]


@dataclass(frozen=True)
class Pasted:
    """First and last day (of the whole period where the precision is no day), and times that were named."""

    first: dt.date
    last: dt.date
    precision: str = "day"
    start_time: dt.time | None = None
    end_time: dt.time | None = None


@dataclass(frozen=True)
class _End:
    """What is said of one end of a span."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None

    @property
    def precision(self) -> str:
        if self.quarter:
            return "quarter"
        return "day" if self.day else "month" if self.month else "year"


def parse(text: str) -> Pasted:
    """Raises NotUnderstood, whose words are for the person who typed."""
    plain = _plain(text)
    rest, clock = take_times(plain)
    rest, weekdays = _take_weekdays(rest)
    first, last = _ends(_canonical(rest), text)
    if clock != Clock() and first.precision != "day":
        raise NotUnderstood(_("A time needs an exact day."))
    found = _span(first, last)
    _check_weekdays(found, weekdays)
    return replace(found, start_time=clock.start, end_time=clock.end)


def _plain(text: str) -> str:
    """Lower case, one kind of dash, single blanks."""
    plain = unicodedata.normalize("NFC", text).lower().translate(_DASHES)
    plain = re.sub(r"\b(?:bis (?:zum )?|to |until |till |through )", "- ", plain)
    return " ".join(plain.split())


def _take_weekdays(text: str) -> tuple[str, list[int]]:
    """The text without names of weekdays, and these in order (Monday is 0)."""
    found = [WEEKDAYS[name] for match in _WEEKDAYS.finditer(text) for name in match.groups() if name]
    return _WEEKDAYS.sub(" ", text), found


def _canonical(text: str) -> str:
    """Numeric notations with hyphens and slashes, and quarters, in the one form that the rest knows."""
    text = re.sub(r"(?<=\d)t(?=\W|$)", "", text)
    text = re.sub(r"\b(\d{4})[-/](\d{1,2})[-/](\d{1,2})\b", r"\3.\2.\1", text)
    text = re.sub(r"(\.\d{4}) ?/ ?(\d{1,2}\.\d{1,2}\.\d{4})", r"\1 - \2", text)
    text = re.sub(r"\b(\d{4})-(0[1-9]|1[0-2])\b(?!\d)", r"\2.\1", text)
    text = re.sub(r"\b(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b", _with_slashes, text)
    text = re.sub(r"\b(\d{4})[ /-]*q([1-4])\b", r"q\2 \1", text)
    for pattern in _QUARTERS:
        text = pattern.sub(lambda match: f"q{match[1]} {match[2] or ''}", text)
    text = re.sub(rf"\b(?:{'|'.join(_FILLERS)})\b|,", " ", text)
    return " ".join(text.split()).strip(" ;.-" if text.endswith("-") else " ;")


def _with_slashes(match: re.Match[str]) -> str:
    """2/13/2026 and 13/2/2026 say which number is the month; 5/11/2026 does not."""
    one, two, year = int(match[1]), int(match[2]), match[3]
    if one != two and one <= 12 and two <= 12:
        raise NotUnderstood(
            _("“%(text)s” may be two different days. Please write %(day)d.%(month)d.%(year)s or the reverse.")
            % {"text": match[0], "day": one, "month": two, "year": year}
        )
    day, month = (two, one) if two > 12 else (one, two)
    return f"{day}.{month}.{year}"


def _ends(text: str, typed: str) -> tuple[_End, _End]:
    """Both ends, each with what it left to the other one."""
    sides = re.split(r" ?(?:-|&|\bund\b|\band\b|/(?!\d{4})) ?", text)
    # As in "11/2026": there the slash belongs to the month.
    if not text or len(sides) > 2:
        raise NotUnderstood(_unknown(text, typed))
    read = [_end(side, text, typed) for side in sides]
    first, last = read[0], read[-1]
    if len(read) == 2:
        first, last = _completed(first, last)
    for end in (first, last):
        if end.year is None:
            raise NotUnderstood(_("Which year? It is missing in “%(text)s”.") % {"text": typed.strip()})
        if first.precision != last.precision:
            raise NotUnderstood(_unknown(text, typed))
    if len(read) == 2 and re.search(r"&|/(?!\d{4})|\bund\b|\band\b", text):
        _check_neighbours(first, last, typed)
    return first, last


def _end(side: str, text: str, typed: str) -> _End:
    for pattern in _ENDS:
        match = pattern.fullmatch(side.strip())
        if match:
            parts = match.groupdict()
            month = MONTHS[parts["m"]] if parts.get("m") else _number(parts.get("mm"))
            year = _number(parts.get("y"))
            if year is not None and len(parts["y"]) == 2:
                year += 2000 if year <= _LAST_SHORT_YEAR else 1900
            return _End(year, month, _number(parts.get("d")), _number(parts.get("q")))
    raise NotUnderstood(_unknown(text, typed))


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _completed(first: _End, last: _End) -> tuple[_End, _End]:
    """30.11.–2.12.2026: the first end is of that year, or of the one before if it would be the later one."""
    if last.month is None and last.day:
        last = replace(last, month=first.month)
    if first.month is None and first.day:
        first = replace(first, month=last.month)
    if last.year is None:
        last = replace(last, year=first.year)
    if first.year is None and last.year is not None:
        turns = bool(first.month and last.month and first.month > last.month)
        first = replace(first, year=last.year - turns)
    return first, last


def _check_neighbours(first: _End, last: _End, typed: str) -> None:
    """ "27. und 28. Mai" is a span, "27. und 30. Mai" are two single days."""
    if first.precision != "day" or (_day(last) - _day(first)).days != 1:
        raise NotUnderstood(
            _("“%(text)s” is no span: please give the first and the last day, and the rest as a note.")
            % {"text": typed.strip()}
        )


def _span(first: _End, last: _End) -> Pasted:
    start, end = _day(first), _day(last, is_last=True)
    if end < start:
        raise NotUnderstood(_("The last day lies before the first."))
    return Pasted(start, end, first.precision)


def _day(end: _End, *, is_last: bool = False) -> dt.date:
    """The day itself, or the first or last one of the month, quarter or year."""
    year = end.year or 0
    month = end.month or 1
    if end.quarter:
        month = end.quarter * 3 - 2
    if is_last and end.precision in ("quarter", "year"):
        month = 12 if end.precision == "year" else month + 2
    try:
        day = end.day or (calendar.monthrange(year, month)[1] if is_last else 1)
        return dt.date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        named = ".".join(str(part) for part in (end.day, end.month, end.year) if part is not None)
        raise NotUnderstood(_("There is no %(day)s.") % {"day": named}) from None


def _check_weekdays(found: Pasted, weekdays: list[int]) -> None:
    if weekdays and found.precision != "day":
        raise NotUnderstood(_("A weekday needs an exact day."))
    ends = (found.first, found.last) if len(weekdays) > 1 else (found.first,)
    for day, weekday in zip(ends, weekdays, strict=False):
        if day.weekday() != weekday:
            raise NotUnderstood(
                _("%(day)s is a %(weekday)s: the weekday or the date is wrong.")
                % {"day": dates.day(day), "weekday": dates.weekday(day)}
            )


def _unknown(text: str, typed: str) -> str:
    """Names the words that stand for nothing; where there are none, all that was typed."""
    known = {*MONTHS, *_FILLERS, "und", "and", "q", "st", "nd", "rd", "th"}
    strange = [word for word in re.findall(r"[^\W\d_]+", text) if word not in known]
    return _("“%(part)s” is not understood. Try “20.–22.11.2027”, “November 2027” or “Q3 2027”.") % {
        "part": " ".join(strange) or typed.strip()
    }
