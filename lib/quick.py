"""Template tags for what pages and long lists repeat: worked out once, then only put in place."""

import re
from functools import lru_cache
from typing import Any

from django import template
from django.core.signals import setting_changed
from django.template.base import NodeList, Parser, Token, render_value_in_context, token_kwargs
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

register = template.Library()

# No text holds control characters.
_SLOTS = re.compile("\x02([0-9]+)\x03")
# Drawings of one place that are kept, whatever visitors may ask for.
_MOST = 100
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


def entry_path(route: str, slug: str, language: str) -> str:
    """The same in that language."""
    with override(language):
        return entry_url(route, slug)


@lru_cache(maxsize=100)
def _around(route: str, language: str) -> tuple[str, str]:
    """What stands before and after the slug."""
    before, _slug, after = reverse(route, kwargs={"slug": _SLUG}).partition(_SLUG)
    return before, after


class OnceNode(template.Node):
    def __init__(self, nodelist: NodeList, keys: list[Any], slots: dict[str, Any]) -> None:
        self.nodelist, self.keys = nodelist, keys
        self.names, self.values = tuple(slots), tuple(slots.values())
        # What was drawn, cut at the slots: HTML and the number of a slot by turns.
        self._drawn: dict[tuple[Any, ...], list[Any]] = {}
        # Tests change settings that stand inside.
        setting_changed.connect(self._forget, weak=True)

    def _forget(self, **_about: Any) -> None:
        self._drawn.clear()

    def render(self, context: Any) -> SafeString:
        key = (get_language(), *(one.resolve(context) for one in self.keys))
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = self._draw(context)
            if len(self._drawn) >= _MOST:
                self._forget()
            self._drawn[key] = drawn
        if not self.values:
            return SafeString(drawn[0])
        told = drawn.copy()
        values = [render_value_in_context(one.resolve(context), context) for one in self.values]
        told[1::2] = [values[number] for number in drawn[1::2]]
        return SafeString("".join(told))

    def _draw(self, context: Any) -> list[Any]:
        slots = {name: SafeString(f"\x02{number}\x03") for number, name in enumerate(self.names)}
        with context.push(**slots):
            pieces: list[Any] = _SLOTS.split(self.nodelist.render(context))
        pieces[1::2] = map(int, pieces[1::2])
        return pieces


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """{% once %}…{% endonce %}: what is inside depends on the language and on settings alone.

    So it is drawn once in a process. {% once one two %} draws it once for each pair of these values, which
    must be few. In {% once one two with text=some.value %} the value may be any: {{ text }} inside is where
    it is put, escaped as usual, so no tag or filter there may ask what it is. No block stands inside.
    """
    keys = token.split_contents()[1:]
    slots: dict[str, Any] = {}
    if "with" in keys:
        place = keys.index("with")
        slots = token_kwargs(keys[place + 1 :], parser)
        keys = keys[:place]
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(nodelist, [parser.compile_filter(one) for one in keys], slots)
