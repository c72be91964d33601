"""A template tag that shows in a text where the words of a question stand."""

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def marked(context: Any, text: str) -> SafeString:
    """The text with its hits inside <mark>, everything else escaped.

    Whether and how words hit is told by the context's `matcher`; where there is none nothing is marked.
    """
    matcher = context.get("matcher")
    return matcher.highlight(text) if matcher else conditional_escape(text)
