import datetime as dt

import pytest

from feedback import guards
from feedback.models import Report
from tests.factories import NOW
from tests.feedback.smtp import MailServer


@pytest.fixture
def mail_server(settings):
    """A real mail server, to which the site is set up to send."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.REPORT_RECIPIENTS = ["redaktion@musterstadt.example", "technik@musterstadt.example"]
        yield server


@pytest.fixture
def typed():
    """What a visitor sends who took ten seconds to fill in the form."""
    token = guards.new_token(NOW - dt.timedelta(seconds=10))
    return {"message": "Das Menü öffnet sich nicht.", "token": token, "website": ""}


@pytest.fixture
def make_report(db):
    """A maker of barriers reported at NOW."""

    def make(**values):
        facts = {
            "kind": "barrier",
            "message": "Das Menü öffnet sich nicht.",
            "language": "de",
            "created_at": NOW,
            "answer_due_on": NOW.date() + dt.timedelta(days=28),
        }
        return Report.objects.create(**facts | values)

    return make
