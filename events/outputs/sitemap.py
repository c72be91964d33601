"""The sitemap (https://www.sitemaps.org/protocol.html) with each page's address in both languages."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from django.utils import translation

from events.outputs import facts, plain
from lib.nouns import Noun

LANGUAGES = ("de", "en")
NAMESPACES = {
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
}
LIMIT = 50_000  # addresses that one file may hold


@dataclass(frozen=True)
class Page:
    """One page: {language: path}, and when it last changed."""

    paths: dict[str, str]
    changed: dt.date | dt.datetime


def pages(nouns: Iterable[Noun]) -> Iterator[Page]:
    """The pages of published entries. Samples are left out: nobody shall find them."""
    for noun in nouns:
        if not noun.is_sample:
            yield Page({language: _path(noun, language) for language in LANGUAGES}, noun.modified_at)


def _path(noun: Noun, language: str) -> str:
    with translation.override(language):
        return facts.path(noun)


def urlset(pages: Iterable[Page], site_url: str) -> bytes:
    """Each page once per language, each time with all its languages; German is for everybody else.

    Raises ValueError beyond the 50,000 addresses that the protocol allows in one file.
    """
    root = Xml.Element("urlset", NAMESPACES)
    for page in pages:
        for path in page.paths.values():
            _add(root, page, site_url, path)
    if len(root) > LIMIT:
        raise ValueError(f"{len(root)} addresses are too many for one sitemap: write an index of several.")
    return plain.xml(root)


def _add(root: Xml.Element, page: Page, site_url: str, path: str) -> None:
    entry = Xml.SubElement(root, "url")
    Xml.SubElement(entry, "loc").text = site_url + path
    changed = (
        plain.moment(page.changed) if isinstance(page.changed, dt.datetime) else page.changed.isoformat()
    )
    Xml.SubElement(entry, "lastmod").text = changed
    languages = dict(page.paths)
    if "de" in languages:
        languages["x-default"] = languages["de"]
    for language, other in languages.items() if len(page.paths) > 1 else ():
        link = {"rel": "alternate", "hreflang": language, "href": site_url + other}
        Xml.SubElement(entry, "xhtml:link", link)
