"""Security keys in a real browser, with a key that Chromium plays; axe on every page of signing in."""

from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.test.utils import override_settings
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import inspect_page
from tests.browser.entries import EDITOR

pytestmark = pytest.mark.browser
PERSON = ("schluessel", "ein langes Kennwort")
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def person(entries, django_db_blocker):
    """An account of its own, which the server's threads see."""
    with django_db_blocker.unblock():
        person = User.objects.create_superuser(PERSON[0], password=PERSON[1])
        yield person
        person.delete()


@pytest.fixture
def named_site(site):
    """The same site by a name: browsers offer keys to no number."""
    url = site.replace("127.0.0.1", "localhost")
    with override_settings(
        ALLOWED_HOSTS=["localhost"], SITE_URL=url, SITE_PARTS=urlsplit(url), CSRF_TRUSTED_ORIGINS=[url]
    ):
        yield url


@pytest.fixture
def page(browser, named_site, watch):
    """A page with a security key plugged in."""
    context = browser.new_context(base_url=named_site, locale="de-DE", reduced_motion="reduce")
    context.on("console", watch.hear)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield page
    context.close()


def type_password(page, person):
    page.goto(reverse("admin:login"))
    page.locator("[name=username]").fill(person[0])
    page.locator("[name=password]").fill(person[1])
    page.keyboard.press("Enter")


def test_a_security_key_is_added_and_lets_in(page, watch, person):
    type_password(page, PERSON)
    expect(page.locator("#logout-form")).to_be_visible()
    page.goto(reverse("mfa_add_webauthn"))
    page.locator("[name=name]").fill("Schlüsselbund")
    page.get_by_role("button", name="Schlüssel hinzufügen").click()
    expect(page.get_by_role("heading", name="Wiederherstellungscodes")).to_be_visible()
    page.goto(reverse("mfa_index"))
    expect(page.get_by_text("Schlüsselbund")).not_to_have_count(0)
    page.locator("#logout-form button").click()
    type_password(page, PERSON)
    expect(page.get_by_role("heading", name="Zweiter Faktor")).to_be_visible()
    page.get_by_role("button", name="Sicherheitsschlüssel verwenden").click()
    expect(page.locator("#logout-form")).to_be_visible()
    assert page.url.endswith(reverse("admin:index"))
    assert person.sign_ins.latest("at", "pk").method == "webauthn"
    assert watch.complaints == []


@pytest.mark.django_db
def test_axe_finds_nothing_on_the_pages_of_signing_in(open_page, log_in, entries):
    outside = ["account_login", "account_reset_password", "account_reset_password_done"]
    inside = ["account", "admin:password_change", "mfa_index", "account_reauthenticate"]
    editor = User.objects.get(username=EDITOR[0])
    paths = {name: reverse(name) for name in inside} | {
        "person": reverse("admin:accounts_person", args=[editor.pk])
    }
    stranger, page = open_page(width=320), log_in()
    page.set_viewport_size({"width": 320, "height": 800})
    found = [what for name in outside for what in look_at(stranger, reverse(name))]
    found += [what for path in paths.values() for what in look_at(page, path)]
    assert not found, "\n".join(found)


def look_at(page, path):
    page.goto(path)
    return [f"{path}: {what}" for what in (*inspect_page.violations(page), *inspect_page.overflow(page))]
