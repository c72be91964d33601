"""What administrators see of other accounts, and may do about them."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from tests.accounts.signing import (
    factors_of,
    give_app,
    is_inside,
    make_editor,
    problems,
    sent,
    sign_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def editor():
    return make_editor()


@pytest.fixture
def office(client):
    """An administrator, who is no superuser, has signed in."""
    person = make_editor("verwaltung")
    person.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))
    client.force_login(person)
    return client


def page_of(person):
    return reverse("admin:accounts_person", args=[person.pk])


def test_an_administrator_sees_sign_ins_sessions_and_lock(office, editor, django_assert_num_queries):
    sign_in(Client())
    for _try in range(5):
        sign_in(Client(), password="falsch")
    # Session, account, rights twice; the person; lock, factors, group; sessions twice, history.
    with django_assert_num_queries(10):
        page = office.get(page_of(editor))
    assert [row.outcome for row in page.context["sign_ins"]] == ["refused"] * 5 + ["signed_in"]
    assert len(page.context["sessions"]) == 1
    assert "nach Fehlversuchen" in page.content.decode()


def test_an_administrator_lifts_a_lock(office, editor):
    for _try in range(5):
        sign_in(Client(), password="falsch")
    assert "warten" in problems(sign_in(Client()))[0]
    assert office.post(page_of(editor), {"do": "lift"}).status_code == 302
    assert sign_in(Client()).status_code == 302


def test_an_administrator_ends_the_sessions_of_an_account(office, editor):
    other = Client()
    sign_in(other)
    office.post(page_of(editor), {"do": "end"})
    assert not is_inside(other)
    assert is_inside(office)


def test_an_administrator_removes_lost_factors_and_the_person_is_told(office, editor):
    give_app(editor)
    office.post(page_of(editor), {"do": "remove"})
    assert factors_of(editor) == []
    [mail] = sent()
    assert (mail.to, "Administration" in mail.subject) == ([editor.email], True)
    assert "verwaltung" not in mail.body
    assert sign_in(Client()).url == "/admin/"


def test_superusers_are_for_superusers_only(office, client, editor):
    chief = make_editor("leitung", is_superuser=True)
    give_app(chief)
    for act in ("lift", "end", "remove"):
        assert office.post(page_of(chief), {"do": act}).status_code == 403
    assert factors_of(chief) == ["totp"]
    other = Client()
    other.force_login(chief)
    assert other.post(page_of(chief), {"do": "end"}).status_code == 302


@pytest.mark.parametrize("act", ["", "delete", "\x00"])
def test_nothing_else_can_be_done(office, editor, act):
    assert office.post(page_of(editor), {"do": act}).status_code == 403


def test_who_may_not_change_accounts_sees_nothing(client, editor):
    client.force_login(editor)
    assert client.get(page_of(editor)).status_code == 403
    assert Client().get(page_of(editor)).status_code == 302


def test_an_account_that_is_not_there_is_not_found(office):
    assert office.get(reverse("admin:accounts_person", args=[999])).status_code == 404


def test_the_page_of_an_account_leads_there(admin_client, editor):
    page = admin_client.get(reverse("admin:auth_user_change", args=[editor.pk]))
    assert page_of(editor) in page.content.decode()


def test_secrets_have_no_page_in_the_admin():
    labels = {model._meta.label for model in admin.site._registry}
    assert not any(label.startswith(("account.", "mfa.")) for label in labels)
