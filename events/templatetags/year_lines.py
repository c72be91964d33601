"""Events in one line each: written here and not in a template, since a year may have a thousand of them."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from events.year_rows import Entry

register = template.Library()


@register.simple_tag
def year_lines(entries: Iterable[Entry]) -> SafeString:
    """List items, each an anchor by its number: address, title, when and where, what must be said beside."""
    return format_html_join(
        "\n",
        '<li id="e{}"><a href="{}"{}>{}</a> <span>{}{}</span></li>',
        ((one.number, one.path, _lang(one), one.display_title, one.line, _notes(one)) for one in entries),
    )


def _lang(entry: Entry) -> SafeString | str:
    return format_html(' lang="{}"', entry.foreign) if entry.foreign else ""


def _notes(entry: Entry) -> SafeString:
    return format_html_join("", " · <strong>{}</strong>", ((note,) for note in entry.notes))
