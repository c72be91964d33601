"""Events in one line or mark each: written here and not in templates, since a year may have thousands."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.drawing.year import Bar, Lane, Span, Year
from events.year_rows import Entry, span
from events.yearbook import Month, OtherYear
from lib import dates
from lib.quick import entry_url

register = template.Library()


@register.simple_tag
def year_months(months: Iterable[Month]) -> SafeString:
    """List items, each with a column for the number of its events; it leads to them if there are any."""
    return mark_safe("".join(f"<li>{_month_told(month)}</li>\n    " for month in months))  # noqa: S308 - numbers


def _month_told(month: Month) -> str:
    told = (
        f'<svg viewBox="0 0 20 28" aria-hidden="true"><rect x="0" y="{month.top}" width="20" '
        f'height="{month.height}"/></svg><span>{escape(dates.month(month.first, "M"))} '
        f'<span class="count">{len(month.entries)}</span></span>'
    )
    return f'<a href="#m{month.first.month}">{told}</a>' if month.entries or month.expected else told


@register.simple_tag
def year_sections(months: Iterable[Month]) -> SafeString:
    """The months that have something: their events, and what is expected in them."""
    word = escape(_("Expected, not announced"))
    told = (
        f'\n<section aria-labelledby="m{month.first.month}">\n'
        f'<h3 id="m{month.first.month}">{escape(dates.month(month.first))} '
        f'<span class="count">({len(month.entries)})</span></h3>\n'
        f"{year_lines(month.entries) if month.entries else ''}\n{_expected(month, word)}\n</section>\n"
        for month in months
        if month.entries or month.expected
    )
    return mark_safe("".join(told))  # noqa: S308 - texts are escaped one by one


def _expected(month: Month, word: str) -> str:
    said = f'<span class="line__detail"><strong>{word}</strong></span>'
    items = "".join(
        f'<li class="expected"><a href="{entry_url("events:series", one.series.slug)}">'
        f"{escape(one.series.display_name)}</a> {said}</li>\n"
        for one in month.expected
    )
    return f'<ul class="year-lines">\n{items}</ul>' if items else ""


@register.simple_tag
def year_items(years: Iterable[OtherYear]) -> SafeString:
    """List items: years with their numbers of events."""
    word = escape(_("Events:"))
    said = f'<span class="count"><span class="visually-hidden">{word} </span>'
    items = (
        f'<li><a href="{escape(one.url)}"{_CURRENT if one.is_current else ""}>{one.number}</a> '
        f"{said}{one.count}</span></li>\n    "
        for one in years
    )
    return mark_safe("".join(items))  # noqa: S308 - numbers, and addresses that are escaped


_CURRENT = ' aria-current="page"'


@register.simple_tag
def year_lines(entries: Sequence[Entry]) -> SafeString:
    """A numbered list, each item an anchor: address, title, when and where, what must be said beside."""
    before, after = _around()
    language = get_language()
    days: dict[tuple[dt.date, dt.date, str], str] = {}
    lines = []
    for one in entries:
        known = one.first, one.last, one.precision
        when = days.get(known)
        if when is None:
            when = days[known] = escape(span(*known, language))
        where = f", {one.where}" if one.where else ""
        lang = f' lang="{one.foreign}"' if one.foreign else ""
        notes = "".join(f" · <strong>{escape(note)}</strong>" for note in one.notes) if one.notes else ""
        lines.append(
            f'<li id="e{one.number}"><a href="{before}{one.slug}{after}"{lang}>{escape(one.words)}</a> '
            f"<span>{when}{where}{notes}</span></li>\n"
        )
    start = f'<ol class="year-lines" start="{entries[0].number}">\n'
    return mark_safe(f"{start}{''.join(lines)}</ol>\n")  # noqa: S308 - texts are escaped one by one


def _around() -> tuple[str, str]:
    """What stands before and after the slug in the address of an event's page, asked for once for all."""
    before, _slug, after = entry_url("events:detail", "\0").partition("\0")
    return before, after


@register.simple_tag
def year_lanes(drawing: Year) -> SafeString:
    """The lanes below each other. Their bars are marks with numbers, each leading to its line, or have
    titles, each leading to its page; what is expected has its title in any case."""
    told = (
        f"{_lane_name(lane)}\n"
        f'<svg class="lane" viewBox="0 0 1100 {lane.height}"><use href="#grid"/>\n'
        f"{_bars(lane, drawing.is_numbered)}</svg>\n"
        for lane in drawing.lanes
    )
    return mark_safe("".join(told))  # noqa: S308 - texts are escaped one by one


def _lane_name(lane: Lane) -> str:
    number = f'<span class="count">{lane.number}</span>'
    return f'<p class="lane__name"><span>{escape(lane.name)} {number}</span></p>' if lane.name else ""


def _bars(lane: Lane, is_numbered: bool) -> str:
    if not is_numbered:
        return "".join(map(_bar, lane.bars))
    marks = "\n".join(_mark(bar) for bar in lane.bars if bar.row.number)
    expected = "".join(_bar(bar) for bar in lane.bars if not bar.row.number)
    return f"{marks}{expected}\n"


def _mark(bar: Bar) -> str:
    row = bar.row
    sign = f' class="{row.sign}"' if row.sign else ""
    end = ' class="end"' if bar.ends else ""
    return (
        f'<a href="#e{row.number}" tabindex="-1" transform="translate({bar.x} {bar.y})">'
        f'<path{sign} d="M0 11h{bar.width}"/><text{end} x="{bar.words_x}" y="16">{bar.words}</text></a>'
    )


def _bar(bar: Bar) -> str:
    """An event or an expected edition with its title."""
    row: Any = bar.row
    if row.number:
        path, when = entry_url("events:detail", row.slug), row.when
    else:
        path, when = entry_url("events:series", row.thing.series.slug), date_format(row.first, "F Y")
    note = f" ({row.note})" if row.note else ""
    sign = f' class="{row.sign}"' if row.sign else ""
    end = ' class="end"' if bar.ends else ""
    cross = f"M0 5l{bar.width} 12m0-12l-{bar.width} 12" if row.sign == "void" else ""
    return (
        f'<a href="{path}" tabindex="-1" transform="translate({bar.x} {bar.y})">'
        f"<title>{escape(f'{row.words}, {when}{note}')}</title>"
        f'<rect{sign} y="5" width="{bar.width}" height="12" rx="3"/>'
        f"{_path('cross', cross)}"
        f'<text{end} x="{bar.words_x}" y="16">{escape(bar.words)}</text></a>\n'
    )


@register.simple_tag
def year_strip(drawing: Year) -> SafeString:
    """Months, weeks with their numbers of events, and today; with the grid that lies behind all lanes."""
    today = f"M{drawing.today} 0v4000" if drawing.today is not None else ""
    parts = [
        '<defs><g id="grid">',
        _path("grid-week", "".join(f"M{week.x} 0v4000" for week in drawing.weeks)),
        _path("grid-month", "".join(f"M{month.x} 0v4000" for month in drawing.months)),
        _path("grid-today", today),
        "</g></defs>\n",
        *map(_month, drawing.months),
        '\n<g transform="translate(0 38)">',
        *(_weight(week) for week in drawing.weeks if week.count),
        f'<path class="base" d="M0 40h{drawing.width}"/></g>\n',
        *(
            f'<text class="week-number" x="{week.middle}" y="91">{week.number}</text>'
            for week in drawing.weeks
            if week.width > 14
        ),
        _path("grid-today", today and f"M{drawing.today} 22v74"),
    ]
    return mark_safe("".join(parts))  # noqa: S308 - numbers, and names of months that are escaped


def _path(name: str, drawn: str) -> str:
    return f'<path class="{name}" d="{drawn}"/>' if drawn else ""


def _month(month: Span) -> str:
    name = escape(dates.month(month.first))
    line = f'<path class="grid-month" d="M{month.x} 0v96"/>'
    return f'{line}<text class="name" x="{month.x + 5}" y="15">{name}</text>'


def _weight(week: Span) -> str:
    size = f'width="{week.width - 2}" height="{week.height}"'
    return (
        f'<rect class="weight" x="{week.x + 1}" y="{week.y}" {size}/>'
        f'<text class="week-count" x="{week.middle}" y="{week.y - 4}">{week.count}</text>'
    )


@register.simple_tag
def year_week_rows(weeks: Iterable[tuple[Span, str]]) -> SafeString:
    """Rows of a table: the week's number, its days, how many events."""
    rows: Iterator[str] = (
        f'<tr><th scope="row">{week.number}</th><td>{escape(days)}</td>'
        f'<td class="number">{week.count}</td></tr>\n'
        for week, days in weeks
    )
    return mark_safe("".join(rows))  # noqa: S308 - numbers, and days that are escaped
