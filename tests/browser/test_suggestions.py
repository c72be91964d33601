"""Suggestions while typing: a combobox for keyboard, screen reader, mouse and finger (ARIA APG)."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import inspect_page
from tests.browser.hands import Keyboard

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

FIELDS = {"/": "#hero-q", "/veranstaltungen/": "#q", "/suche/": "#search-q", "/themen/": "#site-search"}
IS_CHOSEN = "field => document.getElementById(field.getAttribute('aria-activedescendant'))?.textContent"
COMPOSE = """field => {
  const tell = (name, Kind, more) => field.dispatchEvent(new Kind(name, {bubbles: true, ...more}));
  tell("compositionstart", CompositionEvent);
  field.value = "smart";
  tell("input", InputEvent, {isComposing: true});
  tell("keydown", KeyboardEvent, {key: "Enter", isComposing: true, keyCode: 229});
}"""


@pytest.fixture
def field(open_page):
    """The field of the search page, focused, in a window as wide as asked for."""

    def open_field(width=1280, path="/suche/", **options):
        page = open_page(width=width, **options)
        page.goto(path)
        if FIELDS[path] == "#site-search" and width < 1000:
            page.locator("header summary").click()
        found = page.locator(FIELDS[path])
        found.click()
        return found

    return open_field


def options_of(field):
    return field.page.locator(f"#{field.get_attribute('aria-controls')} [role=option]")


def typed(field, words="smart"):
    """Types the words and waits for the suggestions."""
    field.press_sequentially(words)
    expect(field).to_have_attribute("aria-expanded", "true")
    return options_of(field)


@pytest.mark.parametrize("path", FIELDS)
def test_each_field_suggests_entries_and_says_how_many(field, watch, path):
    field = field(path=path)
    options = typed(field)
    expect(options.first).to_be_visible()
    series = options.filter(has_text=re.compile("^Smart-Country-Tage Reihe"))
    expect(series).to_have_attribute("href", "/reihen/smart-country/")
    status = field.locator("xpath=following-sibling::*[@role='status']")
    expect(status).to_have_text(re.compile(rf"^{options.count()} Vorschl.* Mit den Pfeiltasten"))
    assert field.get_attribute("aria-activedescendant") is None
    assert watch.traces(field.page.context) == {}


def test_the_arrow_keys_choose_and_enter_opens(field):
    field = field()
    options = typed(field)
    first, last = options.first.inner_text(), options.last.inner_text()
    for key, chosen in [("ArrowDown", first), ("ArrowUp", None), ("ArrowUp", last), ("ArrowDown", None)]:
        field.press(key)
        said = field.evaluate(IS_CHOSEN)
        assert (said and said.split()) == (chosen and chosen.split()), key
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_be_focused()
    target = options.first.get_attribute("href")
    field.press("Enter")
    expect(field.page).to_have_url(re.compile(rf"{re.escape(target)}$"))


@pytest.mark.parametrize("key", ["Home", "End", "ArrowLeft"])
def test_moving_in_the_text_leaves_the_options(field, key):
    field = field()
    options = typed(field)
    field.press("ArrowDown")
    field.press(key)
    assert field.get_attribute("aria-activedescendant") is None
    expect(options.first).to_have_attribute("aria-selected", "false")


def test_escape_closes_and_keeps_the_text_and_arrow_down_opens_again(field):
    field = field()
    typed(field)
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("smart")
    field.press("Alt+ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("Alt+ArrowUp")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_enter_without_a_choice_sends_the_form(field):
    field = field()
    typed(field)
    field.press("Enter")
    expect(field.page).to_have_url(re.compile(r"/suche/\?q=smart$"))


def test_leaving_the_field_closes_the_list(field):
    field = field()
    typed(field)
    field.press("Tab")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(options_of(field).first).to_be_hidden()


def test_a_late_answer_never_replaces_a_newer_one(field):
    field = field()
    held = []
    field.page.route(re.compile(r"q=smart$"), lambda route: held.append(route))
    field.press_sequentially("smart")
    field.page.wait_for_timeout(300)
    assert len(held) == 1
    field.fill("onlinezugang")
    expect(options_of(field)).to_contain_text([re.compile("Onlinezugangsgesetz")])
    late = {"label": "Alt", "kind": "x", "url": "/"}
    held[0].fulfill(json={"label": "x", "announcement": "x", "suggestions": [late]})
    field.page.wait_for_timeout(100)
    expect(options_of(field).filter(has_text="Alt")).to_have_count(0)


def test_nothing_is_asked_while_a_word_is_composed(field):
    field = field()
    asked = []
    field.page.on("request", lambda request: asked.append(request.url))
    field.evaluate(COMPOSE)
    field.page.wait_for_timeout(400)
    assert asked == []
    field.dispatch_event("compositionend")
    expect(field).to_have_attribute("aria-expanded", "true")


def test_a_finger_opens_an_entry(field):
    field = field(width=320, has_touch=True)
    options = typed(field)
    target = options.last.get_attribute("href")
    options.last.tap()
    expect(field.page).to_have_url(re.compile(rf"{re.escape(target)}$"))


def test_a_failing_server_leaves_a_plain_field(field):
    field = field()
    field.page.route(re.compile("vorschlaege"), lambda route: route.fulfill(status=429, body="zu viel"))
    with field.page.expect_response(re.compile("vorschlaege")):
        field.press_sequentially("smart")
    expect(field).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize(
    ("path", "width"), [("/", 320), ("/veranstaltungen/", 1280), ("/suche/", 320), ("/themen/", 1280)]
)
def test_axe_finds_nothing_in_an_open_list(field, path, width):
    field = field(width=width, path=path)
    typed(field)
    field.press("ArrowDown")
    found = []
    for scheme in ("light", "dark"):
        field.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += inspect_page.violations(field.page)
    assert found + inspect_page.overflow(field.page) == []


def test_the_chosen_option_is_seen_in_forced_colours(field):
    field = field(forced_colors="active")
    options = typed(field)
    field.press("ArrowDown")
    outline = "one => getComputedStyle(one).outlineStyle"
    assert options.first.evaluate(outline) == "solid"
    assert options.last.evaluate(outline) == "none"


def test_without_javascript_the_field_is_a_form(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/suche/")
    keyboard = Keyboard(page)
    keyboard.reach(page.locator("#search-q"))
    page.keyboard.type("smart-country")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("link", name="Smart-Country-Tage 2026")).to_be_visible()
    assert page.locator("[role=listbox]").count() == 0
