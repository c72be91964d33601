"""Quick entry in a real browser: what it takes to enter the next edition, and that nothing typed is lost."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from events.models import Event
from tests import factories as make
from tests.browser import inspect_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


class Counted:
    """Does things to a page and counts them: what a hand does, and each page that is loaded meanwhile."""

    def __init__(self, page):
        self.page, self.interactions, self.loads = page, 0, []
        page.on("request", self._note)

    def _note(self, request):
        if request.is_navigation_request() and request.redirected_from is None:
            self.loads.append(request.url)

    def click(self, target):
        self.interactions += 1
        target.click()

    def paste(self, target, text):
        self.interactions += 1
        target.fill(text)


@pytest.fixture(scope="module")
def convention(entries, django_db_blocker):
    """As the catalogue has its last edition; committed, since the site's own threads read it."""
    with django_db_blocker.unblock():
        series = make.SeriesFactory(
            slug="smart-country-convention", name="Smart Country Convention", website="https://sccon.example"
        )
        for year, day in ((2024, 15), (2025, 14)):
            make.EventFactory(
                slug=f"sccon-{year}", series=series, starts_on=dt.date(year, 10, day), title=f"SCCON {year}"
            )
        return make.EventFactory(
            slug="smart-country-convention-2026",
            title="Smart Country Convention 2026",
            series=series,
            edition=9,
            hashtag="#SCCON26",
            starts_on=dt.date(2026, 10, 13),
            ends_on=dt.date(2026, 10, 15),
            organisers=[make.OrganisationFactory(), make.OrganisationFactory()],
            venues=[make.VenueFactory()],
            topics=[make.TopicFactory(), make.TopicFactory(), make.TopicFactory()],
        )


def test_the_next_edition_takes_three_steps(log_in, convention, watch):
    page = log_in()
    page.goto(reverse("admin:events_event_change", args=[convention.pk]))
    hand = Counted(page)
    hand.click(page.get_by_role("link", name="Nächste Ausgabe"))
    expect(page.locator("h1")).to_have_text("Nächste Ausgabe von „Smart Country Convention 2026“")
    assert len(hand.loads) == 1
    hand.paste(page.locator("#id_pasted_dates"), "12.–14. Oktober 2027")
    expect(page.locator(".pasted")).to_have_text("12.–14. Oktober 2027")
    expect(page.locator("#id_starts_on")).to_have_value("2027-10-12")
    hand.click(page.locator("input[name=_save]").first)
    expect(page.locator(".messagelist .success")).to_contain_text("Smart Country Convention 2027")
    assert (hand.interactions, len(hand.loads)) == (3, 2)
    event = Event.objects.for_detail().get(slug="smart-country-convention-2027")
    assert (event.title, event.edition, event.hashtag) == ("Smart Country Convention 2027", 10, "#SCCON27")
    assert (event.starts_on, event.ends_on) == (dt.date(2027, 10, 12), dt.date(2027, 10, 14))
    assert (len(event.organisers), len(event.places), len(event.topic_list)) == (2, 1, 3)
    assert (watch.strangers, watch.complaints) == ([], [])


def test_the_keyboard_saves_and_stays(log_in, cast_of_site):
    page = log_in()
    address = reverse("admin:events_event_change", args=[cast_of_site.draft.pk])
    page.goto(address)
    page.locator("#id_subtitle").fill("Mit der Tastatur")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page).to_have_url(re.compile(re.escape(address) + "$"))
    expect(page.locator("#id_subtitle")).to_have_value("Mit der Tastatur")


def test_leaving_asks_only_where_something_would_be_lost(log_in, cast_of_site):
    page = log_in()
    asked = []

    def answer(dialog):
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.goto(reverse("admin:events_event_change", args=[cast_of_site.draft.pk]))
    page.locator("h1").click()
    page.get_by_role("link", name="Reihen", exact=True).click()
    expect(page).to_have_url(re.compile("series"))
    assert asked == []
    page.go_back()
    page.locator("#id_title").press_sequentially("!")
    page.get_by_role("link", name="Reihen", exact=True).click()
    expect(page).to_have_url(re.compile("series"))
    assert asked == ["beforeunload"]


def test_the_preview_follows_what_is_typed(log_in, cast_of_site, watch):
    page = log_in()
    page.goto(reverse("admin:events_event_change", args=[cast_of_site.regional_day.pk]))
    page.locator("details.preview > summary").click()
    look = page.locator("div.public-look")
    expect(look).to_contain_text("Zukunft digitale Kommune")
    page.locator("#id_title").fill("Ein anderer Name")
    expect(look).to_contain_text("Ein anderer Name")
    page.locator("#id_pasted_dates").fill("20.–21.11.2027")
    expect(look.locator(".whenwhere")).to_contain_text("20.–21. November 2027")
    page.get_by_role("button", name="English").click()
    expect(look).to_contain_text("In lists")
    page.locator("#id_title").fill("")
    expect(page.locator(".preview__problems")).to_contain_text("Titel")
    assert inspect_page.violations(page, best_practice=True) == []
    assert Event.objects.get(pk=cast_of_site.regional_day.pk).title == "Zukunft digitale Kommune"
    assert (watch.strangers, watch.complaints) == ([], [])


def test_a_preview_that_is_overtaken_while_its_style_sheet_comes_is_shown_all_the_same(log_in, cast_of_site):
    page, held = log_in(), []
    page.route(re.compile(r"/css/site[^/]*\.css"), lambda route: held.append(route))
    page.goto(reverse("admin:events_event_change", args=[cast_of_site.regional_day.pk]))
    with page.expect_request(re.compile(r"/css/site[^/]*\.css")):
        page.locator("details.preview > summary").click()
    with page.expect_response(re.compile("/preview/")):
        page.locator("#id_title").dispatch_event("input")
    (sheet,) = held
    sheet.continue_()
    expect(page.locator("div.public-look")).to_contain_text("Zukunft digitale Kommune")


def test_a_name_that_is_not_found_goes_along_to_a_new_entry(log_in, watch):
    page = log_in()
    page.goto(reverse("admin:events_event_add"))
    page.get_by_text("Beteiligte Organisation hinzufügen").click()
    row = page.locator("#participations-0")
    row.locator(".select2-selection").click()
    page.keyboard.type("Amt für Neues")
    expect(page.locator(".select2-results__message")).to_be_visible()
    page.keyboard.press("Escape")
    with page.expect_popup() as opened:
        row.locator(".add-related").click()
    popup = opened.value
    expect(popup.locator("#id_name")).to_have_value("Amt für Neues")
    popup.locator("#id_kind").select_option("authority")
    popup.locator("#id_level").select_option("federal")
    with popup.expect_event("close"):
        popup.locator("input[name=_save]").first.click()
    expect(row.locator(".select2-selection__rendered")).to_contain_text("Amt für Neues")
    assert (watch.strangers, watch.complaints) == ([], [])


def test_a_change_of_date_is_shown_before_it_is_made(log_in, cast_of_site, watch):
    page = log_in()
    page.goto(reverse("admin:events_event_new_date", args=[cast_of_site.regional_day.pk]))
    assert inspect_page.violations(page) == []
    page.locator("#id_pasted_dates").fill("18. März 2027, 9–17 Uhr")
    expect(page.locator("#id_start_time")).to_have_value("09:00")
    page.get_by_role("button", name="Erst ansehen").click()
    expect(page.locator("div.public-look .whenwhere")).to_contain_text("18. März 2027")
    assert inspect_page.violations(page) == []
    assert (watch.strangers, watch.complaints) == ([], [])
