"""What the page of a month tells: weeks with events and holidays, what has no day yet, the months around."""

import calendar
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from events.drawing import month as drawing
from events.filters import FIRST_YEAR, LAST_YEAR, When
from events.models import Event, EventQuerySet
from events.models.choices import Precision, Status
from events.month_entries import Entry, entries
from events.selection import Selection
from lib import dates
from lib.days_off import Holiday, public_holidays

# Events without a day that are named; the list has the others.
MOST_OPEN = 12


@dataclass(frozen=True)
class Day:
    """One cell. `entries` are HTML; `more` found no lane and are listed, with all else of the day, at
    `more_url`."""

    date: dt.date
    is_inside: bool
    is_today: bool
    holidays: Sequence[Holiday]
    entries: Sequence[str]
    more: int
    more_url: str

    @property
    def weekday(self) -> str:
        return _weekday(self.date.weekday(), get_language())

    @property
    def month(self) -> str:
        """What follows the number: . März / March."""
        return dates.day(self.date).removeprefix(str(self.date.day)).removesuffix(f" {self.date.year}")

    @property
    def is_quiet(self) -> bool:
        """Whether a list of days has nothing to say of it."""
        is_marked = self.is_inside and (self.holidays or self.is_today)
        return not (is_marked or self.entries or self.more)


@dataclass(frozen=True)
class Week:
    number: int
    days: Sequence[Day]
    rows: int

    @property
    def last_row(self) -> int:
        return self.rows - 1

    @property
    def is_quiet(self) -> bool:
        return all(day.is_quiet for day in self.days)


@dataclass(frozen=True)
class OtherMonth:
    """Another month with the same filter; `count` is None where nobody has counted."""

    first: dt.date
    url: str
    count: int | None = None


def month_told(selection: Selection, first: dt.date, last: dt.date) -> dict[str, Any]:
    """The context of the page beside the frame: at most six queries, whatever the number of events."""
    return _Sheet(selection, first, last).told()


def month_url(selection: Selection, year: int, month: int) -> str:
    """Another month of the same choice; days that were chosen belong to this one."""
    path = reverse("events:month", kwargs={"year": year, "month": month})
    query = selection.look_query
    for name in ("from", "to"):
        query.pop(name, None)
    return f"{path}?{query.urlencode()}" if query else path


class _Sheet:
    def __init__(self, selection: Selection, first: dt.date, last: dt.date) -> None:
        self.selection, self.first, self.last = selection, first, last
        self.today = timezone.localdate(selection.at)
        self._gather()

    def told(self) -> dict[str, Any]:
        total = self._gathered.total + self._undated_total
        return {
            "first": self.first,
            "is_this_month": self.first <= self.today <= self.last,
            "total": total,
            "all_times_url": self.selection.url(when=None),
            "weeks": [self._week(week) for week in self._laid],
            "undated": [line for key in self._undated if (line := self._line(key))],
            "undated_more": self._undated_total - len(self._undated),
            "list_url": self._list_url(self.first, self.last),
            "holiday_states": self._states,
            "nearest": None if total else self._nearest(),
            **self._around(),
        }

    # -- the events -----------------------------------------------------------------------------

    def _gather(self) -> None:
        """The days of all events, from sets of bits or from SQL."""
        if choice := self.selection.choice:
            self._gathered = drawing.Gathered(*choice.days())
            self._undated, self._undated_total = choice.undated(MOST_OPEN)
            return
        columns = ("pk", "starts_on", "ends_on", "date_precision", "status")
        undated, dated = [], []
        for key, *days, precision, status in self.selection.events.in_order().values_list(*columns):
            if precision == Precision.DAY and status != Status.POSTPONED:
                dated.append((key, *(day.toordinal() for day in days)))
            else:
                undated.append(key)
        self._gathered = drawing.Gathered(*(zip(*dated, strict=True) if dated else ((), (), ())))
        self._undated, self._undated_total = undated[:MOST_OPEN], len(undated)

    @cached_property
    def _laid(self) -> list[drawing.Week]:
        return drawing.weeks(self.first.year, self.first.month, self._gathered.spans)

    @cached_property
    def _events(self) -> dict[int, Entry]:
        """All that are named; without those that are gone since."""
        shown = {bar.key for week in self._laid for day in week.days for bar in day.bars}
        return entries(shown | set(self._undated))

    def _line(self, key: int) -> str:
        """Nothing of an event that is gone, or has got a day, since its day was told."""
        return self._events[key].line if key in self._events else ""

    def _week(self, week: drawing.Week) -> Week:
        bars = [bar for day in week.days for bar in day.bars]
        shown = Counter(column for bar in bars for column in bar.columns)
        days = [self._day(day, shown[column]) for column, day in enumerate(week.days)]
        lanes = max((bar.lane + 1 for bar in bars), default=0)
        return Week(week.number, days, lanes + any(day.more for day in days))

    def _day(self, day: drawing.Day, shown: int) -> Day:
        """So many bars lie in the day."""
        more = self._gathered.of_day(day.date) - shown
        return Day(
            date=day.date,
            is_inside=day.is_inside,
            is_today=day.date == self.today,
            holidays=self._holidays.get(day.date, ()),
            entries=[self._events[bar.key].html(bar) for bar in day.bars if bar.key in self._events],
            more=more,
            more_url=self._list_url(day.date, day.date) if more else "",
        )

    def _list_url(self, first: dt.date, last: dt.date) -> str:
        """The list of these days with the same filter; of all times unless another period was chosen."""
        return self._list_urls.replace("from=%00", f"from={first}").replace("to=%00", f"to={last}")

    @cached_property
    def _list_urls(self) -> str:
        """The same of no days yet: a month with thousands of events has one for each day. An equals sign
        stands in no value."""
        query = self.selection.query_dict
        query["from"] = query["to"] = "\0"
        query.setdefault("when", When.ALL)
        return f"{reverse('events:list')}?{query.urlencode()}"

    # -- holidays -------------------------------------------------------------------------------

    @property
    def _states(self) -> list[str]:
        return self.selection.values.get("state") or []

    @cached_property
    def _holidays(self) -> dict[dt.date, list[Holiday]]:
        """Of the chosen states, else of all Germany; with one state it is clear where they hold."""
        week = dt.timedelta(days=7)
        found: dict[dt.date, list[Holiday]] = defaultdict(list)
        for one in _holidays_of(self.first - week, self.last + week, self._states):
            found[one.day].append(one)
        return found

    # -- other months ---------------------------------------------------------------------------

    def _around(self) -> dict[str, Any]:
        """The months before and after, with their numbers of events (one query, none with chosen days)."""
        before, after = _shifted(self.first, -1), _shifted(self.first, 1)
        counts: dict[str, int | None] = {"before": None, "after": None}
        if not (self.selection.date_from or self.selection.date_to):
            counts = self._counted(before, after.replace(day=calendar.monthrange(after.year, after.month)[1]))
        return {
            "previous": self._other(before, counts["before"]) if before.year >= FIRST_YEAR else None,
            "next": self._other(after, counts["after"]) if after.year < LAST_YEAR else None,
            "this_month": self._other(self.today.replace(day=1)),
            "months": [(number, _month_name(number, get_language())) for number in range(1, 13)],
            "kept": [pair for pair in self._kept() if pair[0] not in ("from", "to")],
        }

    def _counted(self, first: dt.date, last: dt.date) -> dict[str, int | None]:
        if self.selection.choice:
            before, after = self.selection.choice.beside((self.first, self.last), (first, last))
            return {"before": before, "after": after}
        same = self._same().between(first, last)
        return same.aggregate(
            before=Count("pk", filter=Q(starts_on__lt=self.first)),
            after=Count("pk", filter=Q(ends_on__gt=self.last)),
        )

    def _nearest(self) -> dict[str, OtherMonth]:
        """The next and the last month with events of the same choice (two queries)."""
        later = self._same().filter(starts_on__gt=self.last).order_by("starts_on")
        earlier = self._same().filter(ends_on__lt=self.first).order_by("-ends_on")
        days = {
            "later": later.values_list("starts_on", flat=True).first(),
            "earlier": earlier.values_list("ends_on", flat=True).first(),
        }
        return {name: self._other(day.replace(day=1)) for name, day in days.items() if day}

    def _same(self) -> EventQuerySet:
        """The same choice over all months."""
        return self.selection.within(Event.objects.published(self.selection.at)).order_by()

    def _other(self, first: dt.date, count: int | None = None) -> OtherMonth:
        return OtherMonth(first, month_url(self.selection, first.year, first.month), count)

    def _kept(self) -> list[tuple[str, str]]:
        """What the form that leads to another month has to say again."""
        return [(name, value) for name, values in self.selection.look_query.lists() for value in values]


def _holidays_of(first: dt.date, last: dt.date, states: Sequence[str]) -> Iterable[Holiday]:
    if not states:
        return public_holidays(first, last)
    found = dict.fromkeys(one for state in states for one in public_holidays(first, last, state))
    return (
        found
        if len(states) > 1
        else [replace(one, states=one.states if one.in_parts else ()) for one in found]
    )


@lru_cache(maxsize=100)
def _weekday(number: int, language: str | None) -> str:
    return date_format(dt.date(2024, 1, 1 + number), "l")


@lru_cache(maxsize=100)
def _month_name(number: int, language: str | None) -> str:
    return date_format(dt.date(2024, number, 1), "F")


def _shifted(first: dt.date, months: int) -> dt.date:
    """The first day of the month so many months later."""
    number = first.year * 12 + first.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1)
