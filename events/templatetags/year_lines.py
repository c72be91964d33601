"""Events in one line or mark each: written here and not in templates, since a year may have thousands."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from events.drawing.year import Bar
from events.year_rows import Entry

register = template.Library()


@register.simple_tag
def year_lines(entries: Iterable[Entry]) -> SafeString:
    """List items, each an anchor by its number: address, title, when and where, what must be said beside."""
    return mark_safe("\n".join(map(_line, entries)))  # noqa: S308 - texts are escaped one by one


def _line(entry: Entry) -> str:
    lang = f' lang="{entry.foreign}"' if entry.foreign else ""
    notes = "".join(f" · <strong>{escape(note)}</strong>" for note in entry.notes)
    link = f'<a href="{escape(entry.path)}"{lang}>{escape(entry.display_title)}</a>'
    return f'<li id="e{entry.number}">{link} <span>{escape(entry.line)}{notes}</span></li>'


@register.simple_tag
def year_marks(bars: Iterable[Bar]) -> SafeString:
    """The bars of numbered events as marks with their numbers, each leading to its line."""
    return mark_safe("\n".join(_mark(bar) for bar in bars if bar.number))  # noqa: S308 - numbers, own words


def _mark(bar: Bar) -> str:
    sign = f' class="{bar.sign}"' if bar.sign else ""
    end = ' class="end"' if bar.ends else ""
    number = f'<text{end} x="{bar.words_x}" y="16">{escape(bar.words)}</text>'
    where = f'href="#e{bar.number}" tabindex="-1" transform="translate({bar.x} {bar.y})"'
    return f'<a {where}><path{sign} d="M0 11h{bar.width}"/>{number}</a>'
