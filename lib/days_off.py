"""Public holidays, bridge days and school breaks of a country and its states, in the active language.

The days come from the library `holidays`: in Germany from 1991 on, school breaks as far as the Länder have
published them. Austria and Switzerland are known by state and canton, without school breaks; of other
countries nothing is.
"""

import datetime as dt
import importlib
import importlib.util
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lib.places import home_country, state_name

if TYPE_CHECKING:
    from holidays import HolidayBase

DAY = dt.timedelta(days=1)
SATURDAY = 5
# {country: its module in the library}
_MODULES = {"DE": "germany", "AT": "austria", "CH": "switzerland"}


@dataclass(frozen=True)
class Holiday:
    """`states` are the ISO 3166-2 codes of where it holds; empty means the whole country.

    `in_parts`: there only in some municipalities, those with a Catholic majority.
    """

    day: dt.date
    name: str
    states: tuple[str, ...] = ()
    in_parts: bool = False

    @property
    def where(self) -> str:
        """only in BW, BY / only in parts of SN, TH; empty where it holds everywhere."""
        return self._said([code.partition("-")[2] for code in self.states])

    @property
    def where_long(self) -> str:
        """The same with whole names."""
        return self._said([state_name(code) for code in self.states])

    def _said(self, names: list[str]) -> str:
        if not names:
            return ""
        text = _("only in parts of %(states)s") if self.in_parts else _("only in %(states)s")
        return text % {"states": ", ".join(names)}

    def holds_in(self, states: Iterable[str]) -> bool:
        """Whether one of these states has it."""
        return not self.states or not set(self.states).isdisjoint(states)


@dataclass(frozen=True)
class SchoolBreak:
    name: str
    first: dt.date
    last: dt.date


def public_holidays(first: dt.date, last: dt.date, state: str | None = None) -> list[Holiday]:
    """Holidays from `first` to `last`, by day: of that state (DE-NW), or of the whole country that the
    directory is about, with regional ones.

    Nothing for states of other countries than Germany, Austria and Switzerland.
    """
    country = (state or home_country()).partition("-")[0]
    if country not in _MODULES:
        return []
    language = _language()
    return [
        holiday
        for year in range(first.year, last.year + 1)
        for holiday in _holidays(country, year, language)
        if first <= holiday.day <= last and (state is None or holiday.holds_in([state]))
    ]


def bridge_days(first: dt.date, last: dt.date, state: str | None = None) -> list[dt.date]:
    """Single working days between two days off: mostly the Friday after or the Monday before a holiday.

    Without a state only holidays of the whole country count.
    """
    holidays = public_holidays(first - DAY, last + DAY, state)
    off = {one.day for one in holidays if not one.in_parts and (state or not one.states)}
    days = (first + DAY * number for number in range((last - first).days + 1))
    return [
        day for day in days if not _is_off(day, off) and _is_off(day - DAY, off) and _is_off(day + DAY, off)
    ]


def working_day_until(day: dt.date, state: str | None = None) -> dt.date:
    """That day, or the last before it from Monday to Friday and no holiday, of the state or everywhere."""
    found = public_holidays(day - 21 * DAY, day, state)
    off = {one.day for one in found if not one.in_parts and (state or not one.states)}
    while _is_off(day, off):
        day -= DAY
    return day


def school_breaks(first: dt.date, last: dt.date, state: str) -> list[SchoolBreak]:
    """The breaks of that German state of which a day lies between; none for years not yet published."""
    if state.partition("-")[0] != "DE":
        return []
    language = _language()
    found = (
        one
        for year in range(first.year, last.year + 1)
        for one in _breaks(state.partition("-")[2], year, language)
    )
    return [one for one in dict.fromkeys(found) if one.first <= last and one.last >= first]


def read_library() -> None:
    """Reads what most answers need, so that no visitor waits for it."""
    if home_country() in _MODULES:
        _calendar(home_country())


def _is_off(day: dt.date, holidays: set[dt.date]) -> bool:
    return day.weekday() >= SATURDAY or day in holidays


def _language() -> str:
    """As the library calls it."""
    return "en_US" if get_language() == "en" else "de"


@lru_cache(maxsize=256)
def _holidays(country: str, year: int, language: str) -> tuple[Holiday, ...]:
    """Each holiday once, with all states that have it, and apart those that have it in parts."""
    everywhere = set(_named(country, year, language))
    where: dict[tuple[dt.date, bool, str], list[str]] = defaultdict(list)
    for state in _states(country):
        whole = set(_named(country, year, language, state))
        parts = set(_named(country, year, language, state, "catholic")) - whole
        for named, in_parts in ((whole - everywhere, False), (parts, True)):
            for day, name in named:
                where[day, in_parts, name].append(f"{country}-{state}")
    found = [Holiday(day, name) for day, name in everywhere]
    found += [Holiday(day, name, tuple(codes), parts) for (day, parts, name), codes in where.items()]
    return tuple(sorted(found, key=lambda one: (one.day, one.in_parts, len(one.states), one.name)))


@lru_cache(maxsize=256)
def _breaks(state: str, year: int, language: str) -> tuple[SchoolBreak, ...]:
    """The school breaks of which a day lies in the year, with those at its ends as a whole."""
    days: dict[dt.date, str] = {}
    for one in (year - 1, year, year + 1):
        days |= dict(_named("DE", one, language, state, "school"))
    return tuple(one for one in _runs(days) if one.first.year <= year <= one.last.year)


def _runs(days: dict[dt.date, str]) -> Iterator[SchoolBreak]:
    """Days of one name in a row become one break."""
    first = None
    for day in sorted(days):
        first = first or day
        if days.get(day + DAY) != days[day]:
            yield SchoolBreak(days[day], first, day)
            first = None


def _named(
    country: str, year: int, language: str, state: str | None = None, category: str = "public"
) -> list[tuple[dt.date, str]]:
    """(day, name) of the library's entries; a day with two names comes twice."""
    calendar = _calendar(country)
    if category not in calendar.supported_categories:
        return []
    entries = calendar(years=year, subdiv=state, language=language, categories=category, expand=False)
    return [(day, name) for day in entries for name in entries.get_list(day)]


def _states(country: str) -> list[str]:
    """Codes without the country; the library also knows a city."""
    return sorted(code for code in _calendar(country).subdivisions if len(code) <= 2)


@cache
def _calendar(country: str) -> "type[HolidayBase]":
    """The library's class for one country.

    It is read from its file: importing it by name would import the calendars of 250 countries with it, which
    takes as long and as much memory again as all else. For the same reason it is read when first asked for.
    """
    library = importlib.import_module("holidays")
    name = _MODULES[country]
    path = Path(library.__path__[0], "countries", f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"{__name__}.{name}", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, name.capitalize())
