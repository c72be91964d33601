"""Template tags for what pages and long lists repeat: worked out once, then only put in place."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.loader import render_to_string
from django.test.signals import setting_changed
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

# A slug as any other, that no entry has.
_SLUG = "x-x-x-x-x"


@register.simple_tag
def icon(name: str) -> SafeString:
    """The component of that name, drawn once: a sign is the same on every page."""
    return _icon(name)


@lru_cache(maxsize=100)
def _icon(name: str) -> SafeString:
    return SafeString(render_to_string("components/icon.html", {"name": name}).strip())


@register.simple_tag
def entry_url(route: str, slug: str) -> str:
    """The same as `{% url route slug %}` for entries with plain slugs, in the active language."""
    before, after = _around(route, get_language() or "")
    return f"{before}{slug}{after}"


@lru_cache(maxsize=100)
def _around(route: str, language: str) -> tuple[str, str]:
    """What stands before and after the slug."""
    before, _slug, after = reverse(route, kwargs={"slug": _SLUG}).partition(_SLUG)
    return before, after


class OnceNode(template.Node):
    def __init__(self, nodelist: NodeList, names: list[Any]) -> None:
        self.nodelist = nodelist
        self.names = names
        self._drawn: dict[tuple[Any, ...], SafeString] = {}
        # Tests change settings that stand inside.
        setting_changed.connect(self._forget, weak=True)

    def _forget(self, **_about: Any) -> None:
        self._drawn.clear()

    def render(self, context: Any) -> SafeString:
        key = (get_language(), *(name.resolve(context) for name in self.names))
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = self._drawn[key] = self.nodelist.render(context)
        return drawn


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """{% once %}…{% endonce %}: what is inside depends on the language and on settings alone.

    So it is drawn once in a process. {% once one two %} draws it once for each pair of these values, which
    must be few. No block stands inside.
    """
    names = [parser.compile_filter(name) for name in token.split_contents()[1:]]
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(nodelist, names)
