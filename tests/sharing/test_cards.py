"""What the pictures of shared links say, and that it fits on them."""

import datetime as dt
import io
import re

import pytest
from django.conf import settings as configured
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from events.outputs.facts import Site
from lib import colours
from sharing import cards, drawing
from sharing.lettering import BOLD, REGULAR, fit, one_line, printable
from tests.events.outputs import cast as people
from tests.events.outputs.cast import ENGLISH, GERMAN

BOX = (722, 300)
WORDS = st.text(alphabet="abcßäöüÄÖÜMWi -–/„“€é", max_size=250)


def of(event, site=GERMAN):
    with translation.override(site.language):
        return cards.of_event(event, site)


def test_a_card_says_date_title_place_and_who_runs_it():
    event = people.make(slug="tag", title="Digitaltag", series=people.SERIES, venues=[people.HALL],
                        organisers=[people.MINISTRY, people.VEREIN],
                        starts_on=dt.date(2027, 5, 4), ends_on=dt.date(2027, 5, 6))  # fmt: skip
    card = of(event)
    assert (card.site, card.above, card.title) == ("Kongressatlas", "Digitaltage", "Digitaltag")
    assert card.lines[-1] == "Ministerium für Digitales, Verein „Offene Verwaltung“"
    assert (card.sheet.large, card.sheet.below, card.labels) == ("4–6", "Mai 2027", ())
    english = of(event, ENGLISH)
    assert english.sheet.below == "May 2027"
    assert english.etag != card.etag


@pytest.mark.parametrize(
    ("status", "label", "is_void"),
    [
        ("scheduled", [], False),
        ("cancelled", ["cancelled"], True),
        ("postponed", ["postponed"], True),
        ("rescheduled", ["rescheduled"], False),
        ("moved_online", ["moved_online"], False),
    ],
)
def test_what_became_of_the_date_is_seen(status, label, is_void):
    card = of(people.make(slug="tag", title="Tag", status=status))
    assert [kind for kind, _text in card.labels] == label
    assert card.is_void == is_void


def test_a_vague_date_shows_no_day_and_a_sample_its_label():
    vague = people.make(slug="tag", title="Tag", starts_on=dt.date(2027, 5, 1), ends_on=dt.date(2027, 5, 31),
                        date_precision="month", is_sample=True)  # fmt: skip
    card = of(vague)
    assert (card.is_vague, card.sheet.large, card.sheet.below) == (True, "Mai", "2027")
    assert card.labels == (("sample", "Beispiel"),)


def test_equal_words_are_equal_cards_and_any_change_is_another():
    def event(**more):
        return people.make(slug="tag", title="Tag", **more)

    assert of(event()).etag == of(event()).etag
    assert of(event(sold_out=True)).etag != of(event()).etag
    renamed = Site(url=GERMAN.url, name="Kongresse", language="de")
    assert of(event(), renamed).etag != of(event()).etag


@pytest.mark.parametrize(
    "title",
    ["Tag", "W" * 250, "Donaudampfschifffahrtsgesellschaft " * 7, "a" * 250, "日本語 😀", "", "E-Government"],
)
def test_every_title_becomes_a_picture_of_the_agreed_size(title):
    body = drawing.draw(of(people.make(slug="tag", title=title, sold_out=True)))
    with Image.open(io.BytesIO(body)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(body) < 60_000


def test_the_same_card_is_drawn_once():
    first, second = (cards.of_site(Site(url="", name="Einmal", language="de")) for _time in range(2))
    assert drawing.draw(first) is drawing.draw(second)


# -- lettering ------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_texts_stay_in_their_box_and_lose_no_letter(text):
    lines = fit(text, BOLD, range(24, 81, 2), *BOX)
    assert lines.height <= BOX[1]
    assert all(lines.font.getlength(line) <= BOX[0] for line in lines.texts)
    shown = "".join(lines.texts)
    if not shown.endswith("…"):
        assert re.sub(r"[-\s]", "", shown) == re.sub(r"[-\s]", "", printable(text))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("E-Government", ("E-Government",)),
        ("Landesverwaltungs-Kongress", ("Landesverwaltungs-", "Kongress")),
        ("Digitalisierungskoordinierungsstelle", ("Digitalisierungskoordi-", "nierungsstelle")),
        ("Nationaler großer IT-Gipfel", ("Nationaler großer", "IT-Gipfel")),
    ],
)  # fmt: skip
def test_lines_end_where_readers_expect_it(text, lines):
    assert fit(text, BOLD, [60], 620, 300).texts == lines


def test_one_line_shrinks_and_then_ends_with_an_ellipsis():
    assert one_line("kurz", REGULAR, (40, 20), 300).font.size == 40
    assert one_line("nicht mehr ganz so kurz", REGULAR, (40, 20), 300).font.size == 20
    (text,) = one_line("sehr viel länger " * 9, REGULAR, (40, 20), 300).texts
    assert text.endswith("…")


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Straße „Grün“ – 5 €", "Straße „Grün“ – 5 €"), ("a\u00ad\u200bb\n😀c", "a b c"), ("ßÄŁŞé", "ßÄŁŞé")],
)  # fmt: skip
def test_only_letters_that_the_font_has_are_drawn(text, shown):
    assert printable(text) == shown


# -- colours --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("oklch", "rgb"),
    [((100, 0, 0), (255, 255, 255)), ((0, 0, 0), (0, 0, 0)), ((62.7955, 0.25768, 29.2339), (255, 0, 0)),
     ((86.644, 0.294827, 142.4953), (0, 255, 0)), ((45.201, 0.313214, 264.052), (0, 0, 255))],
)  # fmt: skip
def test_colours_are_those_of_the_screen(oklch, rgb):
    assert colours.srgb(*oklch) == rgb


def test_pictures_take_their_colours_from_the_stylesheet():
    css = (configured.BASE_DIR / "static" / "css" / "site.css").read_text()
    used = set(
        re.findall(r'_kern\("([\w-]+)"\)', (configured.BASE_DIR / "sharing" / "drawing.py").read_text())
    )
    used |= {f"feedback-{name}" for name in (*drawing.FEEDBACK.values(), "default")}
    assert len(used) > 6
    for name in used:
        assert f"--kern-color-{name}:" in css
        assert f"kern-color-{name}" in colours.tokens()
