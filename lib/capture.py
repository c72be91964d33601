"""A template tag for text that a page needs twice, such as its title in <title> and in og:title."""

from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


class CaptureNode(template.Node):
    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: Any) -> SafeString:
        words = self.nodelist.render(context).split()
        # Already escaped by the nodes inside; white space of the template's lines is folded.
        context[self.name] = mark_safe(" ".join(words))  # noqa: S308
        return SafeString()


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    """{% capture as name %}…{% endcapture %}: keeps what is rendered inside under that name.

    Blocks may stand inside; a page that extends the template fills them as usual.
    """
    parts = token.split_contents()
    if len(parts) != 3 or parts[1] != "as":
        raise template.TemplateSyntaxError("write it as {% capture as name %}")
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(nodelist, parts[2])
