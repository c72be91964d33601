"""A report reaches the operator, over a real mail server, and is never lost with the mail."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from feedback.actions import deliver, submit
from feedback.mails import report_mail
from feedback.models import Report
from tests.factories import NOW, EventFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def send(**told):
    return submit(**{"kind": "barrier", "message": "Das Menü öffnet sich nicht.", "language": "de"} | told)


def test_a_report_is_mailed_once_it_is_safe(mail_server, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        report = send(page="http://testserver/themen/", name="Erika Muster", email="erika@example.org")
        assert mail_server.mails == []
    ((recipients, mail),) = mail_server.mails
    assert recipients == ["redaktion@musterstadt.example", "technik@musterstadt.example"]
    assert mail["Subject"] == f"[Kongressatlas] Barriere gemeldet, Nr. {report.pk}"
    assert mail["Reply-To"] == "erika@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    body = mail.get_content()
    for fact in (
        "Das Menü öffnet sich nicht.",
        "Antwort fällig bis: 25.03.2027",
        "Seite: http://testserver/themen/",
        "Name: Erika Muster",
        "E-Mail: erika@example.org",
        f"http://testserver/admin/feedback/report/{report.pk}/change/",
        "nach 90 Tagen",
    ):
        assert fact in body
    report.refresh_from_db()
    assert report.mailed_at == NOW


def test_an_error_names_its_entry_and_needs_no_answer(mail_server, make_report):
    event = EventFactory(title="Tag & Nacht <der> Register")
    report = make_report(kind="error", answer_due_on=None, event=event, language="en")
    assert deliver(report.pk)
    ((_, mail),) = mail_server.mails
    assert mail["Subject"] == f"[Kongressatlas] Fehler gemeldet, Nr. {report.pk}: Tag & Nacht <der> Register"
    assert "Eintrag: Tag & Nacht <der> Register" in mail.get_content()
    assert "Sprache: Englisch" in mail.get_content()
    assert "fällig" not in mail.get_content()
    assert mail["Reply-To"] is None


def test_no_header_can_be_smuggled_in(mail_server, make_report):
    event = EventFactory(title="Tagung\r\nBcc: opfer@example.org")
    report = make_report(kind="error", answer_due_on=None, event=event, name="E\r\nBcc: opfer@example.org")
    assert deliver(report.pk)
    ((recipients, mail),) = mail_server.mails
    assert mail["Bcc"] is None
    assert "opfer@example.org" not in recipients
    assert mail["Subject"].endswith("Tagung Bcc: opfer@example.org")


def test_a_hostile_reply_address_is_not_sent_and_breaks_nothing(mail_server, make_report, caplog):
    report = make_report(email="e@example.org\nBcc: opfer@example.org")
    assert not deliver(report.pk)
    assert mail_server.mails == []
    assert "opfer" not in caplog.text


def test_a_message_cannot_end_the_mail_early(mail_server, make_report):
    report = make_report(message="eins\n.\nRCPT TO:<opfer@example.org>\nzwei")
    assert deliver(report.pk)
    ((recipients, mail),) = mail_server.mails
    assert len(recipients) == 2
    assert "eins\n.\nRCPT TO:<opfer@example.org>\nzwei" in mail.get_content().replace("\r\n", "\n")


def test_a_report_is_mailed_only_once(mail_server, make_report):
    report = make_report()
    assert [deliver(report.pk), deliver(report.pk)] == [True, False]
    assert len(mail_server.mails) == 1


def test_long_titles_are_cut_in_the_subject(make_report):
    report = make_report(kind="error", answer_due_on=None, event=EventFactory(title="x" * 250))
    assert len(report_mail(report).subject) == 150


@pytest.mark.django_db(transaction=True)
def test_two_senders_do_not_meet(mail_server, make_report):
    report = make_report()
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM feedback_report WHERE id = %s FOR UPDATE", [report.pk])
        assert not deliver(report.pk)
    finally:
        other.rollback()  # closing alone lets go of the lock only when the server notices
        other.close()
    assert deliver(report.pk)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_mails_nothing(mail_server):
    with transaction.atomic():
        send()
        transaction.set_rollback(True)
    assert (mail_server.mails, Report.objects.count()) == ([], 0)


@pytest.mark.parametrize("trouble", ["refused", "away", "nobody"])
def test_a_failed_mail_is_sent_later(
    mail_server, settings, caplog, django_capture_on_commit_callbacks, trouble
):
    port = settings.EMAIL_PORT
    if trouble == "refused":
        mail_server.refuses = True
    elif trouble == "away":
        settings.EMAIL_PORT = 1
    else:
        settings.REPORT_RECIPIENTS = []
    with django_capture_on_commit_callbacks(execute=True):
        report = send(email="erika@example.org")
    assert Report.objects.unsent().get() == report
    assert f"Report {report.pk} was not mailed" in caplog.text
    assert "@" not in caplog.text
    with pytest.raises(CommandError, match="still unsent"):
        call_command("send_unsent_reports", stdout=StringIO())
    mail_server.refuses, settings.EMAIL_PORT = False, port
    settings.REPORT_RECIPIENTS = ["redaktion@musterstadt.example"]
    told = StringIO()
    call_command("send_unsent_reports", stdout=told)
    assert told.getvalue() == "1 mailed, 0 left.\n"
    assert len(mail_server.mails) == 1
    report.refresh_from_db()
    assert report.mailed_at == NOW


def test_nothing_to_send_is_no_failure():
    told = StringIO()
    call_command("send_unsent_reports", stdout=told)
    assert told.getvalue() == "0 mailed, 0 left.\n"


def test_the_same_report_an_hour_later_is_a_new_one():
    first = send(at=NOW)
    assert send(at=NOW + dt.timedelta(minutes=59)) == first
    assert send(at=NOW + dt.timedelta(minutes=61)) != first
    assert send(at=NOW, page="andere") != first
