import datetime as dt

import pytest

from events.outputs import sitemap
from events.outputs.sitemap import Page
from tests import golden
from tests.events.outputs import cast
from tests.events.outputs.validators import read_xml

HOST = "https://kongresse.example.org"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def test_a_sitemap_is_told_as_before():
    fixed = [
        Page({"de": "/", "en": "/en/"}, dt.date(2027, 3, 1)),
        Page({"de": "/veranstaltungen/?when=all&page=2"}, dt.date(2027, 3, 1)),
    ]
    nouns = [cast.fair(), cast.sample()]
    golden.check("sitemap.xml", sitemap.urlset([*fixed, *sitemap.pages(nouns)], HOST))


def test_samples_are_left_out():
    assert [page.paths["de"] for page in sitemap.pages([cast.sample(), cast.fair()])] == [
        "/veranstaltungen/messe-digital-2027/"
    ]


def test_every_language_names_all_languages():
    root = read_xml(sitemap.urlset(sitemap.pages([cast.fair()]), HOST))
    german, english = root.findall(MAP + "url")
    assert german.findtext(MAP + "loc") == f"{HOST}/veranstaltungen/messe-digital-2027/"
    assert english.findtext(MAP + "loc") == f"{HOST}/en/events/messe-digital-2027/"
    alternates = [{link.get("hreflang"): link.get("href") for link in page.iter(LINK)} for page in root]
    assert alternates[0] == alternates[1]
    assert sorted(alternates[0]) == ["de", "en", "x-default"]


def test_a_file_holds_50000_addresses_and_not_one_more():
    page = Page({"de": "/"}, dt.date(2027, 3, 1))
    assert sitemap.urlset([page] * 50_000, HOST)
    with pytest.raises(ValueError, match="50001"):
        sitemap.urlset([page] * 50_001, HOST)
