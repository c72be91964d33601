"""Pictures, codes, short addresses, and how pages pass themselves on."""

import io
import re
import uuid
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree as Xml

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from events.models import Event, Series
from events.templatetags.event_tags import place_line
from sharing import codes
from sharing.templatetags.sharing_tags import mail_address
from tests.factories import EventFactory, OrganisationFactory, SeriesFactory, VenueFactory
from tests.sharing.reading import metas

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


# -- pictures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/teilen/smart-country-tage-2026.png", "/en/share/smart-country-tage-2026.png", "/teilen.png",
             "/en/share.png", "/teilen/reihen/smart-country.png"]
)  # fmt: skip
def test_a_picture_is_a_png_that_need_not_be_sent_twice(client, cast, path):
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    with Image.open(io.BytesIO(response.content)) as image:
        assert image.size == (1200, 630)
    again = client.get(path, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", response["ETag"])
    assert not response.cookies


def test_an_edit_changes_the_picture(client, cast):
    path = f"/teilen/{cast.congress.slug}.png"
    before = client.get(path)
    Event.objects.filter(pk=cast.congress.pk).update(status="cancelled")
    after = client.get(path, headers={"if-none-match": before["ETag"]})
    assert (after.status_code, after.content != before.content) == (200, True)


@pytest.mark.parametrize("ending", ["png", "svg"])
@pytest.mark.parametrize(("name", "status"), [("draft", 404), ("later", 404), ("withdrawn", 410)])
def test_what_is_not_public_has_no_picture(client, cast, ending, name, status):
    response = client.get(f"/teilen/{getattr(cast, name).slug}.{ending}")
    assert (response.status_code, response["Content-Type"]) == (status, "text/html; charset=utf-8")


@pytest.mark.parametrize("path", ["/teilen/{}.png", "/teilen/{}.svg"])
def test_former_slugs_lead_to_the_picture(client, cast, path):
    Event.objects.filter(pk=cast.congress.pk).update(slug="neuer-name")
    response = client.get(path.format(cast.congress.slug))
    assert (response.status_code, response["Location"]) == (301, path.format("neuer-name"))


def test_a_former_slug_of_a_series_leads_to_its_picture(client, cast):
    Series.objects.filter(pk=cast.series.pk).update(slug="neue-reihe")
    response = client.get("/teilen/reihen/smart-country.png")
    assert (response.status_code, response["Location"]) == (301, "/teilen/reihen/neue-reihe.png")


def test_a_picture_costs_the_same_for_one_three_and_many(client, django_assert_num_queries):
    series = SeriesFactory(slug="tage")
    for number in (1, 3, 30):
        event = EventFactory(
            series=series,
            organisers=OrganisationFactory.create_batch(number),
            venues=VenueFactory.create_batch(number),
        )
        with django_assert_num_queries(5):
            client.get(f"/teilen/{event.slug}.png")
        with django_assert_num_queries(5):
            client.get(f"/teilen/{event.slug}.svg")
        with django_assert_num_queries(2):
            client.get("/teilen/reihen/tage.png")


# -- codes ----------------------------------------------------------------------------------------


@settings(max_examples=200)
@given(st.uuids())
def test_a_code_means_its_identifier(uid):
    code = codes.code_of(uid)
    first, last = codes.uids_of(code)
    assert first <= uid <= last
    assert codes.uids_of(code.upper().replace("0", "O").replace("1", "l")) == (first, last)


@pytest.mark.parametrize("code", ["", "abc", "0" * 8, "0" * 10, "uuuuuuuuu", "00000000ä", "00000 000"])
def test_what_is_no_code_means_nothing(code):
    assert codes.uids_of(code) is None


def test_the_short_address_stays_when_the_slug_changes(client, cast, django_assert_num_queries):
    path = f"/e/{codes.code_of(cast.congress.uid)}"
    Event.objects.filter(pk=cast.congress.pk).update(slug="neuer-name")
    with django_assert_num_queries(1):
        response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, "/veranstaltungen/neuer-name/")
    assert client.get(f"/en{path}")["Location"] == "/en/events/neuer-name/"


@pytest.mark.parametrize(("name", "status"), [("draft", 404), ("later", 404), ("withdrawn", 410)])
def test_short_addresses_hide_what_is_not_public(client, cast, name, status):
    assert client.get(f"/e/{codes.code_of(getattr(cast, name).uid)}").status_code == status


@pytest.mark.parametrize("code", ["000000000", "unbekannt", "x", "a" * 300])
def test_unknown_short_addresses_are_not_found(client, cast, code):
    assert client.get(f"/e/{code}").status_code == 404


def test_of_two_events_with_one_code_the_older_keeps_it(client):
    first, second = (EventFactory(uid=uuid.UUID(int=(7 << 83) + number)) for number in (5, 1))
    assert codes.code_of(first.uid) == codes.code_of(second.uid)
    assert client.get(f"/e/{codes.code_of(second.uid)}")["Location"] == first.get_absolute_url()


def test_the_qr_code_is_a_picture_without_anything_active(client, cast):
    response = client.get(f"/teilen/{cast.congress.slug}.svg")
    assert response["Content-Type"] == "image/svg+xml"
    svg = response.content.decode()
    assert "<title>Smart-Country-Tage 2026</title>" in svg
    assert 'viewBox="0 0 ' in svg
    for active in ("<script", "style=", "href", "on"):
        assert active not in re.sub(r"<title>.*?</title>|encoding|version", "", svg), active


def test_the_qr_code_keeps_a_hostile_title_as_text():
    title = 'A <script>x</script> & "c" ]]>'
    root = Xml.fromstring(codes.qr_svg("https://kongresse.example.org/e/000000000", title))  # noqa: S314
    assert [one.text for one in root if one.tag.endswith("title")] == [title]


# -- pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "title", "picture", "alt"),
    [
        ("/", "Kongressatlas – Veranstaltungen zur digitalen Verwaltung", "/teilen.png", "Kongressatlas"),
        ("/veranstaltungen/smart-country-tage-2026/", "Smart-Country-Tage 2026",
         "/teilen/smart-country-tage-2026.png", "Smart-Country-Tage 2026, 20.–22. Oktober 2026, Berlin"),
        ("/en/events/smart-country-tage-2026/", "Smart Country Days 2026",
         "/en/share/smart-country-tage-2026.png", "Smart Country Days 2026, 20–22 October 2026, Berlin"),
        ("/reihen/smart-country/", "Smart-Country-Tage", "/teilen/reihen/smart-country.png",
         "Smart-Country-Tage"),
        ("/veranstaltungen/?topic=cloud", "Kommende Veranstaltungen – Kongressatlas", "/teilen.png",
         "Kongressatlas"),
    ],
)  # fmt: skip
def test_pages_say_how_their_link_is_shown(client, cast, settings, path, title, picture, alt):
    told = metas(client.get(path))
    assert told["og:title"] == title
    assert told["og:image"] == settings.SITE_URL + picture
    assert told["og:image:alt"] == alt
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["twitter:card"] == "summary_large_image"
    other = "de_DE" if path.startswith("/en/") else "en_GB"
    assert told["og:locale:alternate"] == other != told["og:locale"]
    assert client.get(picture).status_code == 200


def test_the_title_of_a_link_says_that_the_event_is_cancelled(client, cast):
    Event.objects.filter(pk=cast.congress.pk).update(status="cancelled")
    assert (
        metas(client.get(cast.congress.get_absolute_url()))["og:title"] == "Abgesagt: Smart-Country-Tage 2026"
    )


def test_a_preview_is_not_shared(admin_client, cast):
    page = admin_client.get(cast.draft.get_absolute_url()).content.decode()
    for trace in (f"/teilen/{cast.draft.slug}", "oembed", "mailto:", "/einbetten/?event", "/e/"):
        assert trace not in page, trace


def test_a_mail_carries_title_date_place_and_address(client, cast, settings):
    page = client.get(cast.regional_day.get_absolute_url()).content.decode()
    address = unescape(re.search(r'href="(mailto:[^"]+)"', page)[1])
    assert address.isascii()
    assert not re.search(r"[ +&](?!body=)", address)
    query = parse_qs(urlsplit(address).query, strict_parsing=True)
    assert query["subject"] == ["Zukunft digitale Kommune – Kongressatlas"]
    assert query["body"][0].split("\r\n") == [
        "Zukunft digitale Kommune",
        "11. März 2027",
        place_line(cast.regional_day),
        f"{settings.SITE_URL}/veranstaltungen/digitaltag-essen-2027/",
    ]


def test_a_mail_keeps_hostile_titles_together():
    event = EventFactory(title="A&body=x\r\nBcc: y@example.org % Grüße?", status="postponed")
    with translation.override("de"):
        address = mail_address(Event.objects.for_listing().get(pk=event.pk))
    assert address.count("&") == address.count("?") == 1
    subject, body = address.removeprefix("mailto:?subject=").split("&body=")
    assert unquote(subject) == "Verschoben: A&body=x Bcc: y@example.org % Grüße? – Kongressatlas"
    assert "März" not in unquote(body)


def test_paper_shows_where_the_page_is(client, cast, settings):
    page = client.get(cast.congress.get_absolute_url()).content.decode()
    assert f'<img src="/teilen/{cast.congress.slug}.svg"' in page
    assert f"{settings.SITE_URL}/e/{codes.code_of(cast.congress.uid)}" in page
    assert "https://tage.example/" in page
