"""The three legal pages: the law's facts are there, in both languages, and nobody's name is built in."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from tests.pages.operator import legal

PAGES = {
    "imprint": ("/impressum/", "/en/imprint/"),
    "privacy": ("/datenschutz/", "/en/privacy/"),
    "accessibility": ("/barrierefreiheit/", "/en/accessibility/"),
}
pytestmark = pytest.mark.django_db
every_address = pytest.mark.parametrize("address", [address for pair in PAGES.values() for address in pair])


@pytest.fixture
def town(settings):
    settings.LEGAL = legal()
    settings.CONTACT_EMAIL = "kongressatlas@musterstadt.example"
    return settings


def text_of(response):
    """What a reader reads, tags taken out."""
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.mark.parametrize(("name", "addresses"), PAGES.items())
def test_each_page_has_an_address_in_each_language(name, addresses):
    for language, address in zip(("de", "en"), addresses, strict=True):
        with override(language):
            assert reverse(f"pages:{name}") == address


@every_address
def test_pages_leave_nothing_behind(client, town, address):
    response = client.get(address)
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.headers["Content-Language"] == ("en" if address.startswith("/en/") else "de")
    assert client.post(address).status_code == 405


@every_address
def test_owed_facts_are_marked_where_nobody_has_entered_them(client, address):
    text = client.get(address).content.decode()
    marked = (
        "<mark>[still to be entered]</mark>"
        if address.startswith("/en/")
        else "<mark>[noch einzutragen]</mark>"
    )
    assert marked in text
    assert settings.PLACEHOLDER not in text


@every_address
def test_a_complete_operator_leaves_no_mark(client, town, address):
    assert "<mark>" not in client.get(address).content.decode()


@every_address
def test_no_law_that_is_no_longer_in_force(client, town, address):
    assert not re.search(r"\b(TMG|RStV|TTDSG)\b|Telemediengesetz", client.get(address).content.decode())


def test_imprint_tells_all_that_the_law_asks(client, town):
    text = text_of(client.get("/impressum/"))
    for fact in (
        "§ 5 des Digitale-Dienste-Gesetzes (DDG) und § 18 des Medienstaatsvertrags (MStV)",
        "Stadt Musterstadt Rathausplatz 1 12345 Musterstadt",
        "Körperschaft des öffentlichen Rechts",
        "Oberbürgermeisterin Erika Mustermann",
        "Kommunalaufsicht des Musterlandes",
        "DE000000000",
        "kongressatlas@musterstadt.example",
        "+49 30 23125 100",
        "Verantwortlich nach § 18 Abs. 2 MStV: Max Mustermann",
    ):
        assert fact in text
    assert "Register" not in text


def test_contacts_can_be_followed(client, town):
    html = client.get("/impressum/").content.decode()
    assert 'href="mailto:kongressatlas@musterstadt.example"' in html
    assert 'href="tel:+493023125100"' in html


def test_german_facts_are_marked_as_german_on_english_pages(client, town):
    html = client.get("/en/imprint/").content.decode()
    assert '<span lang="de">Körperschaft des öffentlichen Rechts</span>' in html
    assert '<span lang="de">' not in client.get("/impressum/").content.decode()


def test_facts_are_text_and_never_markup(client, town):
    town.LEGAL = legal(OPERATOR_NAME="<script>alert(1)</script>")
    assert b"<script>alert" not in client.get("/impressum/").content


def test_privacy_tells_periods_bases_and_cookies(client, town):
    town.LEGAL = legal(SERVER_LOG_DAYS=1)
    town.REPORT_CONTACT_DAYS, town.REPORT_DAYS = 60, 400
    text = text_of(client.get("/datenschutz/"))
    for fact in (
        "nach einem Tag gelöscht",
        "60 Tage nach Eingang",
        "nach 400 Tagen",
        "Art. 6 Abs. 1 Buchst. e DSGVO in Verbindung mit § 3 des Landesdatenschutzgesetzes",
        "Art. 6 Abs. 1 Buchst. c DSGVO",
        "Landesbehindertengleichstellungsgesetz in Verbindung mit der BITV 2.0",
        "§ 25 Abs. 2 Nr. 2 TDDDG",
        town.SESSION_COOKIE_NAME,
        "datenschutz@musterstadt.example",
        "Landesbeauftragte für den Datenschutz",
        "Kommunales Rechenzentrum Musterland",
        "Art. 77 DSGVO",
    ):
        assert fact in text


def test_accessibility_statement_follows_the_model(client, town):
    text = text_of(client.get("/barrierefreiheit/"))
    for fact in (
        "Öffentliche Stelle: Stadt Musterstadt",
        f"für die Website {town.SITE_URL}",
        "Richtlinie (EU) 2016/2102",
        "EN 301 549 V3.2.1",
        "teilweise vereinbar",
        "Inhalte außerhalb des Anwendungsbereichs",
        "Programmhefte der Veranstalter",
        "Begründung: Verlinkte PDF-Dateien",
        "Barrierefreie Alternative:",
        "Erstellt am 2. November 2026",
        "Zuletzt überprüft am 30. Januar 2027",
        "Selbstbewertung",
        "innerhalb von 28 Tagen",
        "Durchsetzungsstelle für digitale Barrierefreiheit des Musterlandes",
    ):
        assert fact in text
    html = client.get("/barrierefreiheit/").content.decode()
    assert 'href="/barriere-melden/"' in html.split("<main", 1)[1].split("</main>")[0]
    assert 'href="https://www.durchsetzungsstelle.musterland.example/"' in html


@pytest.mark.parametrize(
    ("status", "words"),
    [("full", "vollständig vereinbar"), ("partly", "teilweise vereinbar"), ("not", "nicht vereinbar")],
)
def test_each_status_has_its_sentence(client, town, status, words):
    town.LEGAL = legal(ACCESSIBILITY_STATUS=status)
    text = text_of(client.get("/barrierefreiheit/"))
    assert [
        one for one in ("vollständig vereinbar", "teilweise vereinbar", "nicht vereinbar") if one in text
    ] == [words]


def test_barriers_come_in_the_visitors_language_and_by_ground(client, town):
    own = {"part": "Karte", "reason": "Wird ersetzt.", "ground": "noncompliance"}
    town.LEGAL = legal(ACCESSIBILITY_BARRIERS=[*town.LEGAL["ACCESSIBILITY_BARRIERS"], own])
    text = text_of(client.get("/en/accessibility/"))
    assert text.index("Not compatible with the requirements") < text.index("Karte")
    assert (
        text.index("Karte") < text.index("Outside the scope of the law") < text.index("Organisers’ programme")
    )
    assert '<span lang="de">Wird ersetzt.</span>' in client.get("/en/accessibility/").content.decode()


@pytest.mark.parametrize("address", ["/barrierefreiheit/", "/en/imprint/"])
def test_easy_and_sign_language_are_linked_on_every_page(client, settings, address):
    assert "Leichte Sprache" not in client.get(address).content.decode()
    settings.EASY_LANGUAGE_URL = "https://www.musterstadt.example/leicht"
    settings.SIGN_LANGUAGE_URL = "https://www.musterstadt.example/dgs"
    html = client.get(address).content.decode()
    assert '<a href="https://www.musterstadt.example/leicht" lang="de">Leichte Sprache</a>' in html
    assert '<a href="https://www.musterstadt.example/dgs" lang="de">Gebärdensprache</a>' in html


def test_no_template_names_an_operator():
    """The names of the example stand for any operator's."""
    folder = settings.BASE_DIR / "templates"
    texts = [path.read_text() for path in folder.rglob("*") if path.is_file()]
    assert not [text for text in texts if re.search(r"Muster(stadt|land)|mailto:\w|\bTMG\b|\bRStV\b", text)]
