"""Whoever still sees rows of before keeps their bytes in the files: that is waited for, or told."""

import threading
from contextlib import contextmanager

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection

from privacy import remains
from privacy.models import Erasure, Subject
from tests.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)
# Tests at the same server have their changes under way, too; these end.
LONG = 600


@contextmanager
def looking_back():
    """Another session that goes on seeing what there is now; yields its connection."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT 1")
    try:
        yield other
    finally:
        other.close()


def pid(of):
    return of.connection.info.backend_pid


def test_nothing_is_written_anew_in_vain(monkeypatch):
    monkeypatch.setattr(remains, "PATIENCE", 0.2)
    with looking_back() as other:
        told = rf"by: .*session {pid(other)} of \w+ in \w+ since .* End these"
        with pytest.raises(CommandError, match=told):
            call_command("tidy_after_erasures", "--thoroughly")


def test_who_has_written_and_not_ended_is_named():
    with looking_back() as other, other.cursor() as cursor:
        cursor.execute("ROLLBACK")
        cursor.execute("BEGIN; SELECT pg_current_xact_id()")
        with pytest.raises(remains.StillSeen, match=f"session {pid(other)} "):
            remains.wait_for_others(0)


def test_a_change_under_way_in_another_database_is_named():
    with connection._nodb_cursor() as cursor:
        cursor.execute("BEGIN; SELECT pg_current_xact_id()")
        cursor.execute("SELECT pg_backend_pid(), current_database()")
        told = "session {} .* in {} ".format(*cursor.fetchone())
        with pytest.raises(remains.StillSeen, match=told):
            remains.wait_for_others(0)


def test_who_comes_to_an_end_is_waited_for():
    with looking_back() as other:
        waiting = threading.Thread(target=_wait, args=[heard := []])
        waiting.start()
        while not _is_asking(waiting):
            pass
        assert heard == []
        with other.cursor() as cursor:
            cursor.execute("COMMIT")
        waiting.join(LONG)
    assert heard == ["over"]


def _wait(heard):
    try:
        remains.wait_for_others(LONG)
        heard.append("over")
    finally:
        connection.close()


def _is_asking(waiting):
    assert waiting.is_alive()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE %s AND pid <> pg_backend_pid())",
            ["%UNION ALL%pg_prepared_xacts%"],
        )
        return cursor.fetchone()[0]


def test_who_sees_nothing_any_more_is_not_waited_for():
    with looking_back() as other, other.cursor() as cursor:
        cursor.execute("ROLLBACK")
        remains.wait_for_others(LONG)


@time_machine.travel(NOW, tick=False)
def test_the_daily_round_waits_for_nobody(capsys):
    Erasure.objects.create(subject=Subject.PERSON, which="1", at=NOW)
    with looking_back():
        call_command("tidy_after_erasures")
    assert capsys.readouterr().out.endswith(" tables.\n")
