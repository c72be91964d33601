"""Template tags for what pages and long lists repeat: worked out once, then only put in place."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.core.signals import setting_changed
from django.template.base import NodeList, Parser, Token, render_value_in_context, token_kwargs
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, override

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


# -- lists of links and choices, which templates take ten times as long for ------------------------


@register.simple_tag
def link_items(links: Iterable[Mapping[str, Any]]) -> SafeString:
    """Items of a list: [{label, url, is_current, count}], of which nobody need tell a count."""
    return _joined(
        f'<li><a href="{escape(one["url"])}"{_CURRENT if one["is_current"] else ""}>'
        f"{escape(str(one['label']))}{_count(one.get('count'))}</a></li>"
        for one in links
    )


def _count(number: int | str | None) -> str:
    return "" if number in (None, "") else f' <span class="count">({escape(str(localize(number)))})</span>'


@register.simple_tag
def look_items(looks: Iterable[Any]) -> SafeString:
    """Items of a list: what has `icon`, `label`, `url` and `is_current`."""
    return _joined(
        f'<li><a href="{escape(one.url)}"{_CURRENT if one.is_current else ""}>'
        f"{_icon(one.icon)}<span>{escape(str(one.label))}</span></a></li>"
        for one in looks
    )


@register.simple_tag
def page_items(pages: Iterable[Mapping[str, Any]]) -> SafeString:
    """Items of a list: [{number, url, is_current} or {gap}]."""
    word = escape(gettext("Page"))
    said = f'<span class="visually-hidden">{word} </span>'
    return _joined(_page(said, **one) for one in pages)


def _page(said: str, number: int = 0, url: str = "", is_current: bool = False, gap: bool = False) -> str:
    if gap:
        return '<li class="pagination__far"><span aria-hidden="true">…</span></li>'
    told = f"{said}{escape(str(localize(number)))}</a></li>"
    if is_current:
        return f'<li><a href="{escape(url)}" aria-current="page">{told}'
    return f'<li class="pagination__far"><a href="{escape(url)}">{told}'


@register.simple_tag
def option_items(options: Iterable[Mapping[str, Any]]) -> SafeString:
    """What a <select> offers: [{value, label, is_current}]."""
    return _joined(
        f'<option value="{escape(str(one["value"]))}"{" selected" if one["is_current"] else ""}>'
        f"{escape(str(one['label']))}</option>"
        for one in options
    )


@register.simple_tag
def alternate_items(alternates: Iterable[Mapping[str, Any]]) -> SafeString:
    """For robots: the page in each language, and where it is for all others (config/context.py)."""
    return _joined(
        f'<link rel="alternate" hreflang="{code}" href="{escape(one["url"])}">'
        for one in alternates or ()
        for code in (one["code"], *(["x-default"] if one["is_default"] else []))
    )


@register.simple_tag
def language_links(alternates: Iterable[Mapping[str, Any]]) -> SafeString:
    """The page in the other languages."""
    return _joined(f'<a class="language" {_elsewhere(one)}>{one["name"]}</a>' for one in _others(alternates))


@register.simple_tag
def language_items(alternates: Iterable[Mapping[str, Any]]) -> SafeString:
    """The same as items of a list, in words of these languages."""
    return _joined(
        f"<li><a {_elsewhere(one)}>{_THIS_PAGE.get(one['code'], one['name'])}</a></li>"
        for one in _others(alternates)
    )


def _others(alternates: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [one for one in alternates or () if not one["is_current"]]


def _elsewhere(alternate: Mapping[str, Any]) -> str:
    code = alternate["code"]
    return f'href="{escape(alternate["path"])}" hreflang="{code}" lang="{code}" rel="alternate"'


_THIS_PAGE = {"de": "Diese Seite auf Deutsch", "en": "This page in English"}
_CURRENT = ' aria-current="true"'


def _joined(items: Iterable[str]) -> SafeString:
    """Each text in them is escaped where it is put in."""
    return SafeString("\n".join(items))


# -- what is drawn once ----------------------------------------------------------------------------


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
