"""Events in one line or mark each: written here and not in templates, since a year may have thousands."""

from collections.abc import Iterable, Iterator
from html import escape

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

from events.drawing.year import Bar, Span, Year
from events.year_rows import Entry

register = template.Library()


@register.simple_tag
def year_lines(entries: Iterable[Entry]) -> SafeString:
    """List items, each an anchor by its number: address, title, when and where, what must be said beside."""
    return mark_safe("\n".join(map(_line, entries)))  # noqa: S308 - texts are escaped one by one


def _line(entry: Entry) -> str:
    lang = f' lang="{entry.foreign}"' if entry.foreign else ""
    notes = "".join(f" · <strong>{escape(note)}</strong>" for note in entry.notes)
    # Addresses are of plain slugs (see `lib.quick.entry_url`).
    link = f'<a href="{entry.path}"{lang}>{escape(entry.display_title)}</a>'
    return f'<li id="e{entry.number}">{link} <span>{escape(entry.line)}{notes}</span></li>'


@register.simple_tag
def year_marks(bars: Iterable[Bar]) -> SafeString:
    """The bars of numbered events as marks with their numbers, each leading to its line."""
    return mark_safe("\n".join(_mark(bar) for bar in bars if bar.row.number))  # noqa: S308 - numbers, own words


def _mark(bar: Bar) -> str:
    row = bar.row
    sign = f' class="{row.sign}"' if row.sign else ""
    end = ' class="end"' if bar.ends else ""
    return (
        f'<a href="#e{row.number}" tabindex="-1" transform="translate({bar.x} {bar.y})">'
        f'<path{sign} d="M0 11h{bar.width}"/><text{end} x="{bar.words_x}" y="16">{bar.words}</text></a>'
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
    name = escape(date_format(month.first, "F"))
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
