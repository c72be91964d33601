"""Second factors by app and recovery codes, and the groups that need one."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.test import Client
from django.urls import reverse

from accounts.models import SignIn
from accounts.signing.factors import FactorAdapter
from tests.accounts.signing import (
    PASSWORD,
    SECRET,
    add_app,
    code_at,
    code_problems,
    enter,
    factors_of,
    give_app,
    is_inside,
    later,
    make_editor,
    sent,
    sign_in,
)
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "commits_at_once")]
REFUSED = [
    "Dieser Code stimmt nicht oder wurde schon verwendet. Jeder Code gilt einmal;"
    " bitte nehmen Sie den nächsten."
]
STEP = dt.timedelta(seconds=30)


@pytest.fixture
def editor():
    return make_editor()


def recovery_codes(client):
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]


# -- the app ---------------------------------------------------------------------------------------


def test_an_app_is_added_by_a_picture_in_the_page_and_a_code(client, editor):
    sign_in(client)
    page, answer, _code = add_app(client)
    text = page.content.decode()
    assert "<svg" in text
    assert "data:image" not in text
    assert " style=" not in text
    assert page.context["form"].secret in text
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert factors_of(editor) == ["recovery_codes", "totp"]
    assert [mail.subject for mail in sent()] == [
        "[Kongressatlas] Ihrem Konto wurde eine Authentifizierungs-App hinzugefügt."
    ]


def test_a_wrong_code_adds_nothing(client, editor):
    sign_in(client)
    client.get(reverse("mfa_activate_totp"))
    answer = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert code_problems(answer) == REFUSED
    assert factors_of(editor) == []


def test_who_signed_in_long_ago_confirms_first(client, editor):
    client.force_login(editor)
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer.url.startswith(reverse("account_reauthenticate"))
    confirmed = client.post(answer.url, {"password": PASSWORD})
    assert confirmed.url == reverse("mfa_activate_totp")
    assert client.get(confirmed.url).status_code == 200


def test_sessions_that_knew_no_second_factor_end(client, editor):
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)
    add_app(client)
    assert not is_inside(elsewhere)
    assert is_inside(client)


def test_the_code_that_was_shown_when_the_app_was_added_is_used_up(client, editor):
    sign_in(client)
    _page, _answer, code = add_app(client)
    other = Client()
    sign_in(other)
    assert code_problems(enter(other, code)) == REFUSED


@pytest.mark.parametrize(("steps", "counts"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_counts_one_step_before_and_after(client, editor, steps, counts):
    give_app(editor)
    sign_in(client)
    enter(client, code_at(NOW + steps * STEP))
    assert is_inside(client) == counts


def test_a_code_works_once_and_none_before_it_again(client, editor):
    give_app(editor)
    sign_in(client)
    enter(client, code_at(NOW))
    for code in (code_at(NOW), code_at(NOW - STEP)):
        other = Client()
        sign_in(other)
        assert code_problems(enter(other, code)) == REFUSED
        assert not is_inside(other)
    enter(other, code_at(NOW + STEP))
    assert is_inside(other)


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "٠٠٠٠٠٠", "0" * 400, "\x00", "ß" * 6])
def test_no_code_breaks_the_page(client, editor, code):
    give_app(editor)
    sign_in(client)
    assert enter(client, code).status_code == 200
    assert not is_inside(client)


def test_spaces_within_a_code_do_no_harm(client, editor):
    give_app(editor)
    sign_in(client)
    code = code_at(NOW)
    enter(client, f" {code[:3]} {code[3:]} ")
    assert is_inside(client)


def test_the_second_step_waits_a_quarter_of_an_hour(client, editor):
    give_app(editor)
    sign_in(client)
    with later(minutes=16):
        assert enter(client, code_at(NOW + dt.timedelta(minutes=16))).url == reverse("account_login")
        assert not is_inside(client)


def test_without_the_first_step_there_is_no_second(client, editor):
    give_app(editor)
    assert enter(client, code_at(NOW)).url == reverse("account_login")


def test_removing_the_app_takes_its_codes_along_and_is_told(client, editor):
    give_app(editor)
    sign_in(client)
    enter(client, code_at(NOW))
    assert client.get(reverse("mfa_deactivate_totp")).url.startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert factors_of(editor) == []
    assert "entfernt" in sent()[-1].subject


def test_secrets_are_unreadable_without_the_secret_key(editor, settings):
    give_app(editor)
    data = Authenticator.objects.get(user=editor).data
    assert SECRET not in str(data)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new one", [settings.SECRET_KEY]
    assert FactorAdapter().decrypt(data["secret"]) == SECRET
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        FactorAdapter().decrypt(data["secret"])


def test_a_secret_key_that_was_lost_makes_every_code_wrong(client, editor, settings):
    give_app(editor)
    settings.SECRET_KEY = "a new one"
    sign_in(client)
    assert code_problems(enter(client, code_at(NOW))) == REFUSED


# -- recovery codes --------------------------------------------------------------------------------


def test_each_recovery_code_lets_in_once(client, editor):
    sign_in(client)
    add_app(client)
    codes = recovery_codes(client)
    assert len(set(codes)) == 10
    for code, gets_in in ((codes[0], True), (codes[0], False), (codes[1], True)):
        other = Client()
        sign_in(other)
        enter(other, code)
        assert is_inside(other) == gets_in
    assert recovery_codes(client) == codes[2:]
    assert SignIn.objects.successful().first().method == "recovery_codes"


def test_recovery_codes_are_saved_as_a_file_after_confirming(client, editor):
    sign_in(client)
    add_app(client)
    other = Client()
    sign_in(other)
    enter(other, recovery_codes(client)[0])
    assert other.get(reverse("mfa_view_recovery_codes")).status_code == 302
    codes = recovery_codes(other)
    file = other.get(reverse("mfa_download_recovery_codes"))
    assert file.headers["Content-Type"].startswith("text/plain")
    assert "attachment" in file.headers["Content-Disposition"]
    assert [line for line in file.content.decode().split() if line.isdigit()] == codes


def test_new_recovery_codes_replace_the_old_ones(client, editor):
    sign_in(client)
    add_app(client)
    codes = recovery_codes(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    assert not set(codes) & set(recovery_codes(client))
    assert "Wiederherstellungscodes" in sent()[-1].subject
