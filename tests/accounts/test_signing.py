"""Signing in and out: who gets in, where one goes, what strangers learn."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, identify_hasher, make_password
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import SignIn
from accounts.urls import urlpatterns
from tests.accounts.signing import (
    NAME,
    PASSWORD,
    code_at,
    enter,
    give_app,
    is_inside,
    make_editor,
    problems,
    sign_in,
)
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
STOCK_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]


@pytest.fixture
def editor():
    return make_editor()


def test_an_editor_signs_in_at_the_admins_own_address(client, editor):
    assert client.get(reverse("admin:index")).url == "/admin/login/?next=/admin/"
    assert reverse("account_login") == reverse("admin:login") == "/admin/login/"
    answer = sign_in(client)
    assert (answer.status_code, answer.url) == (302, "/admin/")
    assert is_inside(client)


def test_one_goes_on_to_where_one_came_from(client, editor):
    answer = client.post(
        "/admin/login/?next=/admin/events/event/?q=tag", {"username": NAME, "password": PASSWORD}
    )
    assert answer.url == "/admin/events/event/?q=tag"


FOREIGN = [
    "https://boese.example/", "//boese.example/", "///boese.example", "http:///boese.example",
    "/\\boese.example", "\\\\boese.example", "https:boese.example", "javascript:alert(1)",
    "data:text/html,x", " https://boese.example", "https://testserver@boese.example/", "\x00//boese.example",
    "http://testserver.boese.example/",
]  # fmt: skip


@pytest.mark.parametrize("target", FOREIGN)
def test_nobody_is_sent_to_another_site(client, editor, target):
    told = {"username": NAME, "password": PASSWORD, "next": target}
    assert client.post(reverse("account_login"), told).url == "/admin/"
    assert client.get(reverse("account_login"), {"next": target}).url == "/admin/"


def test_the_language_is_that_of_the_path(client, editor):
    german, english = client.get("/admin/login/"), client.get("/en/admin/login/")
    assert b'<html lang="de"' in german.content
    assert b"Anmelden" in german.content
    assert b'<html lang="en"' in english.content
    assert client.post("/en/admin/login/", {"username": NAME, "password": PASSWORD}).url == "/en/admin/"


def test_signing_out_takes_a_post(client, editor):
    sign_in(client)
    assert client.get(reverse("admin:logout")).url == "/admin/"
    assert is_inside(client)
    assert client.post(reverse("admin:logout")).url == "/admin/login/"
    assert not is_inside(client)


def test_forms_from_elsewhere_are_refused(editor):
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client).status_code == 403
    assert SignIn.objects.count() == 0


# -- who does not get in ---------------------------------------------------------------------------


def test_every_refusal_reads_alike(client, editor):
    make_editor("weg", is_active=False)
    make_editor("gast", is_staff=False)
    make_editor("ohne").set_unusable_password()
    tries = [(NAME, "falsch"), ("niemand", PASSWORD), ("weg", PASSWORD), ("gast", PASSWORD), ("ohne", "x")]
    answers = [sign_in(client, *one) for one in tries]
    assert {(answer.status_code, *problems(answer)) for answer in answers} == {
        (200, "Name und Passwort gehören nicht zusammen, oder das Konto ist nicht zur Anmeldung berechtigt.")
    }
    assert not is_inside(client)


def test_known_and_unknown_names_cost_the_same(client, editor, django_assert_num_queries):
    for name in (NAME, "niemand"):
        # Familiar?, three savepoints of the count, its rows, again and written; the account; history.
        with django_assert_num_queries(9):
            sign_in(client, name, "falsch")


def test_known_and_unknown_names_hash_once_each(client, settings, monkeypatch):
    settings.PASSWORD_HASHERS = STOCK_HASHERS[1:]
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 1)
    make_editor()
    hashed, stock = [], PBKDF2PasswordHasher.encode
    monkeypatch.setattr(
        PBKDF2PasswordHasher, "encode", lambda *words, **more: hashed.append(1) or stock(*words, **more)
    )
    sign_in(client, NAME, "falsch")
    assert len(hashed) == 1
    sign_in(client, "niemand", "falsch")
    assert len(hashed) == 2


def test_who_is_no_editor_is_told_so_without_a_loop(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("gast"))
    answer = client.get(reverse("admin:index"), follow=True)
    assert (answer.status_code, answer.templates[0].name) == (403, "account/no_access.html")
    assert "gast" in answer.content.decode()


def test_nobody_can_make_an_account(client):
    for path in ("/admin/signup/", "/admin/account/signup/", "/accounts/signup/"):
        assert client.get(path).status_code in (302, 404)
        assert client.post(path, {"username": "neu", "password1": PASSWORD}).status_code in (302, 404)


# -- passwords -------------------------------------------------------------------------------------


def test_argon2_comes_first(settings):
    from config import settings as ours

    assert ours.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_an_older_hash_is_upgraded_at_the_next_sign_in(client, editor, settings):
    settings.PASSWORD_HASHERS = STOCK_HASHERS
    editor.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    editor.save()
    assert sign_in(client).status_code == 302
    editor.refresh_from_db()
    assert identify_hasher(editor.password).algorithm == "argon2"
    assert is_inside(client)


# -- headers ---------------------------------------------------------------------------------------

OPEN = [
    "account_login", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key_done",
]  # fmt: skip


def addresses():
    for pattern in urlpatterns:
        parameters = pattern.pattern.regex.groupindex
        known = {"pk": 1, "uidb36": "1", "key": "set-password"}
        yield pattern.name, {name: known[name] for name in parameters}


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_page_is_kept_or_indexed(client, editor, language):
    with override(language):
        paths = {name: reverse(name, kwargs=values) for name, values in addresses()}
    strangers = {name: client.get(path) for name, path in paths.items()}
    client.force_login(editor)
    answers = [*strangers.values(), *map(client.get, paths.values())]
    assert {answer.status_code for answer in answers} <= {200, 302, 404, 405}
    for answer in answers:
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_strangers_see_nothing_but_the_way_in(client):
    seen = {}
    for name, values in addresses():
        answer = client.get(reverse(name, kwargs=values), follow=True)
        seen[name] = answer.redirect_chain[-1][0].split("?")[0] if answer.redirect_chain else "shown"
    inside = {name: where for name, where in seen.items() if where != "/admin/login/"}
    assert inside == dict.fromkeys([*OPEN, "account_reset_password_from_key"], "shown") | {
        "account_end_sessions": "shown",
        "account_set_password": "/admin/account/password/",
    }
    assert client.get(reverse("account_end_sessions")).status_code == 405


def test_public_pages_know_nothing_of_sessions(client, editor, django_assert_num_queries):
    client.force_login(editor)
    answer = client.get(reverse("pages:imprint"))
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    with django_assert_num_queries(0):
        client.get(reverse("pages:imprint"))


def test_a_page_of_an_account_needs_the_same_number_of_queries(client, editor, django_assert_num_queries):
    client.force_login(editor)
    # Session, account, and its rights for the header.
    with django_assert_num_queries(4):
        client.get(reverse("account_change_password"))


def test_a_password_alone_is_not_enough_where_there_is_a_second_factor(client, editor):
    give_app(editor)
    assert sign_in(client).url == reverse("mfa_authenticate")
    assert not is_inside(client)
    assert enter(client, code_at(NOW)).url == "/admin/"
    assert is_inside(client)
