"""The month under the hands of somebody who has no mouse, or no JavaScript."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.hands import Keyboard

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def march():
    return reverse("events:month", args=[2027, 3])


def focused(page):
    """The day that has the focus, as its date."""
    return page.evaluate("() => document.activeElement.dataset.day")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
    return focused(page)


def test_arrow_keys_lead_from_day_to_day(open_page, watch, march):
    page = open_page()
    page.goto(march)
    Keyboard(page).reach(page.locator('[data-day="2027-03-01"]'))
    assert press(page, "ArrowRight", "ArrowDown") == "2027-03-09"
    assert press(page, "ArrowUp", "ArrowLeft") == "2027-03-01"
    assert press(page, "ArrowDown", "End") == "2027-03-14"
    assert press(page, "Home") == "2027-03-08"
    assert press(page, "Control+End") == "2027-03-31"
    assert press(page, "Control+Home") == "2027-03-01"
    assert watch.traces(page.context) == {}


def test_beyond_the_month_lies_the_next_on_the_day_that_was_meant(open_page, march):
    page = open_page()
    page.goto(march)
    Keyboard(page).reach(page.locator('[data-day="2027-03-01"]'))
    press(page, "Control+End")
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"/2027/04/#2027-04-01$"))
    expect(page.locator('[data-day="2027-04-01"]')).to_be_focused()
    page.keyboard.press("PageUp")
    expect(page).to_have_url(re.compile(r"/2027/03/#2027-03-01$"))
    expect(page.locator('[data-day="2027-03-01"]')).to_be_focused()
    press(page, "Control+End")
    page.keyboard.press("PageUp")
    expect(page).to_have_url(re.compile(r"/2027/02/#2027-02-28$"))


def test_a_day_says_its_events_and_its_links_follow(open_page, march):
    page = open_page()
    page.goto(march)
    # The first of the courses.
    day = page.locator('[data-day="2027-03-15"]')
    Keyboard(page).reach(page.locator('[data-day="2027-03-01"]'))
    assert press(page, "ArrowDown", "ArrowDown") == "2027-03-15"
    said = " ".join(day.text_content().split())
    assert said.startswith("Montag, 15. März")
    assert "OZG-Kurs, 1. Tag" in said
    press(page, "Tab")
    expect(day.locator("a").first).to_be_focused()
    quiet = page.locator("td.day--quiet:not(.day--outside)").first
    assert quiet.get_attribute("aria-description") == "Keine Veranstaltung"


def test_without_javascript_every_event_is_a_stop_of_the_tab_key(open_page, march):
    page = open_page(java_script_enabled=False)
    page.goto(march)
    assert page.locator("table.month a[tabindex]").count() == 0
    Keyboard(page).press(page.locator("table.month a", has_text=re.compile(r"^OZG-Kurs, 1\. Tag$")))
    expect(page.get_by_role("heading", level=1)).to_have_text("OZG-Kurs, 1. Tag")


def test_small_windows_list_the_days_that_have_something(open_page, march):
    page = open_page(width=320, java_script_enabled=False)
    page.goto(march)
    assert page.locator("td.day--quiet:visible, tr.week--quiet:visible").count() == 0
    first = page.locator("td.day:visible").first.bounding_box()
    second = page.locator("td.day:visible").nth(1).bounding_box()
    assert second["y"] >= first["y"] + first["height"]


def test_paper_shows_the_month_on_one_page(open_page, march):
    page = open_page()
    page.goto(march)
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    width, height = map(float, re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", paper).groups())
    assert width > height
