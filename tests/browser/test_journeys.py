"""The site as visitors and editors use it, in a real browser, with German words."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from events.models import Event
from feedback.models import Report
from tests.browser.entries import COURSE_DAYS
from tests.browser.hands import Keyboard, Pointer, unfold

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def facet(page, label):
    """The group of the filter form with that name."""
    name = page.locator("> summary", has_text=re.compile(f"^{label}$"))
    return page.locator("#filters details").filter(has=name)


def choose(page, hand, label, option):
    """Unfolds the filter, then the facet, and ticks an option of it."""
    # The list may still be on its way: what is folded shows only once its styles have come.
    expect(page.locator("#filters")).to_be_visible()
    page.wait_for_load_state()
    unfold(hand, page.locator("#filters > details"))
    unfold(hand, facet(page, label))
    hand.tick(facet(page, label).get_by_role("checkbox", name=re.compile(f"^{option}")))


@pytest.mark.parametrize(
    ("hand_of", "window"),
    [
        pytest.param(Keyboard, {"width": 1280}, id="keyboard only"),
        pytest.param(Pointer, {"width": 320, "java_script_enabled": False}, id="small, without JavaScript"),
    ],
)
def test_an_event_is_found_by_topic(open_page, watch, hand_of, window):
    page = open_page(**window)
    hand = hand_of(page)
    page.goto("/")
    unfold(hand, page.locator("header details"))
    navigation = page.get_by_role("navigation", name="Hauptnavigation")
    hand.press(navigation.get_by_role("link", name="Veranstaltungen"))

    choose(page, hand, "Thema", "Onlinezugangsgesetz")
    choose(page, hand, "Durchführung", "Online")
    hand.press(page.locator(".filters__submit").get_by_role("button", name="Ergebnisse anzeigen"))
    chips = page.get_by_role("list", name="Aktive Filter").locator("a.chip")
    expect(chips).to_contain_text(["Thema: Onlinezugangsgesetz", "Durchführung: Online"])

    hand.press(chips.filter(has_text="Durchführung"))
    expect(chips).to_contain_text(["Thema: Onlinezugangsgesetz"])
    titles = page.locator("main article h3 a")
    first_page = titles.all_inner_texts()
    assert len(first_page) < COURSE_DAYS

    hand.press(page.get_by_role("navigation", name="Seiten").get_by_role("link", name="Weiter"))
    expect(page).to_have_url(re.compile(r"topic=ozg.*page=2"))
    expect(chips).to_have_count(1)
    last_day = titles.filter(has_text=re.compile(rf"^OZG-Kurs, {COURSE_DAYS}\. Tag$"))
    assert not {last_day.inner_text()} & set(first_page)

    hand.press(last_day)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"OZG-Kurs, {COURSE_DAYS}. Tag")
    with page.expect_download() as download:
        hand.press(page.get_by_role("link", name="In den Kalender übernehmen"))
    assert download.value.suggested_filename == f"kurs-{COURSE_DAYS}.ics"
    assert Path(download.value.path()).read_text().startswith("BEGIN:VCALENDAR")
    assert watch.traces(page.context) == {}


def test_the_language_switch_keeps_page_and_filter(open_page, watch):
    page = open_page()
    page.goto("/veranstaltungen/?topic=ozg&page=2")
    titles = page.locator("main article h3").all_inner_texts()
    page.get_by_role("banner").get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/en/events/\?topic=ozg&page=2$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("list", name="Active filters")).to_contain_text("Topic: Online Access Act")
    assert page.locator("main article h3").all_inner_texts() == titles

    page.get_by_role("banner").get_by_role("link", name="Deutsch").click()
    expect(page).to_have_url(re.compile(r"/veranstaltungen/\?topic=ozg&page=2$"))
    expect(page.get_by_role("list", name="Aktive Filter")).to_contain_text("Thema: Onlinezugangsgesetz")
    assert watch.traces(page.context) == {}


def test_a_barrier_is_reported(open_page, watch, clock, site):
    page = open_page()
    page.goto("/veranstaltungen/")
    page.get_by_role("contentinfo").get_by_role("link", name="Barriere melden").click()
    expect(page.get_by_label("Betroffene Seite")).to_have_value(f"{site}/veranstaltungen/")
    page.get_by_label("Ihr Name").fill("Kim Beispiel")
    page.get_by_label("Ihre E-Mail-Adresse").fill("kim@")
    page.get_by_role("button", name="Meldung abschicken").click()

    expect(page).to_have_title(re.compile("^Fehler: "))
    problems = page.get_by_role("alert").get_by_role("link")
    expect(problems).to_have_count(2)
    expect(page.get_by_label("Ihr Name")).to_have_value("Kim Beispiel")
    expect(page.get_by_label("Ihre E-Mail-Adresse")).to_have_value("kim@")
    keyboard = Keyboard(page)
    keyboard.press(problems.last)
    expect(page.get_by_label("Ihre E-Mail-Adresse")).to_be_focused()
    page.get_by_label("Ihre E-Mail-Adresse").fill("kim@musterstadt.example")
    keyboard.press(problems.first)
    message = page.get_by_label("Auf welche Barriere sind Sie gestoßen?")
    expect(message).to_be_focused()
    expect(message).to_have_attribute("aria-invalid", "true")
    page.keyboard.type("Das Menü öffnet sich nicht.")
    clock.shift(10)
    keyboard.press(page.get_by_role("button", name="Meldung abschicken"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Vielen Dank für Ihre Meldung")
    report = Report.objects.get()
    assert (report.message, report.email) == ("Das Menü öffnet sich nicht.", "kim@musterstadt.example")
    assert report.page == f"{site}/veranstaltungen/"
    assert watch.traces(page.context) == {}


def test_an_editors_correction_is_seen_at_once(open_page, watch, log_in, cast_of_site):
    event = Event.objects.get(pk=cast_of_site.regional_day.pk)
    path = reverse("events:detail", args=[event.slug])
    visitor, editor = open_page(), log_in()
    visitor.goto(path)
    editor.goto(reverse("admin:index"))
    editor.get_by_role("rowheader").get_by_role("link", name="Veranstaltungen", exact=True).click()
    editor.locator("#searchbar").fill(event.title)
    editor.keyboard.press("Enter")
    editor.get_by_role("link", name=event.title).click()
    title = editor.get_by_role("textbox", name="Titel:", exact=True)
    title.fill("Zukunft der digitalen Kommune")
    editor.get_by_role("button", name="Sichern", exact=True).first.click()
    expect(editor.locator(".messagelist .success")).to_contain_text("Zukunft der digitalen Kommune")
    visitor.reload()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Zukunft der digitalen Kommune")
    visitor.goto("/veranstaltungen/")
    expect(visitor.get_by_role("main")).to_contain_text("Zukunft der digitalen Kommune")
    assert watch.traces(visitor.context) == {}
    assert Event.objects.get(pk=event.pk).revision == event.revision + 1
    # Others are to find the site as it was.
    editor.get_by_role("link", name="Zukunft der digitalen Kommune").first.click()
    editor.get_by_role("textbox", name="Titel:", exact=True).fill(event.title)
    editor.get_by_role("button", name="Sichern", exact=True).first.click()
    expect(editor.locator(".messagelist .success")).to_contain_text(event.title)


FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height, 20) / 2];
  const top = document.elementFromPoint(x, y);
  const labels = [...(one.labels || [])];
  // The button inside a date field is the browser's own, and so is its mark.
  const isOwn = one.type === "date" && !one.matches(":focus");
  return {
    name: `${one.tagName.toLowerCase()} ${(one.innerText || one.name || "").trim().slice(0, 40)}`,
    isBody: one === document.body,
    inMain: !!one.closest("main"),
    isMarked: isOwn || style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    isSeen: !!top && (one.contains(top) || top.contains(one) || labels.some((label) => label.contains(top))),
  };
}"""
# What the Tab key has to reach: everything to press or to fill in that is rendered.
STOPS = """() => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && one.tabIndex >= 0).length"""


@pytest.mark.parametrize("path", ["/", "/veranstaltungen/?topic=ozg&when=all", "/barriere-melden/"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(open_page, path):
    page = open_page()
    page.goto(path)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_focused()
    expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["inMain"]

    page.goto(path)
    stops = []
    while len(stops) < 400:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["isBody"]:
            break
        stops.append(stop)
    assert [stop["name"] for stop in stops if not (stop["isMarked"] and stop["isSeen"])] == []
    # A date has several parts, each a stop of its own.
    assert len(stops) >= page.evaluate(STOPS)
    assert stop["isBody"], "the focus never leaves the page"
