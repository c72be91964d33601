"""The groups that need a second factor, and that nothing works for their members before they have one."""

from urllib.parse import urlsplit

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from accounts.signing.factors import is_owed_by, keys_are_possible
from tests.accounts.signing import PASSWORD, add_app, factors_of, is_inside, make_editor, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "commits_at_once")]
GROUPS = ["publisher", "administrator"]


def admin_addresses():
    """Every address of the admin that needs no argument."""
    for pattern in admin.site.get_urls():
        parts = getattr(pattern, "url_patterns", [pattern])
        for part in parts:
            try:
                yield reverse(f"admin:{part.name}")
            except NoReverseMatch:
                continue


@pytest.fixture
def strict(settings):
    settings.SECOND_FACTOR_GROUPS, settings.SECOND_FACTOR_SUPERUSERS = GROUPS, True


@pytest.mark.parametrize("group", ["author", "editor", *GROUPS])
def test_members_of_these_groups_need_one(client, strict, group):
    user = make_editor("neu", group)
    sign_in(client, "neu")
    assert is_inside(client) == (group not in GROUPS)
    assert is_owed_by(user) == (group in GROUPS)


def test_no_address_of_the_admin_works_before(client, strict):
    make_editor("neu", "publisher", is_superuser=True)
    sign_in(client, "neu")
    own = {reverse(f"admin:{name}") for name in ("login", "logout", "password_change")}
    seen = {path: client.get(path) for path in set(admin_addresses()) - own}
    assert len(seen) > 30
    others = {path: (answer.status_code, answer.headers.get("Location")) for path, answer in seen.items()}
    assert others.pop(reverse("admin:autocomplete")) == (403, None)
    assert set(others.values()) == {(302, reverse("mfa_index"))}
    posted = [client.post(path).status_code for path in sorted(others)]
    assert set(posted) == {302}


def test_scripts_are_told_with_403(client, strict):
    make_editor("neu", "publisher")
    sign_in(client, "neu")
    for header in ({"Accept": "application/json"}, {"Sec-Fetch-Dest": "empty"}):
        answer = client.get(reverse("admin:index"), headers=header)
        assert (answer.status_code, answer.json()) == (
            403,
            {"detail": "Ihr Konto braucht einen zweiten Faktor."},
        )


def test_who_sets_one_up_goes_on(client, strict):
    make_editor("neu", "publisher")
    sign_in(client, "neu")
    page = client.get(reverse("admin:index"), follow=True)
    assert page.redirect_chain == [(reverse("mfa_index"), 302)]
    assert b"neben dem Passwort einen zweiten Faktor" in page.content
    assert page.context["available_apps"] == []
    _page, answer, _code = add_app(client)
    assert client.get(answer.url).status_code == 200
    assert is_inside(client)


def test_the_last_one_cannot_be_removed_by_who_needs_it(client, strict):
    user = make_editor("neu", "publisher")
    sign_in(client, "neu")
    add_app(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert "totp" in factors_of(user)


def test_superusers_need_one_where_the_operator_says_so(client, settings):
    make_editor("neu", is_superuser=True)
    sign_in(client, "neu")
    assert is_inside(client)
    settings.SECOND_FACTOR_SUPERUSERS = True
    assert not is_inside(client)


def test_asking_costs_one_query_and_none_where_nobody_needs_one(settings, django_assert_num_queries):
    user = make_editor("neu", "publisher")
    with django_assert_num_queries(0):
        assert not is_owed_by(user)
    settings.SECOND_FACTOR_GROUPS = GROUPS
    with django_assert_num_queries(1):
        assert is_owed_by(user)


HOSTS = [
    ("https://kongresse.example.org", True), ("http://localhost:8000", True),
    ("http://127.0.0.1:8000", False), ("http://kongresse.example.org", False), ("https://192.0.2.7", False),
]  # fmt: skip


@pytest.mark.parametrize(("url", "possible"), HOSTS)
def test_security_keys_need_a_name_under_https(settings, url, possible):
    settings.SITE_PARTS, settings.SITE_IS_HTTPS = urlsplit(url), url.startswith("https")
    assert keys_are_possible() == possible
