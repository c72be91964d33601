"""The check of a date in a real browser: as a page without scripts, and as a hint in the admin."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_a_date_is_checked_without_scripts(open_page, cast_of_site):
    page = open_page(java_script_enabled=False)
    page.goto(reverse("events:clash"))
    page.get_by_label("Erster Tag").fill("2027-03-11")
    page.get_by_label("Onlinezugangsgesetz").check()
    page.get_by_label("Ort oder Postleitzahl").fill("Essen")
    page.get_by_role("button", name="Termin prüfen").click()
    expect(page.locator("#verdict")).to_contain_text("Konkurrenz")
    expect(page.locator(".rival h3").first).to_have_text(cast_of_site.regional_day.title)
    page.locator(".calm a").first.click()
    expect(page.get_by_label("Ort oder Postleitzahl")).to_have_value("Essen")
    expect(page.get_by_label("Erster Tag")).not_to_have_value("2027-03-11")


def test_the_form_of_an_event_tells_what_else_is_on(log_in, cast_of_site):
    page = log_in()
    page.goto(reverse("admin:events_event_add"))
    hint = page.locator(".clash-hint")
    page.locator("#id_starts_on").fill("2027-03-11")
    expect(hint).to_contain_text("An diesen Tagen:")
    page.locator("#id_starts_on").fill("2029-08-15")
    expect(hint).to_contain_text("keine andere Veranstaltung")
    page.locator("#id_starts_on").fill("")
    expect(hint).to_be_empty()
