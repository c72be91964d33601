"""Who guesses wrong waits, longer each time, whichever process is asked."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.models import Lock, SignIn
from accounts.models.sign_in import Subject
from accounts.signing import lockout
from accounts.signing.guesses import please_wait
from accounts.signing.lockout import Locked, enter, succeed, wait_after
from tests.accounts.signing import (
    NAME,
    PASSWORD,
    code_at,
    code_problems,
    give_app,
    is_inside,
    later,
    make_editor,
    problems,
    sign_in,
)
from tests.accounts.signing import enter as enter_code
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
HERE, THERE = "203.0.113.0/24", "198.51.100.0/24"
WAIT = "Zu viele Fehlversuche. Bitte warten Sie eine Minute, und versuchen Sie es dann noch einmal."


def fail(times, name=NAME, network=HERE, at=NOW, subject=Subject.PASSWORD):
    for _number in range(times):
        enter(subject, name, network, at=at)


def wait_of(name=NAME, network=HERE, at=NOW, subject=Subject.PASSWORD):
    """Minutes to wait now; None for an open door, which then has one failure more."""
    try:
        enter(subject, name, network, at=at)
    except Locked as locked:
        return locked.wait / dt.timedelta(minutes=1)
    return None


def test_the_wait_doubles_up_to_an_hour():
    waits = [wait_after(failures, 5) / dt.timedelta(minutes=1) for failures in range(3, 14)]
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert wait_after(10_000, 5) == dt.timedelta(hours=1)


def test_each_failure_after_the_wait_makes_the_next_one_longer():
    fail(5)
    at, waited = NOW, []
    for _round in range(8):
        waited.append(wait_of(at=at))
        at += dt.timedelta(minutes=waited[-1])
        assert wait_of(at=at) is None
    assert waited == [1, 2, 4, 8, 16, 32, 60, 60]


def test_tries_while_locked_make_nothing_longer():
    fail(5)
    assert [wait_of() for _try in range(20)] == [1] * 20
    assert wait_of(at=NOW + dt.timedelta(seconds=40)) == pytest.approx(1 / 3)


def test_the_right_password_starts_afresh():
    fail(4)
    succeed(Subject.PASSWORD, NAME, HERE, at=NOW)
    fail(4)
    assert wait_of() is None


def test_failures_are_forgotten_after_half_a_day():
    fail(4)
    fail(4, at=NOW + dt.timedelta(hours=12))
    assert wait_of(at=NOW + dt.timedelta(hours=12)) is None


def test_names_are_counted_whatever_their_case_from_anywhere():
    fail(3, NAME.upper(), HERE)
    fail(2, f" {NAME} ", THERE)
    assert wait_of(NAME, "192.0.2.0/24") == 1


def test_a_network_waits_too_whoever_is_tried_from_it():
    for number in range(50):
        enter(Subject.PASSWORD, f"name{number}", HERE, at=NOW)
    assert wait_of("another") == 1
    assert wait_of("another", THERE) is None
    # Those that were right are given back.
    for number in range(49):
        enter(Subject.PASSWORD, f"person{number}", THERE, at=NOW)
        succeed(Subject.PASSWORD, f"person{number}", THERE, at=NOW)
    assert wait_of("one more", THERE) is None


def test_strangers_cannot_lock_a_person_out_of_a_familiar_network():
    user = make_editor()
    SignIn.objects.create(user=user, network=HERE, method="password", outcome="signed_in", at=NOW)
    fail(5, network=THERE)
    assert wait_of(network=THERE) == 1
    assert wait_of(network=HERE) is None
    assert wait_of(network=HERE, at=NOW + dt.timedelta(days=31)) is None
    fail(3, network=HERE)
    assert wait_of(network=HERE) is None
    assert wait_of(network=HERE) == 1


def test_codes_have_a_count_of_their_own():
    fail(5, subject=Subject.SECOND)
    assert wait_of(subject=Subject.PASSWORD) is None
    succeed(Subject.PASSWORD, NAME, HERE, at=NOW)
    assert wait_of(subject=Subject.SECOND) == 1


def test_lifting_a_lock_lets_an_account_in_at_once():
    fail(5)
    fail(5, subject=Subject.SECOND)
    assert lockout.waiting_until(NAME, NOW) == NOW + dt.timedelta(minutes=1)
    assert lockout.lift(NAME) == 2
    assert lockout.waiting_until(NAME, NOW) is None
    assert wait_of() is None


def test_old_counts_are_deleted_and_running_ones_kept():
    fail(5)
    fail(1, "another", THERE, at=NOW + dt.timedelta(hours=13))
    assert lockout.delete_old(NOW + dt.timedelta(hours=13)) == 2
    assert set(Lock.objects.values_list("network", flat=True)) == {"", THERE}


# -- by requests -----------------------------------------------------------------------------------


def test_the_page_says_how_long_to_wait_and_looks_at_no_password(client):
    make_editor()
    for _try in range(5):
        sign_in(client, password="falsch")
    assert problems(sign_in(client)) == [WAIT]
    with later(seconds=59):
        assert problems(sign_in(client)) == [WAIT]
    with later(minutes=1):
        assert sign_in(client).status_code == 302


def test_unknown_names_wait_like_known_ones(client):
    make_editor()
    told = {}
    for name in (NAME, "niemand"):
        told[name] = [problems(sign_in(client, name, "falsch")) for _try in range(7)]
    assert told[NAME] == told["niemand"]
    assert told[NAME][4] != told[NAME][5] == [WAIT]


def test_a_wait_is_told_in_the_language_of_the_page(client):
    make_editor()
    for _try in range(5):
        sign_in(client, password="falsch")
    answer = client.post("/en/admin/login/", {"username": NAME, "password": PASSWORD})
    assert problems(answer) == ["Too many failed attempts. Please wait one minute, then try again."]
    assert please_wait(dt.timedelta(seconds=61)).startswith(
        "Zu viele Fehlversuche. Bitte warten Sie 2 Minuten"
    )


def test_a_known_password_buys_no_more_guesses_of_codes(client):
    give_app(make_editor())
    for _round in range(5):
        sign_in(client)
        enter_code(client, "000000")
        client.post("/admin/logout/")
    sign_in(client)
    assert code_problems(enter_code(client, code_at(NOW))) == [WAIT]
    assert not is_inside(client)


def test_the_password_cannot_be_guessed_where_one_confirms_or_changes_it(client):
    editor = make_editor()
    client.force_login(editor)
    for _try in range(5):
        client.post("/admin/account/confirm/", {"password": "falsch"})
    answer = client.post("/admin/account/confirm/", {"password": PASSWORD})
    assert WAIT in str(answer.context["form"].errors)
    told = {"oldpassword": PASSWORD, "password1": "x", "password2": "x"}
    assert WAIT in str(client.post("/admin/password_change/", told).context["form"].errors["oldpassword"])


# -- by several processes --------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_never_outnumber_the_limit():
    def attempt(_number):
        try:
            return wait_of()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(attempt, range(24)))
    assert waits.count(None) == 5
    assert waits.count(1) == 19
