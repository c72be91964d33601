"""How long sessions last, what a person sees of them, and how they end."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Lock, SignIn
from accounts.signing import history
from accounts.signing.browsers import family
from tests.accounts.signing import (
    OTHER_PASSWORD,
    PASSWORD,
    give_app,
    is_inside,
    later,
    make_editor,
    sent,
    sign_in,
)
from tests.factories import NOW
from tests.rules import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def editor():
    return make_editor()


# -- limits ----------------------------------------------------------------------------------------


def test_a_session_ends_after_idle_minutes(client, editor, settings):
    settings.SESSION_IDLE_MINUTES = 30
    sign_in(client)
    with later(minutes=29):
        assert is_inside(client)
    with later(minutes=58):
        assert is_inside(client)
    with later(minutes=89):
        assert not is_inside(client)


def test_a_session_ends_after_hours_however_much_it_is_used(client, editor, settings):
    settings.SESSION_IDLE_MINUTES, settings.SESSION_HOURS = 60, 3
    sign_in(client)
    for minutes in range(30, 180, 30):
        with later(minutes=minutes):
            assert is_inside(client)
    with later(minutes=181):
        assert not is_inside(client)


def test_the_end_is_written_at_most_once_a_minute(client, editor, django_assert_num_queries):
    sign_in(client)
    with later(seconds=59), django_assert_num_queries(4):
        client.get(reverse("account_change_password"))
    # A savepoint, the row and its release on top.
    with later(seconds=61), django_assert_num_queries(7):
        client.get(reverse("account_change_password"))


def test_the_cookie_ends_with_the_session(client, editor, settings):
    settings.SESSION_IDLE_MINUTES = 30
    cookie = sign_in(client).cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == 30 * 60
    assert cookie["httponly"]


def test_signing_in_changes_the_sessions_key(client, editor):
    client.get(reverse("account_reset_password"))
    give_app(editor)
    sign_in(client)
    before = client.session.session_key
    client.force_login(editor)
    assert client.session.session_key != before


# -- how they end ----------------------------------------------------------------------------------


def test_a_changed_password_ends_all_other_sessions(client, editor):
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)
    told = {"oldpassword": PASSWORD, "password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}
    assert client.post(reverse("admin:password_change"), told).url == reverse("account")
    assert is_inside(client)
    assert not is_inside(elsewhere)
    page = client.get(reverse("account"))
    assert [session.is_this_one for session in page.context["sessions"]] == [True]
    assert [(mail.to, mail.subject) for mail in sent()] == [
        ([editor.email], "[Kongressatlas] Das Passwort Ihres Kontos wurde geändert.")
    ]


def test_a_mail_speaks_the_language_of_the_page(client, editor):
    sign_in(client)
    told = {"oldpassword": PASSWORD, "password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}
    client.post("/en/admin/password_change/", told)
    [mail] = sent()
    assert mail.subject == "[Kongressatlas] The password of your account has been changed."
    assert "If that was you, there is nothing to do." in mail.body
    assert mail.extra_headers == {"Auto-Submitted": "auto-generated"}


def test_everything_ends_at_a_press_of_a_button(client, editor):
    others = [Client(), Client()]
    for one in [*others, client]:
        sign_in(one)
    assert client.get(reverse("account_end_sessions")).status_code == 405
    assert client.post(reverse("account_end_sessions")).url == reverse("account_login")
    assert [is_inside(one) for one in [*others, client]] == [False, False, False]
    assert not Session.objects.filter(expire_date__gt=NOW, session_data="").exists()


def test_a_password_set_by_an_administrator_ends_sessions_in_the_list_too(client, editor):
    sign_in(client)
    assert len(history.open_sessions(editor, None, NOW)) == 1
    editor.set_password(OTHER_PASSWORD)
    editor.save()
    assert history.open_sessions(editor, None, NOW) == []
    assert not is_inside(client)


# -- history ---------------------------------------------------------------------------------------


def test_a_person_sees_the_own_sign_ins_failed_ones_too(client, editor):
    sign_in(client, password="falsch", REMOTE_ADDR="203.0.113.77", headers={"User-Agent": FIREFOX})
    sign_in(client, REMOTE_ADDR="2001:db8:1:2::3", headers={"User-Agent": FIREFOX})
    rows = [
        (row.outcome, row.method, row.network, row.browser)
        for row in client.get(reverse("account")).context["sign_ins"]
    ]
    assert rows == [
        ("signed_in", "password", "2001:db8:1::/48", "Firefox, Linux"),
        ("refused", "password", "203.0.113.0/24", "Firefox, Linux"),
    ]
    text = client.get(reverse("account")).content.decode()
    assert "203.0.113.77" not in text
    assert "abgewiesen" in text


def test_names_nobody_bears_are_kept_as_a_digest(client):
    sign_in(client, "mein geheimes Kennwort im falschen Feld", "x")
    [row] = SignIn.objects.all()
    assert (row.user, len(row.name_digest), row.outcome) == (None, 32, "refused")


def test_the_account_page_needs_the_same_number_of_queries(client, editor, django_assert_num_queries):
    for number in (1, 3):
        for _sign_in in range(number):
            sign_in(Client())
        client.force_login(editor)
        # Session, account, its rights twice, factor, sessions and their sign-ins, history.
        with django_assert_num_queries(8):
            assert len(client.get(reverse("account")).context["sessions"]) > number


def test_sign_ins_are_forgotten_after_their_time(editor, settings, capsys):
    for days in (0, 89, 91):
        at = NOW - dt.timedelta(days=days)
        SignIn.objects.create(user=editor, at=at, network="unknown", method="password", outcome="signed_in")
    call_command("delete_old_sign_ins")
    assert capsys.readouterr().out == "1 deleted.\n"
    assert SignIn.objects.count() == 2


AGENTS = {
    FIREFOX: "Firefox, Linux",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0": "Edge, Windows",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/17.0 Safari/605.1": "Safari, macOS",
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36": "Chrome, Android",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1": "Safari, iOS",
    "curl/8.5.0": "",
    "": "",
}


@pytest.mark.parametrize("agent", AGENTS)
def test_browsers_are_told_by_family(agent):
    assert family(agent) == AGENTS[agent]


# -- constraints -----------------------------------------------------------------------------------

WRONG = [
    ("sign_in_method_known", {"method": "charm"}),
    ("sign_in_outcome_known", {"outcome": "maybe"}),
    ("sign_in_of_account_or_digest", {"name_digest": "0" * 32}),
    ("sign_in_of_account_or_digest", {"user": None, "name_digest": "0" * 32}),
    ("sign_in_session_only_if_signed_in", {"outcome": "refused", "session_key": "abc"}),
]


@pytest.mark.parametrize(("rule", "wrong"), WRONG)
def test_a_sign_in_says_nothing_contradictory(editor, rule, wrong):
    right = {"user": editor, "network": "unknown", "method": "password", "outcome": "signed_in"}
    with refused(rule):
        SignIn.objects.create(**right | wrong)


WRONG_LOCKS = [
    ("lock_subject_known", {"subject": "patience"}),
    ("lock_names_account_or_network", {"account": ""}),
    ("lock_names_account_or_network", {"subject": "network"}),
    ("lock_once", {}),
]


@pytest.mark.parametrize(("rule", "wrong"), WRONG_LOCKS)
def test_a_lock_is_of_one_account_or_network(rule, wrong):
    right = {"subject": "password", "account": "0" * 32, "network": ""}
    Lock.objects.create(**right)
    with refused(rule):
        Lock.objects.create(**right | wrong)
