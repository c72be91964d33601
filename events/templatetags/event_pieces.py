"""Parts of an event's own page that are drawn once for each version of the event (events/page_pieces.py)."""

from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.utils.safestring import SafeString

register = template.Library()


class PieceNode(template.Node):
    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: Any) -> SafeString:
        pieces: dict[str, str] = context["pieces"]
        found = pieces.get(self.name)
        if found is None:
            found = pieces[self.name] = self.nodelist.render(context)
        return SafeString(found)


@register.tag
def piece(parser: Parser, token: Token) -> PieceNode:
    """{% piece name %}…{% endpiece %}: what is inside depends on the event, the language and settings alone.

    It is taken from `pieces` in the context, or drawn and left there. No block stands inside, and what is set
    inside is not known behind it.
    """
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endpiece",))
    parser.delete_first_token()
    return PieceNode(nodelist, name)
