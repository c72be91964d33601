"""Colours, signs and logos of the operator's own, and what `check` says of them."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import clear_url_caches
from django.utils import translation
from PIL import Image

from branding import checks
from config import branding, context
from lib import languages, palette, quick
from lib.colours import contrast, mixed, read, tokens, written
from lib.look import Made, addresses, made
from lib.site import site_name
from pages import errors
from tests.branding.walking import FOLDER

GREEN = "#00594f"


@pytest.mark.parametrize(
    ("one", "two", "ratio"),
    [("#000000", "#ffffff", 21), ("#767676", "#ffffff", 4.54), ("#777777", "#ffffff", 4.48)],
)  # fmt: skip
def test_contrast_is_that_of_the_guidelines(one, two, ratio):
    assert round(contrast(read(one), read(two)), 2) == ratio
    assert contrast(read(two), read(one)) == contrast(read(one), read(two))


def test_colours_are_read_as_they_are_written():
    assert written(read("#00594F")) == GREEN
    assert mixed(read(GREEN), palette.WHITE, 1) == palette.WHITE
    with pytest.raises(ValueError, match="no colour"):
        read("#00594")


def test_the_software_brings_an_accent_that_can_be_read(settings):
    assert settings.ACCENT_COLOUR == ""
    assert palette.accent() == tokens()["kern-color-action-default"]
    assert palette.accent("dark") == tokens("dark")["kern-color-action-default"] != palette.accent()
    assert list(palette.unreadable()) == []
    assert addresses() == dict.fromkeys(addresses(), "")


def test_an_accent_that_cannot_be_read_is_refused_with_its_ratio(settings):
    settings.ACCENT_COLOUR = "#ffcc00"
    found = checks.accent()
    assert [one.id for one in found] == ["branding.accent"] * 2, "on the page and on bands across it"
    assert found[0].msg == "ACCENT_COLOUR #ffcc00 has a contrast of 1.51 on #ffffff; text needs 4.5."
    settings.ACCENT_COLOUR, settings.ACCENT_COLOUR_DARK = GREEN, GREEN
    assert {one.msg.split()[0] for one in checks.accent()} == {"ACCENT_COLOUR_DARK"}


@pytest.mark.parametrize("colour", [GREEN, "#8a1538", "#000000", "#1f4bb4", "#5b2d8e"])
def test_a_dark_theme_follows_from_a_light_one(settings, colour):
    settings.ACCENT_COLOUR = colour
    assert list(palette.unreadable()) == []
    for theme in palette.THEMES:
        assert contrast(palette.accent(theme), palette.on_accent(theme)) >= palette.LEAST_CONTRAST


@pytest.mark.django_db
def test_the_colours_are_served_under_the_hash_of_their_content(client, settings):
    settings.ACCENT_COLOUR = GREEN
    response = client.get(addresses()["colours"])
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response["Cache-Control"]
    assert f"--kern-color-action-default: light-dark({GREEN}, " in response.content.decode()
    former = addresses()["colours"]
    settings.ACCENT_COLOUR = "#8a1538"
    assert addresses()["colours"] != former
    stale = client.get(former)
    assert "#8a1538" in stale.content.decode(), "a page may be older than the settings"
    assert "immutable" not in stale["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/look/colours-0123456789ab.css", "/look/logo-0123456789ab.svg", "/look/x-0123456789ab.css"]
)
def test_what_is_not_set_is_not_there(client, db, path):
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_the_sign_takes_the_accent_unless_it_is_given(client, settings):
    settings.ACCENT_COLOUR = GREEN
    assert GREEN.encode() in client.get(addresses()["favicon"]).content
    settings.FAVICON = branding.picture("FAVICON", str(FOLDER / "logo.svg"))
    assert client.get(addresses()["favicon"]).content == (FOLDER / "logo.svg").read_bytes()
    assert made("favicon").media_type == "image/svg+xml"


@pytest.mark.django_db
def test_the_last_page_of_all_wears_it_too(rf, settings):
    settings.ACCENT_COLOUR = GREEN
    settings.LOGO = branding.picture("LOGO", str(FOLDER / "logo.svg"))
    html = errors.handler500(rf.get("/x/")).content.decode()
    assert addresses()["colours"] in html
    assert addresses()["logo"] in html
    assert 'class="mark"' not in html


def test_every_token_of_the_accent_is_taken_over(settings):
    """Whoever draws with another one of the stylesheet's in the accent's colour adds it to lib.look."""
    settings.ACCENT_COLOUR = GREEN
    css = (settings.BASE_DIR / "static" / "css" / "site.css").read_text()
    blue = css.partition("--kern-color-action-default: ")[2].partition(";")[0]
    assert css.count(blue) == 1
    assert "--kern-color-action-focus-default" in made("colours").content.decode()


# -- files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("a.gif", b"x", "must end"), ("a.svg", None, "cannot be read"), ("a.png", b"x" * 300_001, "300000")],
)  # fmt: skip
def test_a_picture_that_will_not_do_stops_the_start(tmp_path, name, content, words):
    if content:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ImproperlyConfigured, match=f"LOGO .*{words}"):
        branding.picture("LOGO", str(tmp_path / name))
    assert branding.picture("LOGO", "") == {}


@pytest.mark.parametrize("text", ["blue", "#12345", "#12345g", "123456", "#1234567"])
def test_what_is_no_colour_stops_the_start(text):
    with pytest.raises(ImproperlyConfigured, match=r"ACCENT_COLOUR is .*#1f4bb4"):
        branding.colour("ACCENT_COLOUR", text)
    assert branding.colour("ACCENT_COLOUR", "#AABBCC") == "#aabbcc"


def test_a_logo_wants_one_for_dark_ground(settings):
    settings.LOGO = {"path": "x.svg"}
    assert [one.id for one in checks.logo_for_dark_ground()] == ["branding.logo_for_dark_ground"]
    settings.LOGO_DARK = settings.LOGO
    assert checks.logo_for_dark_ground() == []
    settings.LOGO = {}
    assert checks.logo_for_dark_ground()[0].hint == "Set LOGO, too."


def test_a_dark_accent_alone_is_refused(settings):
    assert checks.one_dark_accent() == []
    settings.ACCENT_COLOUR_DARK = GREEN
    assert [one.id for one in checks.one_dark_accent()] == ["branding.one_dark_accent"]


@pytest.mark.parametrize(("high", "ending", "number"), [(630, "png", 0), (600, "png", 1), (630, "webp", 1)])
def test_the_picture_for_links_has_one_size(settings, tmp_path, high, ending, number):
    Image.new("RGB", (1200, high)).save(tmp_path / f"share.{ending}")
    settings.SHARE_PICTURE = branding.picture("SHARE_PICTURE", str(tmp_path / f"share.{ending}"))
    assert [one.id for one in checks.share_picture()] == ["branding.share_picture"] * number


# -- words and languages ------------------------------------------------------------------------------


def test_the_name_may_be_another_one_in_english(settings):
    settings.SITE_NAME, settings.SITE_NAME_EN = "Seenkalender", "Lakes Calendar"
    assert site_name() == "Seenkalender"
    with translation.override("en"):
        assert site_name() == "Lakes Calendar"
        assert site_name("de") == "Seenkalender"


@pytest.mark.parametrize("text", ["", "fr", "de,fr", "de,de", "de;en"])
def test_unknown_languages_stop_the_start(text):
    with pytest.raises(ImproperlyConfigured, match="LANGUAGES is"):
        branding.languages("LANGUAGES", text)
    assert branding.languages("LANGUAGES", "en, de") == ["en", "de"]


def test_either_language_may_come_first(settings):
    assert [languages.of_path(path) for path in ("/", "/en/", "/en", "/enten/")] == ["de", "en", "en", "de"]
    settings.LANGUAGES, settings.LANGUAGE_CODE = [("en", "English"), ("de", "German")], "en"
    assert [languages.of_path(path) for path in ("/", "/de/", "/en/")] == ["en", "de", "en"]
    assert (languages.prefix("en"), languages.prefix("de")) == ("", "/de")
    assert languages.offered("fr") == "en"


def forget_paths():
    """A process works out its paths once: its languages do not change."""
    clear_url_caches()
    context._reversed.cache_clear()
    quick._around.cache_clear()


@pytest.fixture
def _no_kept_paths():
    forget_paths()
    yield
    forget_paths()


@pytest.mark.usefixtures("_no_kept_paths")
def test_a_site_may_speak_english_first(client, settings, cast):
    settings.LANGUAGES, settings.LANGUAGE_CODE = [("en", "English"), ("de", "German")], "en"
    english, german = client.get("/events/"), client.get("/de/veranstaltungen/")
    assert english["Content-Language"] == "en"
    assert german["Content-Language"] == "de"
    assert (
        '<link rel="alternate" hreflang="x-default" href="http://testserver/events/">'
        in english.content.decode()
    )
    assert client.get("/en/events/").status_code == 404


def test_texts_are_known_by_their_names(tmp_path):
    (tmp_path / "privacy.de.md").write_text("Text\n")
    assert branding.texts("LEGAL_TEXTS", str(tmp_path)) == {"privacy.de": "Text"}
    (tmp_path / "datenschutz.de.md").write_text("Text")
    with pytest.raises(ImproperlyConfigured, match=r"datenschutz\.de\.md, which no page shows"):
        branding.texts("LEGAL_TEXTS", str(tmp_path))
    with pytest.raises(ImproperlyConfigured, match="no folder"):
        branding.texts("LEGAL_TEXTS", str(tmp_path / "other"))


def test_an_own_text_is_shown_in_german_where_there_is_no_english_one(client, settings, db):
    settings.LEGAL_TEXTS = {"imprint.de": "# Mehr\n\nWorte <b>hier</b>"}
    english = client.get("/en/imprint/").content.decode()
    assert '<div class="prose own-text" lang="de"><h2>Mehr</h2>' in english
    assert "<b>" not in english
    settings.LEGAL_TEXTS |= {"imprint.en": "More words"}
    assert '<div class="prose own-text"><p>More words</p>' in client.get("/en/imprint/").content.decode()


@pytest.mark.django_db
def test_what_strangers_make_up_is_not_remembered(client):
    addresses()
    kept = made.cache_info().currsize
    for stem in ("wp-login", "colours-x"):
        made_up = Made(stem, ".svg", "image/svg+xml", b"")
        assert client.get(made_up.address).status_code == 404
    assert made.cache_info().currsize == kept
