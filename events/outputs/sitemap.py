"""The sitemap (https://www.sitemaps.org/protocol.html): an index of parts, written address by address.

Each page stands there in all languages of the site, each time with all of them (hreflang); the first one is
for everybody else. Samples are left out: nobody shall find them.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from django.urls import reverse
from django.utils import translation

from events.outputs import facts, plain
from lib import languages

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
# Two addresses each. The protocol allows 50,000 in one file of 50 MB; the longest slugs make 12 MB of these.
PAGES_IN_PART = 5_000

Changed = dt.date | dt.datetime


@dataclass(frozen=True)
class Page:
    """One page: {language: path}, and when it last changed."""

    paths: dict[str, str]
    changed: Changed


def pages(kind: str, rows: Iterable[tuple[str, dt.datetime]]) -> Iterator[Page]:
    """The pages of entries of that kind ("event", "series" …) from their slugs and when they last changed."""
    patterns = {}
    for language in languages.codes():
        with translation.override(language):
            patterns[language] = reverse(facts.URL_NAMES[kind], args=["SLUG"])
    for slug, changed in rows:
        yield Page({name: pattern.replace("SLUG", slug) for name, pattern in patterns.items()}, changed)


def urlset(pages: Iterable[Page], site_url: str) -> Iterator[bytes]:
    """The file of a part, page by page."""
    yield f"{HEAD}<urlset {SCHEMA} {XHTML}>\n".encode()
    for page in pages:
        yield "".join(_url(page, site_url, path) for path in page.paths.values()).encode()
    yield b"</urlset>\n"


def index(parts: Iterable[tuple[str, Changed]], site_url: str) -> bytes:
    """The file that names the parts: the path of each and when something in it last changed."""
    lines = [f"{HEAD}<sitemapindex {SCHEMA}>"]
    for path, changed in parts:
        lines += [
            " <sitemap>",
            f"  <loc>{escape(site_url + path)}</loc>",
            f"  <lastmod>{_moment(changed)}</lastmod>",
            " </sitemap>",
        ]
    return "\n".join([*lines, "</sitemapindex>\n"]).encode()


def _url(page: Page, site_url: str, path: str) -> str:
    lines = [
        " <url>",
        f"  <loc>{escape(site_url + path)}</loc>",
        f"  <lastmod>{_moment(page.changed)}</lastmod>",
    ]
    others = dict(page.paths) if len(page.paths) > 1 else {}
    if (default := languages.codes()[0]) in others:
        others["x-default"] = others[default]
    for language, other in others.items():
        address = quoteattr(site_url + other)
        lines.append(f'  <xhtml:link rel="alternate" hreflang="{language}" href={address} />')
    return "\n".join([*lines, " </url>\n"])


def _moment(changed: Changed) -> str:
    return plain.moment(changed) if isinstance(changed, dt.datetime) else changed.isoformat()
