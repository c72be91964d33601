"""Every page type under every condition: light and dark, small and wide, large text, on paper."""

import pytest

from tests.browser import inspect_page
from tests.browser.entries import SENT_EMPTY

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

COLOUR = "() => getComputedStyle(document.body).color"


# Every page is loaded once and looked at under all conditions; tests of a quarter each can be shared.
PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_fails_under_any_condition(open_page, entries, part):
    page, found = open_page(), []
    for name, path in list((entries.pages() | entries.english_pages()).items())[part::PARTS]:
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
        found += [f"{name}, {what}" for what in (*judged_by_axe(page), *too_wide(page))]
    assert not found, "\n".join(found)


def judged_by_axe(page):
    """What axe finds: ["condition: finding"]. In the other width all but colours is judged anew."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light")
        found = inspect_page.violations(page, colours=width == 1280)
        found += inspect_page.violations_of_new_colours(page)
        yield from (f"{width} px, light: {what}" for what in found)
        page.emulate_media(color_scheme="dark")
        yield from (f"{width} px, dark: {what}" for what in inspect_page.violations_of_new_colours(page))


def too_wide(page):
    """What makes the page wider than its window, or is cut off, in large text too."""
    for width, percent in ((320, 100), (640, 200), (1280, 200)):
        page.set_viewport_size({"width": width, "height": 800})
        inspect_page.set_text_size(page, percent)
        seen = inspect_page.overflow(page) + inspect_page.cut_off(page)
        yield from (f"{width} px, text at {percent} %: {what}" for what in seen)


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


def test_axe_judges_what_is_new_in_other_colours_and_widths(open_page):
    page = open_page(width=1280, color_scheme="light")
    page.set_content(
        "<title>Mangel</title><style>@media (prefers-color-scheme: dark) {.dark {color: #999}}"
        "@media (width < 400px) {.narrow {color: #888}}"
        "@media (width < 400px) and (prefers-color-scheme: dark) {.both {color: #aaa}}"
        "@media (width < 400px) {.name {display: none}}</style>"
        "<html lang=de><main><h1>Gut</h1><p id=a class=dark>Im Dunkeln</p><p id=b class=narrow>Schmal</p>"
        "<p id=c class=both>Beides</p><p id=d>Gut</p><button><span class=name>Name</span></button></main>"
    )
    found = list(judged_by_axe(page))
    assert {(one.split(": ")[0], one.split(": ")[1], one.split(" ")[-1]) for one in found} == {
        ("1280 px, dark", "color-contrast", "#a"),
        ("320 px, light", "color-contrast", "#b"),
        ("320 px, light", "button-name", "button"),
        ("320 px, dark", "color-contrast", "#c"),
    }


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
