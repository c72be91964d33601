"""A forgotten password: a link by mail, for editors alone, and nothing to learn for strangers."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.signing import mails
from tests.accounts.signing import (
    NAME,
    OTHER_PASSWORD,
    give_app,
    is_inside,
    later,
    links_in,
    make_editor,
    sent,
    sign_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def editor():
    return make_editor()


def ask_for_link(client, address):
    return client.post(reverse("account_reset_password"), {"email": address}, follow=True)


def test_a_forgotten_password_is_replaced_by_a_link(client, editor):
    elsewhere = Client()
    sign_in(elsewhere)
    for _try in range(5):
        sign_in(Client(), password="falsch")
    ask_for_link(client, "Redaktion@Example.org")
    [mail] = sent()
    assert mail.to == [editor.email]
    assert NAME in mail.body
    [link] = links_in(mail.body)
    assert link.startswith("http://testserver/admin/account/password/new/")
    form = client.get(link.removeprefix("http://testserver"), follow=True)
    assert form.redirect_chain[-1][0].endswith("-set-password/")
    told = {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}
    done = client.post(form.redirect_chain[-1][0], told)
    assert done.url == reverse("account_reset_password_from_key_done")
    assert not is_inside(elsewhere)
    assert not is_inside(client)
    assert sign_in(client, password=OTHER_PASSWORD).status_code == 302
    assert client.get(link.removeprefix("http://testserver")).context["token_fail"]


def test_who_is_still_signed_in_may_use_the_link_too(client, editor):
    sign_in(client)
    ask_for_link(client, editor.email)
    [link] = links_in(sent()[0].body)
    form = client.get(link.removeprefix("http://testserver"), follow=True).redirect_chain[-1][0]
    done = client.post(form, {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}, follow=True)
    assert done.status_code == 200
    assert not is_inside(client)


def test_a_link_dies_after_two_hours(client, editor):
    ask_for_link(client, editor.email)
    [link] = links_in(sent()[0].body)
    with later(hours=2, seconds=1):
        assert client.get(link.removeprefix("http://testserver")).context["token_fail"]


def test_asking_for_a_link_tells_nothing_about_addresses(client, editor):
    make_editor("weg", is_active=False)
    make_editor("gast", is_staff=False)
    pages = {}
    for name in (NAME, "weg", "gast", "niemand"):
        answer = ask_for_link(Client(), f"{name}@example.org")
        pages[name] = (answer.redirect_chain, answer.content.count(b"<p"))
    assert len(set(map(str, pages.values()))) == 1
    assert [mail.to for mail in sent()] == [[editor.email]]


def test_a_replaced_password_still_asks_for_the_second_factor(client, editor):
    give_app(editor)
    ask_for_link(client, editor.email)
    [link] = links_in(sent()[0].body)
    form = client.get(link.removeprefix("http://testserver"), follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD})
    assert sign_in(client, password=OTHER_PASSWORD).url == reverse("mfa_authenticate")


def test_a_mail_server_that_is_away_breaks_nothing(client, editor, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert ask_for_link(client, editor.email).status_code == 200
    mails.settle()
    assert "ConnectionRefusedError" in caplog.text
    assert editor.email not in caplog.text


def test_links_are_few(client, editor):
    answers = [client.post(reverse("account_reset_password"), {"email": editor.email}) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429] * 2
    assert len(sent()) == 5
