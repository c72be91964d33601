"""Time zones as calendars want them: a VTIMEZONE for each zone that is named (RFC 5545 §3.6.5)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from events.outputs.content_lines import line, text

_DAY = dt.timedelta(days=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Observance:
    """How a zone's clocks stand from a moment on; that moment is given in the local time before it."""

    kind: str
    name: str
    before: dt.timedelta
    after: dt.timedelta


@lru_cache(maxsize=256)
def vtimezone(name: str, first: int, last: int) -> bytes:
    """The zone from the year `first` to the year `last`.

    Where the clocks change by one rule in all these years it is told as a rule: the form every calendar
    program reads. Otherwise each change is told. Only these years count, so that the output does not depend
    on what the machine's time zone data say of others.
    """
    zone = ZoneInfo(name)
    onsets: dict[Observance, list[dt.datetime]] = {}
    for observance, onset in _changes(zone, first - 1, last + 1):
        onsets.setdefault(observance, []).append(onset)
    parts = [b"BEGIN:VTIMEZONE\r\n", line("TZID", name)]
    for observance, moments in onsets.items():
        parts += _observance(observance, moments, last - first + 3)
    return b"".join([*parts, b"END:VTIMEZONE\r\n"])


def _changes(zone: ZoneInfo, first: int, last: int) -> Iterator[tuple[Observance, dt.datetime]]:
    """What holds at the start, unless the first year has a change of its own, and each change after it."""
    start = dt.datetime(first, 1, 1, tzinfo=dt.UTC)
    found = [change for year in range(first, last + 1) for change in _transitions(zone, year)]
    if not found or found[0][0].year > first:
        offset = _offset(start, zone)
        local = (start + offset).replace(tzinfo=None, hour=0, minute=0, second=0)
        yield _observed(start, zone, offset), local
    for moment, before in found:
        yield _observed(moment, zone, before), (moment + before).replace(tzinfo=None)


@lru_cache(maxsize=1024)
def _transitions(zone: ZoneInfo, year: int) -> list[tuple[dt.datetime, dt.timedelta]]:
    """(first moment of the new offset, offset before) for each change of the clocks in the year. Kept, since
    every calendar looks at some years of few zones, day by day."""
    moment, found = dt.datetime(year, 1, 1, tzinfo=dt.UTC), []
    while moment.year == year:
        before, following = _offset(moment, zone), moment + _DAY
        if _offset(following, zone) != before:
            low, high = moment, following
            while high - low > dt.timedelta(seconds=1):
                middle = low + (high - low) / 2
                middle = middle.replace(microsecond=0)
                low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
            found.append((high, before))
        moment = following
    return found


def _offset(moment: dt.datetime, zone: ZoneInfo) -> dt.timedelta:
    return moment.astimezone(zone).utcoffset() or dt.timedelta(0)


def _observed(moment: dt.datetime, zone: ZoneInfo, before: dt.timedelta) -> Observance:
    local = moment.astimezone(zone)
    kind = "DAYLIGHT" if local.dst() else "STANDARD"
    return Observance(kind, local.tzname() or zone.key, before, _offset(moment, zone))


def _observance(observance: Observance, moments: list[dt.datetime], years: int) -> Iterator[bytes]:
    rule = _rule(moments) if len(moments) == years else ""
    yield line("BEGIN", observance.kind)
    yield line("DTSTART", f"{moments[0]:%Y%m%dT%H%M%S}")
    if rule:
        yield line("RRULE", rule)
    elif len(moments) > 1:
        yield line("RDATE", ",".join(f"{moment:%Y%m%dT%H%M%S}" for moment in moments[1:]))
    yield line("TZNAME", text(observance.name))
    yield line("TZOFFSETFROM", _clock(observance.before))
    yield line("TZOFFSETTO", _clock(observance.after))
    yield line("END", observance.kind)


def _rule(moments: list[dt.datetime]) -> str:
    """The yearly rule that all the moments follow, such as the last Sunday of March; empty without one."""
    if len({(moment.month, moment.weekday(), moment.time()) for moment in moments}) != 1:
        return ""
    weeks = {(moment.day - 1) // 7 + 1 for moment in moments}
    if all((moment + 7 * _DAY).month != moment.month for moment in moments):
        weeks = {-1}
    if len(weeks) != 1:
        return ""
    weekday = _WEEKDAYS[moments[0].weekday()]
    return f"FREQ=YEARLY;BYMONTH={moments[0].month};BYDAY={weeks.pop()}{weekday}"


def _clock(offset: dt.timedelta) -> str:
    """An offset as +0200 or -0330, with seconds where it has them (RFC 5545 §3.3.14)."""
    minutes, seconds = divmod(abs(int(offset.total_seconds())), 60)
    sign = "-" if offset < dt.timedelta(0) else "+"
    return f"{sign}{minutes // 60:02}{minutes % 60:02}" + (f"{seconds:02}" if seconds else "")
