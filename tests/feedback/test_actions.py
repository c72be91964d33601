"""Settling reports, and forgetting who sent them."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from feedback.actions import delete_old, erase_contacts, settle, submit
from feedback.models import Report
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def days(number):
    return dt.timedelta(days=number)


def test_settling_notes_when(make_report):
    report, done = make_report(), make_report(state="closed", settled_at=NOW - days(3))
    assert settle(Report.objects.all(), state="closed", at=NOW) == 1
    report.refresh_from_db()
    done.refresh_from_db()
    assert (report.state, report.settled_at) == ("closed", NOW)
    assert done.settled_at == NOW - days(3)
    assert settle(Report.objects.all(), state="new", at=NOW) == 2
    report.refresh_from_db()
    assert (report.state, report.settled_at) == ("new", None)


def test_names_and_addresses_are_erased_in_time(make_report, settings):
    settings.REPORT_CONTACT_DAYS = 30
    old = make_report(name="Erika", email="e@example.org", note="Rückfrage", created_at=NOW - days(31))
    only_mail = make_report(email="f@example.org", created_at=NOW - days(31))
    young = make_report(name="Max", email="m@example.org", created_at=NOW - days(30))
    assert erase_contacts(NOW) == 2
    for report in (old, only_mail, young):
        report.refresh_from_db()
    assert (old.name, old.email, only_mail.email) == ("", "", "")
    assert (old.message, old.note) == ("Das Menü öffnet sich nicht.", "Rückfrage")
    assert (young.name, young.email) == ("Max", "m@example.org")
    assert erase_contacts(NOW) == 0


def test_the_origin_is_forgotten_after_a_day(make_report):
    old = make_report(sender="a" * 32, created_at=NOW - dt.timedelta(hours=25))
    young = make_report(sender="b" * 32, created_at=NOW - dt.timedelta(hours=23))
    erase_contacts(NOW)
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.sender, young.sender) == ("", "b" * 32)


def test_reports_are_deleted_in_time_unanswered_ones_too(make_report, settings):
    settings.REPORT_DAYS = 400
    make_report(created_at=NOW - days(401))
    make_report(created_at=NOW - days(401), state="answered", settled_at=NOW)
    kept = make_report(created_at=NOW - days(400))
    assert delete_old(NOW) == 2
    assert list(Report.objects.all()) == [kept]


@pytest.mark.usefixtures("now")
def test_one_command_does_both(make_report, settings):
    settings.REPORT_CONTACT_DAYS, settings.REPORT_DAYS = 30, 400
    make_report(created_at=NOW - days(401), name="Erika")
    make_report(created_at=NOW - days(31), name="Erika")
    told = StringIO()
    call_command("delete_old_reports", stdout=told)
    assert told.getvalue() == "1 deleted, personal data erased from 1.\n"


@pytest.mark.django_db(transaction=True)
def test_two_clicks_in_one_moment_are_one_report():
    """The second one comes while the first report is kept, but not yet to be seen."""
    told = {"kind": "barrier", "message": "Zweimal.", "language": "de", "at": NOW}

    def click():
        try:
            return submit(**told).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first = submit(**told).pk
            second = pool.submit(click)
            while not _is_waited():
                assert not second.done()
        assert second.result(timeout=30) == first
    assert Report.objects.count() == 1


def _is_waited():
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)")
        return cursor.fetchone()[0]
