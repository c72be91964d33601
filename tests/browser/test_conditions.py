"""Every page type under every condition: light and dark, small and wide, large text, on paper."""

import pytest

from tests.browser import inspect_page
from tests.browser.entries import SENT_EMPTY

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

COLOUR = "() => getComputedStyle(document.body).color"


def findings(page, entries, look):
    """What `look(page)` finds on each page type, everything unfolded: ["page type: finding"]."""
    found = []
    for name, path in (entries.pages() | entries.english_pages()).items():
        response = page.goto(path)
        expected = int(name) if name.isdecimal() else 200
        if response.status != expected:
            found.append(f"{name}: {path} answers {response.status}")
            continue
        if name == SENT_EMPTY:
            with page.expect_navigation():
                page.locator("main form [type=submit]").click()
            assert page.locator("[aria-invalid=true]").count() == 1
        inspect_page.unfold(page)
        found += [f"{name}: {what}" for what in look(page)]
    return found


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(open_page, entries, width):
    def look(page):
        page.emulate_media(color_scheme="light")
        yield from (f"light: {what}" for what in inspect_page.violations(page))
        page.emulate_media(color_scheme="dark")
        yield from (f"dark: {what}" for what in inspect_page.violations(page, colours_only=True))

    found = findings(open_page(width=width), entries, look)
    assert not found, "\n".join(found)


def test_nothing_is_wider_than_the_window(open_page, entries):
    def look(page):
        for width, percent in ((320, 100), (640, 200), (1280, 200)):
            page.set_viewport_size({"width": width, "height": 800})
            inspect_page.set_text_size(page, percent)
            seen = inspect_page.overflow(page) + inspect_page.cut_off(page)
            yield from (f"{width} px, text at {percent} %: {what}" for what in seen)

    found = findings(open_page(), entries, look)
    assert not found, "\n".join(found)


ASIDE = ["header nav", "header form", ".skip-link", "footer nav", "#filters", ".pagination", ".buttons"]


@pytest.mark.parametrize("name", ["home", "list with filters", "event, past with everything", "organisation"])
def test_paper_shows_the_matter_alone(open_page, entries, name):
    page = open_page(color_scheme="light")
    page.goto(entries.pages()[name])
    page.emulate_media(media="print")
    assert [part for part in ASIDE if page.locator(f"{part} >> visible=true").count()] == []
    assert page.locator("h1").is_visible()
    colour = page.evaluate(COLOUR)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(COLOUR) == colour, "dark screens print black on white, too"


def test_the_inspection_finds_what_is_wrong(open_page):
    page = open_page(width=320)
    page.set_content(
        "<title>Mangel</title><html lang=de><main><h1 style='color: #999'>Schwach</h1>"
        "<a href='#a' style='font-size: 8px'>Ziel</a><a href='#b' style='font-size: 8px'>Ziel</a>"
        f"<p>{'Wort' * 30}</p><p style='overflow: hidden; height: 5px'>Abgeschnitten</p></main>"
    )
    rules = {what.split(":")[0] for what in inspect_page.violations(page)}
    assert {"color-contrast", "target-size"} <= rules
    assert "WortWort" in inspect_page.overflow(page)[0]
    assert "Abgeschnitten" in inspect_page.cut_off(page)[0]
