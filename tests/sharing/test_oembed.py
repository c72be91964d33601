"""oEmbed 1.0: how other sites learn to embed our pages."""

import json
from xml.etree import ElementTree as Xml

import pytest
from django.test import Client

from events.models import Event, Series
from tests.factories import EventFactory, SeriesFactory
from tests.sharing.reading import elements, metas

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def ask(settings):
    """Asks about a path of this site, or a whole address."""

    def ask(path, **more):
        url = path if "://" in path else settings.SITE_URL + path
        return Client().get("/oembed", {"url": url, **more})

    return ask


def told(response):
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/json"
    return json.loads(response.content)


def test_an_event_is_told_as_a_frame_with_its_picture(ask, cast, settings):
    answer = told(ask(cast.congress.get_absolute_url()))
    (frame,) = elements(answer.pop("html"), "iframe")
    assert frame["src"] == f"{settings.SITE_URL}/einbetten/veranstaltungen/{cast.congress.slug}/"
    assert answer == {
        "version": "1.0",
        "type": "rich",
        "title": "Smart-Country-Tage 2026",
        "url": f"{settings.SITE_URL}/veranstaltungen/{cast.congress.slug}/",
        "provider_name": "Kongressatlas",
        "provider_url": settings.SITE_URL,
        "cache_age": 3600,
        "width": 640,
        "height": 200,
        "thumbnail_url": f"{settings.SITE_URL}/teilen/{cast.congress.slug}.png",
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }


@pytest.mark.parametrize(
    ("path", "title", "frame"),
    [
        ("/veranstaltungen/?topic=cloud&when=all", "Kongressatlas: Veranstaltungen: Cloud-Infrastruktur",
         "/einbetten/veranstaltungen/?when=all&topic=cloud"),
        ("/en/events/", "Kongressatlas: Events", "/en/embed/events/"),
        ("/en/events/smart-country-tage-2026/", "Smart Country Days 2026",
         "/en/embed/events/smart-country-tage-2026/"),
        ("/reihen/smart-country/", "Smart-Country-Tage",
         "/einbetten/veranstaltungen/?when=all&series=smart-country"),
        ("/en/series/smart-country/", "Smart-Country-Tage",
         "/en/embed/events/?when=all&series=smart-country"),
        ("/themen/ozg/", "Onlinezugangsgesetz", "/einbetten/veranstaltungen/?when=all&topic=ozg"),
        ("/orte/kubus-berlin/", "Kubus, Berlin", "/einbetten/veranstaltungen/?when=all&venue=kubus-berlin"),
        ("/organisationen/digitalverband/", "Digitalverband Nord",
         "/einbetten/veranstaltungen/?when=all&organisation=digitalverband"),
        ("/personen/ariane-muster/", "Dr. Ariane Müßig",
         "/einbetten/veranstaltungen/?when=all&speaker=ariane-muster"),
    ],
)  # fmt: skip
def test_lists_and_nouns_are_told_as_the_list_of_their_events(ask, cast, settings, path, title, frame):
    answer = told(ask(path))
    assert (answer["type"], answer["title"]) == ("rich", title)
    (found,) = elements(answer["html"], "iframe")
    assert sorted(found["src"].split("?")) == sorted((settings.SITE_URL + frame).split("?"))
    assert Client().get(found["src"].removeprefix(settings.SITE_URL)).status_code == 200


def test_the_start_page_is_a_link(ask, cast):
    answer = told(ask("/"))
    assert answer["type"] == "link"
    assert "html" not in answer


def test_xml_says_the_same(ask, cast):
    path = cast.congress.get_absolute_url()
    response = ask(path, format="xml")
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    root = Xml.fromstring(response.content)  # noqa: S314 - our own answer
    assert root.tag == "oembed"
    assert {one.tag: one.text for one in root} == {
        name: str(value) for name, value in told(ask(path)).items()
    }


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({"maxwidth": "300"}, (300, 200)),
        ({"maxwidth": "5000", "maxheight": "5000"}, (640, 200)),
        ({"maxheight": "150"}, (640, 150)),
    ],
)
def test_the_frame_keeps_to_the_room_it_is_given(ask, cast, asked, wanted):
    answer = told(ask(cast.congress.get_absolute_url(), **asked))
    (frame,) = elements(answer["html"], "iframe")
    assert (answer["width"], answer["height"]) == wanted
    assert frame["height"] == str(wanted[1])
    assert f"width: {wanted[0]}px" in frame["style"]


@pytest.mark.parametrize("asked", [{"maxwidth": "100"}, {"maxheight": "50"}])
def test_where_no_frame_fits_a_link_is_told(ask, cast, asked):
    answer = told(ask(cast.congress.get_absolute_url(), **asked))
    assert (answer["type"], "html" in answer, "thumbnail_url" in answer) == ("link", False, False)


@pytest.mark.parametrize("number", ["0", "-1", "ab", "1e3", "²", "9" * 40, "%00"])
def test_a_size_that_is_no_number_is_refused(ask, cast, number):
    response = ask(cast.congress.get_absolute_url(), maxwidth=number)
    assert (response.status_code, response.content[:9]) == (400, b"maxwidth:")


def test_a_format_that_nobody_knows_is_not_implemented(ask, cast):
    assert ask(cast.congress.get_absolute_url(), format="yaml").status_code == 501


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/veranstaltungen/smart-country-tage-2026/",
        "https://other.example/@127.0.0.1:8000/veranstaltungen/",
        "javascript:alert(1)",
        "//other.example/",
        "http://[",
        "/admin/",
        "/impressum/",
        "/veranstaltungen/gibt-es-nicht/",
        "/veranstaltungen/entwurf/",
        "/veranstaltungen/morgen-sichtbar/",
        "/veranstaltungen/?mode=fax",
        "/veranstaltungen/%00/",
        "/oembed",
    ],
)
def test_all_that_is_no_public_page_of_ours_is_unknown(ask, cast, settings, url):
    response = ask(settings.SITE_URL + url if url.startswith("/") and not url.startswith("//") else url)
    assert response.status_code == 404
    assert "Location" not in response
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_question_without_an_address_is_unknown(client, cast):
    assert client.get("/oembed").status_code == 404


def test_what_was_withdrawn_is_gone(ask, cast):
    assert ask(cast.withdrawn.get_absolute_url()).status_code == 410


def test_former_slugs_are_followed(ask, cast, settings):
    Event.objects.filter(pk=cast.congress.pk).update(slug="neuer-name")
    Series.objects.filter(pk=cast.series.pk).update(slug="neue-reihe")
    answer = told(ask("/veranstaltungen/smart-country-tage-2026/"))
    assert answer["url"] == f"{settings.SITE_URL}/veranstaltungen/neuer-name/"
    assert told(ask("/en/series/smart-country/"))["url"] == f"{settings.SITE_URL}/en/series/neue-reihe/"
    filtered = told(ask("/veranstaltungen/?series=smart-country"))
    assert filtered["url"] == f"{settings.SITE_URL}/veranstaltungen/?series=neue-reihe"


def test_a_hostile_title_stays_text(ask, settings):
    event = EventFactory(title='Tag "1" <script>alert(1)</script> & Käse\x0b')
    answer = told(ask(event.get_absolute_url()))
    assert answer["title"] == 'Tag "1" <script>alert(1)</script> & Käse'
    (frame,) = elements(answer["html"], "iframe")
    assert frame["title"] == answer["title"]
    assert elements(answer["html"], "script") == []
    Xml.fromstring(ask(event.get_absolute_url(), format="xml").content)  # noqa: S314 - our own answer


def test_answers_cost_the_same_for_one_three_and_many(ask, django_assert_num_queries, settings):
    series = SeriesFactory(slug="tage")
    for number in (1, 3, 30):
        events = EventFactory.create_batch(number, series=series)
        with django_assert_num_queries(5):
            told(ask(events[0].get_absolute_url()))
        # The series, former slugs, the name in the title, the number of its events.
        with django_assert_num_queries(4):
            told(ask("/reihen/tage/"))


@pytest.mark.parametrize("path", ["/veranstaltungen/?topic=cloud", "/reihen/smart-country/",
                                  "/en/events/smart-country-tage-2026/"])  # fmt: skip
def test_pages_say_where_to_ask(client, cast, settings, path):
    page = client.get(path)
    links = [one for one in elements(page.content.decode(), "link") if "oembed" in one.get("type", "")]
    assert {one["type"] for one in links} == {"application/json+oembed", "text/xml+oembed"}
    for link in links:
        assert link["href"].startswith(f"{settings.SITE_URL}/oembed?")
        assert client.get(link["href"].removeprefix(settings.SITE_URL)).status_code == 200
    assert metas(page)["og:image"]
