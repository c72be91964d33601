"""Errors by mail: what and where, never who; a storm is one mail an hour."""

import datetime as dt
import logging
import socket
import sys
from threading import Thread

import pytest
from django.test import RequestFactory
from django.urls import resolve

from lib.logs import Asked, answering
from operations.error_mails import ErrorMailHandler
from operations.models import ErrorNotice
from tests.factories import NOW
from tests.feedback.smtp import MailServer

HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)
SECRETS = ("Erika", "geheim", "192.0.2.77", "editor@example.org")


@pytest.fixture
def mails(settings):
    """What a real mail server is handed."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.ERROR_RECIPIENTS = ["technik@musterstadt.example"]
        yield server.mails


def failed(at=NOW, line=0):
    """The record that a failed request leaves, with all that nobody should be told."""
    headers = {"Cookie": "session=geheim", "Authorization": "Bearer geheim"}
    request = RequestFactory(REMOTE_ADDR="192.0.2.77").post(
        "/barriere-melden/?name=Erika", {"email": "editor@example.org"}, headers=headers
    )
    request.resolver_match = resolve("/barriere-melden/")
    try:
        password = "geheim"
        raise (ValueError if line == 0 else KeyError)(f"Erika {password}")
    except (ValueError, KeyError):
        record = logging.LogRecord("django.request", 40, "", 1, "Error: %s", ("Erika",), sys.exc_info())
    record.request, record.created = request, at.timestamp()
    return record


def body(mail):
    return mail[1].get_content().replace("\r\n", "\n")


def test_a_mail_tells_what_and_where_and_nothing_personal(mails):
    record = failed()
    with answering(Asked("abc12345", record.request)):
        ErrorMailHandler().handle(record)
    ((recipients, mail),) = mails
    assert recipients == ["technik@musterstadt.example"]
    assert mail["Subject"].startswith("[Kongressatlas] ValueError at tests/operations/test_error_mails.py:")
    told = body(mails[0])
    for words in ("Request: abc12345", "Method: POST", "Page: feedback:barrier", "in failed", "ValueError"):
        assert words in told
    assert not [secret for secret in SECRETS if secret in mail.as_string()]


def test_what_is_said_without_an_exception_comes_without_its_values(mails):
    record = logging.LogRecord("feedback", 40, "", 1, "Report of %s was not mailed.", ("Erika",), None)
    ErrorMailHandler().handle(record)
    assert "Report of %s was not mailed." in body(mails[0])
    assert "Erika" not in mails[0][1].as_string()


def test_a_storm_is_one_mail_an_hour_even_while_the_database_is_away(mails):
    """Without the db mark every query fails: each process then goes by its own clock."""
    handler = ErrorMailHandler()
    for number in range(100):
        handler.handle(failed(NOW + number * MINUTE / 2))
    handler.handle(failed(NOW + 2 * HOUR))
    assert len(mails) == 2
    assert "It came" not in body(mails[0])
    assert "It came 100 times since the last mail" in body(mails[1])


@pytest.mark.django_db
def test_other_errors_have_mails_of_their_own(mails):
    handler = ErrorMailHandler()
    handler.handle(failed())
    handler.handle(failed(line=1))
    assert len(mails) == 2


def test_nobody_is_told_where_nobody_is_named(mails, settings):
    settings.ERROR_RECIPIENTS = []
    ErrorMailHandler().handle(failed())
    assert mails == []


def test_what_strangers_send_amiss_is_nobodys_mail(mails):
    record = failed()
    record.name = "django.security.DisallowedHost"
    ErrorMailHandler().handle(record)
    assert mails == []


def test_a_mail_server_that_is_away_harms_nobody(settings, capsys, monkeypatch):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.ERROR_RECIPIENTS = ["technik@musterstadt.example"]
    monkeypatch.setattr(logging, "raiseExceptions", False)
    ErrorMailHandler().handle(failed())


def test_nobody_waits_for_a_mail_server_that_hangs(settings):
    """It takes the connection and says nothing until the test is over."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.ERROR_RECIPIENTS = ["technik@musterstadt.example"]
        handler = ErrorMailHandler()
        handler.handleError = lambda _record: None
        sending, other = (Thread(target=handler.handle, args=[failed()], daemon=True) for _ in range(2))
        sending.start()
        connection, _address = server.accept()
        other.start()
        other.join(5)
        assert (sending.is_alive(), other.is_alive()) == (True, False)
        connection.close()
        sending.join()
        other.join()


@pytest.mark.django_db(transaction=True)
def test_all_processes_together_send_one_mail_an_hour():
    def turn(count, at):
        return ErrorNotice.turn("ValueError at x.py:1", count, at, HOUR)

    assert turn(1, NOW) == 1
    assert turn(40, NOW + MINUTE) == 0
    assert turn(2, NOW + 2 * MINUTE) == 0
    assert turn(5, NOW + HOUR) == 47
    assert turn(1, NOW + HOUR) == 0
    assert turn(1, NOW + 2 * HOUR) == 2
