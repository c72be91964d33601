"""Lists change in place: what a visitor notices of it, beside that it is quick."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.hands import Keyboard, Pointer
from tests.browser.test_journeys import choose, facet

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

LIST = "/veranstaltungen/"
IS_SAME_DOCUMENT = "() => window.isSame === true"
HTMX_IS_THERE = """() => new Promise((done) => {
  const look = () => window.htmx ? done() : setTimeout(look, 20);
  look();
})"""
HEAD = """() => Object.fromEntries([...document.querySelectorAll("link[rel=canonical], meta[name=robots]")]
  .map((one) => [one.rel || one.name, (one.href && new URL(one.href).pathname) || one.content]))"""


@pytest.fixture
def visit(open_page):
    """Opens a list and marks its document, so that a full reload would be noticed."""

    def visit(path, **options):
        page = open_page(**options)
        page.goto(path)
        page.mouse.move(5, 5)
        page.evaluate(HTMX_IS_THERE)
        page.evaluate("() => { window.isSame = true }")
        return page

    return visit


def title(page):
    return page.locator("#results-title")


def told(page):
    """What assistive technology is told of the change."""
    return page.locator("body > [role=status]")


def test_a_filter_applies_as_soon_as_it_is_chosen(visit, watch):
    page = visit(LIST)
    expect(told(page)).to_have_text("")
    choose(page, Keyboard(page), "Thema", "Onlinezugangsgesetz")
    expect(page).to_have_url(re.compile(r"/veranstaltungen/\?topic=ozg$"))
    number = title(page).inner_text()
    expect(told(page)).to_have_text(re.compile(rf"^{number}, Seite 1$"))
    box = facet(page, "Thema").get_by_role("checkbox", name=re.compile("^Onlinezugangsgesetz"))
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    expect(facet(page, "Thema")).to_have_attribute("open", "")
    assert page.evaluate(HEAD) == {"canonical": LIST, "robots": "noindex"}
    english = page.get_by_role("banner").get_by_role("link", name="English")
    assert english.get_attribute("href").endswith("/en/events/?topic=ozg")
    assert page.evaluate(IS_SAME_DOCUMENT)
    assert watch.traces(page.context) == {}


def test_the_visitor_stays_where_the_box_is(visit):
    page = visit(LIST, height=500)
    choose(page, Pointer(page), "Durchführung", "Online")
    expect(page).to_have_url(re.compile("mode=online"))
    page.mouse.wheel(0, 300)
    box = facet(page, "Durchführung").get_by_role("checkbox", name=re.compile("^Vor Ort und online"))
    place = box.bounding_box()["y"]
    box.check()
    expect(page).to_have_url(re.compile("mode=hybrid"))
    expect(box).to_be_focused()
    assert abs(box.bounding_box()["y"] - place) < 2


def test_back_and_forward_bring_choice_title_and_place(visit, watch):
    page = visit(LIST)
    page.get_by_role("navigation", name="Seiten").get_by_role("link", name="Weiter").click()
    expect(page).to_have_url(re.compile(r"\?page=2$"))
    expect(page).to_have_title(re.compile("Seite 2"))
    expect(title(page)).to_be_focused()
    assert page.evaluate("() => scrollY") < 600, "the results begin at the top again"
    page.get_by_role("navigation", name="Zeitraum").get_by_role("link", name="Vergangene").click()
    expect(page).to_have_title(re.compile("^Vergangene Veranstaltungen"))
    page.go_back()
    expect(page).to_have_title(re.compile("^Kommende Veranstaltungen, Seite 2"))
    page.go_back()
    expect(page).to_have_title(re.compile("^Kommende Veranstaltungen –"))
    expect(told(page)).to_have_text(re.compile("Seite 1$"))
    assert page.evaluate("() => scrollY") > 1000, "where the link to the next page was"
    page.go_forward()
    expect(page).to_have_title(re.compile("Seite 2"))
    assert page.evaluate(IS_SAME_DOCUMENT)
    assert watch.traces(page.context) == {}


def test_words_are_searched_in_place_and_suggestions_come_with_the_new_field(visit, watch):
    page = visit(LIST)
    page.locator("#q").fill("OZG")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=OZG$"))
    expect(page.locator("#filters [role=listbox]")).to_have_count(1)
    page.locator("#q").fill("Musterstadt")
    expect(page.locator("#filters [role=option]").first).to_be_visible()
    assert page.evaluate(IS_SAME_DOCUMENT)
    assert watch.traces(page.context) == {}


def test_another_look_comes_with_its_styles(visit, watch):
    page = visit(f"{LIST}?topic=ozg")
    for name, address in (("Monat", "kalender"), ("Jahr", "jahr"), ("Karte", "karte"), ("Liste", r"\?")):
        link = page.get_by_role("navigation", name="Ansicht").get_by_role("link", name=name)
        link.click()
        expect(page).to_have_url(re.compile(rf"/veranstaltungen/{address}.*topic=ozg"))
        expect(link).to_have_attribute("aria-current", "true")
        expect(link).to_be_focused()
        assert page.evaluate(IS_SAME_DOCUMENT), name
    assert watch.traces(page.context) == {}


def test_a_failing_answer_is_told_as_by_any_navigation(visit):
    page = visit(LIST)

    def maintain(route):
        is_in_place = route.request.resource_type == "xhr"
        return route.fulfill(status=503, body="Wartung") if is_in_place else route.continue_()

    page.context.route("**/veranstaltungen/?topic=ozg", maintain)
    choose(page, Pointer(page), "Thema", "Onlinezugangsgesetz")
    expect(page).to_have_url(re.compile("topic=ozg"))
    expect(page.get_by_role("list", name="Aktive Filter")).to_be_visible()
    assert not page.evaluate(IS_SAME_DOCUMENT)


def test_the_newest_choice_wins(visit, watch):
    page = visit(LIST)
    held = []
    page.context.route("**/veranstaltungen/?mode=online", lambda route: held.append(route))
    choose(page, Pointer(page), "Durchführung", "Online")
    expect(page.locator("main.htmx-request")).to_have_count(1)
    facet(page, "Durchführung").get_by_role("checkbox", name=re.compile("^Vor Ort und online")).check()
    expect(page).to_have_url(re.compile(r"mode=(hybrid&mode=online|online&mode=hybrid)"))
    expect(page.get_by_role("list", name="Aktive Filter").locator("a.chip")).to_have_count(2)
    expect(page.locator("main.htmx-request")).to_have_count(0)
    assert watch.traces(page.context) == {}


def test_nothing_is_fetched_for_those_who_only_read(open_page):
    page = open_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(LIST, wait_until="networkidle")
    assert [url for url in asked if "htmx" in url] == []
    with page.expect_response(re.compile("htmx-2.min")):
        page.keyboard.press("Tab")


def test_without_javascript_the_button_applies_the_filter(open_page):
    page = open_page(java_script_enabled=False)
    page.goto(LIST)
    choose(page, Pointer(page), "Thema", "Onlinezugangsgesetz")
    expect(page).to_have_url(re.compile(rf"{LIST}$"))
    facet(page, "Thema").get_by_role("button", name="Ergebnisse anzeigen").click()
    expect(page).to_have_url(re.compile("topic=ozg"))
