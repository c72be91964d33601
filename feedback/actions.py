"""What happens to a report: it comes in, is mailed, is settled and in the end forgotten."""

import datetime as dt
import logging
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from events.models import Event
from feedback.mails import report_mail
from feedback.models import Kind, Report, ReportQuerySet, State

logger = logging.getLogger(__name__)
# A second click on "send" is no second report.
REPETITION = dt.timedelta(hours=1)
# The digest of a sender serves the limit per hour and nothing else.
SENDER_KEPT = dt.timedelta(days=1)


@transaction.atomic
def submit(
    *,
    kind: Kind,
    message: str,
    language: str,
    page: str = "",
    event: Event | None = None,
    name: str = "",
    email: str = "",
    sender: str = "",
    at: dt.datetime | None = None,
) -> Report:
    """Keep a report and, once it is safe in the database, mail it to the operator.

    The same report sent again within an hour gives back the first one.
    """
    now = at or timezone.now()
    told = {"kind": kind, "message": message, "page": page, "event": event, "name": name, "email": email}
    before = Report.objects.received_since(now - REPETITION).filter(**told).first()
    if before is not None:
        return before
    report = Report.objects.create(
        **told, language=language, sender=sender, created_at=now, answer_due_on=answer_due_on(kind, now)
    )
    transaction.on_commit(partial(deliver, report.pk), robust=True)
    return report


def answer_due_on(kind: str, at: dt.datetime) -> dt.date | None:
    """The last day for the answer that the law promises; only barriers have one (§ 12b (4) BGG)."""
    if kind != Kind.BARRIER:
        return None
    return timezone.localdate(at) + dt.timedelta(days=settings.LEGAL["ACCESSIBILITY_ANSWER_DAYS"])


@transaction.atomic
def deliver(number: int, *, at: dt.datetime | None = None) -> bool:
    """Mail the report of that number unless it has been mailed; whether it went out just now.

    A mail server that does not answer loses nothing: the report stays unsent, and
    `send_unsent_reports` tries again. The lock keeps two of them from sending it twice.
    """
    waiting = Report.objects.unsent().select_for_update(skip_locked=True)
    report = waiting.filter(pk=number).first()
    if report is None:
        return False
    mail = report_mail(report)
    if not mail.to:
        logger.error("Report %s was not mailed: REPORT_RECIPIENTS is empty.", number)
        return False
    try:
        mail.send()
    except (OSError, ValueError) as error:
        # Without the error's own words: a mail server likes to repeat addresses in them.
        logger.error("Report %s was not mailed (%s); send_unsent_reports will.", number, type(error).__name__)
        return False
    Report.objects.filter(pk=number).update(mailed_at=at or timezone.now())
    return True


def settle(reports: ReportQuerySet, *, state: State, at: dt.datetime | None = None) -> int:
    """Mark reports as answered or closed, or as new again; how many changed."""
    settled_at = None if state == State.NEW else at or timezone.now()
    return reports.exclude(state=state).update(state=state, settled_at=settled_at)


def erase_contacts(at: dt.datetime | None = None) -> int:
    """Erase name and e-mail address where the time for an answer is long over; from how many."""
    now = at or timezone.now()
    Report.objects.received_before(now - SENDER_KEPT).exclude(sender="").update(sender="")
    old = Report.objects.received_before(now - dt.timedelta(days=settings.REPORT_CONTACT_DAYS))
    return old.personal().update(name="", email="")


def delete_old(at: dt.datetime | None = None) -> int:
    """Delete reports whose time is over, unanswered ones too; how many."""
    limit = (at or timezone.now()) - dt.timedelta(days=settings.REPORT_DAYS)
    return Report.objects.received_before(limit).delete()[0]
