import datetime as dt

from events.outputs import sitemap
from events.outputs.sitemap import Page
from lib import languages
from tests import golden
from tests.events.outputs import cast
from tests.events.outputs.validators import read_xml

HOST = "https://kongresse.example.org"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
CHANGED = dt.datetime(2027, 2, 3, 4, 5, 6, tzinfo=dt.UTC)
FAIR = [("messe-digital-2027", CHANGED)]


def content(pages):
    return b"".join(sitemap.urlset(pages, HOST))


def test_a_part_is_told_as_before():
    fixed = [
        Page({"de": "/", "en": "/en/"}, dt.date(2027, 3, 1)),
        Page({"de": "/veranstaltungen/?when=all&page=2"}, dt.date(2027, 3, 1)),
    ]
    golden.check("sitemap.xml", content([*fixed, *sitemap.pages("event", FAIR)]))


def test_the_index_is_told_as_before():
    parts = [("/sitemap-pages.xml", dt.date(2027, 3, 1)), ("/sitemap-event-1.xml", CHANGED)]
    golden.check("sitemap_index.xml", sitemap.index(parts, HOST))
    assert [part.findtext(MAP + "loc") for part in read_xml(sitemap.index(parts, HOST))] == [
        f"{HOST}/sitemap-pages.xml",
        f"{HOST}/sitemap-event-1.xml",
    ]


def test_every_language_names_all_languages():
    german, english = read_xml(content(sitemap.pages("event", FAIR))).findall(MAP + "url")
    assert german.findtext(MAP + "loc") == f"{HOST}/veranstaltungen/messe-digital-2027/"
    assert english.findtext(MAP + "loc") == f"{HOST}/en/events/messe-digital-2027/"
    alternates = [
        {link.get("hreflang"): link.get("href") for link in page.iter(LINK)} for page in (german, english)
    ]
    assert alternates[0] == alternates[1]
    assert sorted(alternates[0]) == ["de", "en", "x-default"]


def test_the_fullest_part_keeps_the_limits_of_the_protocol():
    longest = [("x" * 80, CHANGED)] * sitemap.PAGES_IN_PART
    size = sum(map(len, sitemap.urlset(sitemap.pages("organisation", longest), HOST)))
    assert len(languages.codes()) * sitemap.PAGES_IN_PART <= 50_000
    assert size < 50_000_000


def test_a_hostile_path_stays_text():
    told = content([Page({"de": '/?a=1&b="<x>"', "en": "/en/"}, CHANGED)])
    assert read_xml(told)[0].findtext(MAP + "loc") == f'{HOST}/?a=1&b="<x>"'


def test_the_pages_of_an_entry_are_those_it_names_itself():
    (page,) = sitemap.pages("event", FAIR)
    assert page.paths["de"] == cast.fair().get_absolute_url()
