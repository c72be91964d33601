"""Cards of events, which have been drawn before on most pages (events/cards.py); and their lines."""

from collections.abc import Iterable

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from events.cards import Shown, card_of
from events.line_drawing import line_of
from events.models import Event

register = template.Library()


@register.simple_tag
def event_card(event: Event | Shown, level: int | str = "") -> str:
    """The one that was drawn before, or one of an event that was fetched with `for_listing()`.

    `level` is that of the title (3 unless told).
    """
    return event.card if isinstance(event, Shown) else card_of(event, int(level or 3)).html()


@register.simple_tag
def event_cards(events: Iterable[Event | Shown], level: int | str = "") -> SafeString:
    """The same of several, each a list item with the lines that tell where it matched a question."""
    items = (f"<li>{event_card(event, level)}{_found(event)}</li>\n" for event in events)
    return mark_safe("".join(items))  # noqa: S308 - drawn by templates and events/card_drawing.py


@register.simple_tag
def event_line(event: Event) -> SafeString:
    """In one or two lines, of an event that was fetched with its venues."""
    return line_of(event)


def _found(event: Event | Shown) -> str:
    if not isinstance(event, Shown) or not event.found:
        return ""
    return render_to_string("components/found.html", {"found": event.found, "LANGUAGE_CODE": get_language()})
