"""The card of an event that was fetched with `for_listing()`."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from events.cards import card_of
from events.models import Event

register = template.Library()


@register.simple_tag(takes_context=True)
def event_card(context: Any, event: Event, level: int | str = "") -> SafeString:
    """The one that was drawn before, if there is one; `level` is that of the title (3 unless told)."""
    if event.card:
        return SafeString(event.card)
    return card_of(event, int(level or 3)).html(context.get("matcher"), event.away)
