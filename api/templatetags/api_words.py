"""Words of the description as its page shows them."""

import re

from django import template
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def code_words(text: str) -> SafeString:
    """What stands between backquotes becomes code."""
    parts = re.split(r"`([^`]*)`", str(text))
    told = [("code", part) if number % 2 else ("span", part) for number, part in enumerate(parts) if part]
    return format_html_join("", "<{0}>{1}</{0}>", told)


@register.filter
def linked_shapes(kind: str) -> SafeString:
    """A type whose shapes, the words with a capital letter, lead to their description on the page."""
    escaped = str(conditional_escape(kind))
    told = re.sub(r"\b[A-Z]\w*", r'<a href="#shape-\g<0>">\g<0></a>', escaped)
    return mark_safe(told)  # noqa: S308 (escaped above)


@register.filter
def breakable(text: str) -> SafeString:
    """A path or a name that may break behind slashes and underscores."""
    escaped = str(conditional_escape(text))
    return mark_safe(re.sub(r"([/_])", r"\1<wbr>", escaped))  # noqa: S308 (escaped above)
