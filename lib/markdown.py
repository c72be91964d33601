"""Editors' Markdown as safe HTML."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from lib.printable import UNPRINTABLE

_parser = MarkdownIt("commonmark", {"html": False}).enable("table")
_TAGS = {
    "p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre",
    "h2", "h3", "h4", "h5", "h6", "hr", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def render(text: str, *, highest: int = 3) -> SafeString:
    """HTML of the text: no raw HTML, no images, headings start below the page's own (h3 unless told)."""
    # Pages leave these letters out: what is checked here is what stands there.
    tokens = _parser.parse(UNPRINTABLE.sub("", text))
    _fit_headings(tokens, highest)
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(
        html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )  # fmt: skip
    return mark_safe(clean)  # noqa: S308 - cleaned by nh3 in the line above


def _fit_headings(tokens: list[Token], top: int) -> None:
    """The highest heading gets the level `top`; none skips one, whatever the marks (WCAG 1.3.1, G141)."""
    marks = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    highest = min((int(token.tag[1]) for token in marks), default=1)
    level = top - 1
    for token in marks:
        if token.type == "heading_open":
            level = min(int(token.tag[1]) - highest + top, level + 1, 6)
        token.tag = f"h{level}"
