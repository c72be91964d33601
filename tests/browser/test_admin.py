"""The editors' pages: in scope of the same rules, in the window of an editor's desk and of a telephone."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import inspect_page
from tests.browser.admin_pages import addresses, pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

LIST = "admin:events_event_changelist"
# Looked at in dark colours and in full at 320 px too: one of each kind.
KINDS = [
    "index",
    "events_event_changelist",
    "events_event_change",
    "events_event_history",
    "events_event_delete",
]
MUST_ANSWER = {*KINDS, "curation_merge", "speakers_speaker_change", "trail_restore"}
# The walk is long: tests of a third each can be shared.
PARTS = 3


@pytest.fixture
def found():
    """What was found on all pages; there must be nothing in the end."""
    found = []
    yield found
    assert not found, "\n".join(found)


@pytest.fixture
def look(found):
    """Notes what axe finds on a page as it stands, and what makes it wider than a narrow window."""

    def look(page, name):
        found.extend(f"{name}: {what}" for what in inspect_page.violations(page, best_practice=True))
        page.set_viewport_size({"width": 320, "height": 800})
        found.extend(f"{name} at 320 px: {what}" for what in inspect_page.overflow(page))
        if name in KINDS:
            found.extend(f"{name} at 320 px: {what}" for what in inspect_page.violations(page))
            page.emulate_media(color_scheme="dark")
            found.extend(f"{name}, dark: {what}" for what in inspect_page.violations_of_new_colours(page))
            page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 800})

    return look


def test_each_kind_of_page_is_known(cast_of_site):
    assert set(addresses(cast_of_site)) >= MUST_ANSWER


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_on_any_page(log_in, look, cast_of_site, watch, part):
    page = log_in()
    client = Client(headers={"host": "127.0.0.1"})
    # The browser's own session: another one would be a second sign-in.
    client.cookies.load({one["name"]: one["value"] for one in page.context.cookies()})
    mine = dict(list(addresses(cast_of_site).items())[part::PARTS])
    paths = pages(client, mine)
    assert MUST_ANSWER & set(mine) <= set(paths)
    for name, path in paths.items():
        assert page.goto(path).status == 200, name
        look(page, name)
    assert (watch.strangers, watch.complaints) == ([], [])


def test_axe_finds_nothing_on_pages_in_every_state(open_page, log_in, look, cast_of_site, watch):
    outside = open_page()
    outside.goto(reverse("admin:login"))
    look(outside, "log-in")
    page = log_in()
    states = {
        "searched": f"{reverse(LIST)}?q=tag",
        "nothing found": f"{reverse(LIST)}?q=nichtsdavon&state__exact=draft",
        "filtered": f"{reverse(LIST)}?state__exact=published&missing=venue&starts_on__year=2027&o=-1.3",
        "window to choose in": f"{reverse('admin:events_venue_add')}?_popup=1&_to_field=id",
        "protected": reverse("admin:events_topic_delete", args=[cast_of_site.cloud.pk]),
    }
    for name, path in states.items():
        page.goto(path)
        look(page, name)
    page.goto(reverse(LIST))
    page.locator("#action-toggle").check()
    look(page, "all chosen")
    page.locator("[name=action]").first.select_option("withdraw")
    page.locator(".actions [name=index]").click()
    look(page, "an action that asks")
    assert (watch.strangers, watch.complaints) == ([], [])


def test_errors_are_listed_with_links_to_their_fields(log_in, look):
    page = log_in()
    page.goto(reverse("admin:events_venue_add"))
    page.locator("[name=_save]").first.click()
    problems = page.get_by_role("alert")
    expect(problems).to_be_visible()
    look(page, "form with errors")
    problems.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.id || location.hash.slice(1)").startswith("id_")


def test_a_keyboard_reaches_the_content_and_sees_where_it_is(log_in):
    page = log_in()
    page.goto(reverse(LIST))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-to-content-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content-start"
    page.keyboard.press("Tab")
    style = "getComputedStyle(document.activeElement)"
    assert page.evaluate(f"parseInt({style}.outlineWidth) >= 2 && {style}.outlineStyle !== 'none'")


def test_colours_are_chosen_without_breaking_the_policy(log_in, watch):
    page = log_in()
    page.goto(reverse("admin:index"))
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for _theme in ("light", "dark"):
        page.locator(".theme-toggle").click()
    assert page.evaluate("document.documentElement.dataset.theme") in ("light", "dark")
    page.emulate_media(color_scheme="light")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    assert watch.complaints == []
