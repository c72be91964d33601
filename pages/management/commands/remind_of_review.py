"""Mails those who answer reports while the accessibility statement has to be reviewed; for a timer."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from lib.site import site_name
from pages.statements import shown
from pages.work import is_due


class Command(BaseCommand):
    help = "Reminds by mail of the yearly review of the accessibility statement, from a month before on."

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_due(timezone.now()):
            self.stdout.write("The review is not due.")
            return
        mail = reminder()
        if not mail.to:
            raise CommandError("Nobody was reminded: REPORT_RECIPIENTS is empty.")
        try:
            mail.send()
        except (OSError, ValueError) as error:
            raise CommandError(f"Nobody was reminded ({type(error).__name__}).") from error
        self.stdout.write(f"{len(mail.to)} reminded.")


def reminder() -> EmailMessage:
    """In the operator's language."""
    with override(settings.LANGUAGE_CODE):
        statement = shown()
        page = settings.SITE_URL + reverse("admin:pages_statement_review")
        return EmailMessage(
            subject=_("[%(site)s] Please review the accessibility statement") % {"site": site_name()},
            body=render_to_string("pages/review_mail.txt", {"statement": statement, "page": page}),
            to=settings.REPORT_RECIPIENTS,
            # RFC 3834: holiday notices and the like are not sent in return.
            headers={"Auto-Submitted": "auto-generated"},
        )
