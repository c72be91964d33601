"""What happens to a report: it comes in, is mailed, is settled and in the end forgotten."""

import datetime as dt
import logging
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.models import Event
from feedback.mails import answer_mail, report_mail
from feedback.models import OPEN, Kind, Report, ReportQuerySet, State
from lib.days_off import working_day_until

logger = logging.getLogger(__name__)
# A second click on "send" is no second report.
REPETITION = dt.timedelta(hours=1)
# Whoever keeps a report holds it, so that of two clicks in one moment the second one sees the first report.
_LOCK = 7_303_031
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
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    before = Report.objects.received_since(now - REPETITION).filter(**told).first()
    if before is not None:
        return before
    report = Report.objects.create(
        **told, language=language, sender=sender, created_at=now, answer_due_on=answer_due_on(kind, now)
    )
    transaction.on_commit(partial(deliver, report.pk), robust=True)
    return report


def answer_due_on(kind: str, at: dt.datetime) -> dt.date:
    """The last working day within the time for the answer.

    Of barriers the law gives it (§ 12b (4) BGG), of errors in entries the operator. Somebody has to be there
    to write it, so a day off gives way to the working day before.
    """
    is_barrier = kind == Kind.BARRIER
    days = settings.LEGAL["ACCESSIBILITY_ANSWER_DAYS"] if is_barrier else settings.FEEDBACK_ANSWER_DAYS
    last = timezone.localdate(at) + dt.timedelta(days=days)
    return working_day_until(last, settings.OPERATOR_STATE or None)


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
    if not _sent(mail, number):
        return False
    Report.objects.filter(pk=number).update(mailed_at=at or timezone.now())
    return True


def _sent(mail: EmailMessage, number: int) -> bool:
    try:
        mail.send()
    except (OSError, ValueError) as error:
        # Without the error's own words: a mail server likes to repeat addresses in them.
        logger.error("Report %s was not mailed (%s); send_unsent_reports will.", number, type(error).__name__)
        return False
    return True


@transaction.atomic
def answer(report: Report, text: str, *, by: Any = None, at: dt.datetime | None = None) -> None:
    """The report is answered; who left an address gets the text by mail once that is safe in the database.

    Errors: ValueError where no word is said, or the report is not open any more.
    """
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.state not in OPEN:
        raise ValueError(_("The report has been answered or closed meanwhile."))
    if not text.strip():
        raise ValueError(_("An answer needs words."))
    report.answer, report.answer_mailed_at = text, None
    report.state, report.settled_at = State.ANSWERED, at or timezone.now()
    report.responsible = report.responsible or by
    report.save(update_fields=["answer", "answer_mailed_at", "state", "settled_at", "responsible"])
    transaction.on_commit(partial(deliver_answer, report.pk), robust=True)


@transaction.atomic
def deliver_answer(number: int, *, at: dt.datetime | None = None) -> bool:
    """As `deliver`, the answer to the visitor."""
    waiting = Report.objects.unsent_answers().select_for_update(skip_locked=True, of=("self",))
    report = waiting.filter(pk=number).first()
    if report is None or not _sent(answer_mail(report), number):
        return False
    Report.objects.filter(pk=number).update(answer_mailed_at=at or timezone.now())
    return True


def take(reports: ReportQuerySet, *, by: Any) -> int:
    """Somebody deals with those that are open; how many nobody had dealt with before, or somebody else."""
    others = reports.filter(state__in=OPEN).exclude(state=State.IN_WORK, responsible=by)
    return others.update(state=State.IN_WORK, responsible=by)


@transaction.atomic
def settle(reports: ReportQuerySet, *, state: State, at: dt.datetime | None = None) -> int:
    """Mark reports as answered or closed, or as open again; how many changed.

    Mails nothing, now or later: only `answer` does. What visitors were told before is kept apart.
    """
    moment = at or timezone.now()
    changing = reports.exclude(state=state).select_for_update(of=("self",)).order_by("pk")
    for report in changing:
        _put_away(report, state)
        report.state, report.settled_at = state, None if state in OPEN else moment
        report.save(update_fields=["answer", "answer_mailed_at", "earlier_answers", "state", "settled_at"])
    return len(changing)


def _put_away(report: Report, state: State) -> None:
    """Room for a new answer where one was given; a draft stays one in an open report, and nowhere else."""
    if not report.answer or report.is_told() != (state in OPEN):
        return
    title = _("Never sent:")
    if report.is_told():
        day = timezone.localdate(report.answer_mailed_at or report.settled_at)
        title = _("Answer of %(day)s:") % {"day": date_format(day, "SHORT_DATE_FORMAT")}
    report.earlier_answers = "\n\n".join(filter(None, [report.earlier_answers, title, report.answer]))
    report.answer, report.answer_mailed_at = "", None


def erase_contacts(at: dt.datetime | None = None) -> int:
    """Erase name, e-mail address and answers where the time for an answer is long over; from how many."""
    now = at or timezone.now()
    Report.objects.received_before(now - SENDER_KEPT).exclude(sender="").update(sender="")
    old = Report.objects.received_before(now - dt.timedelta(days=settings.REPORT_CONTACT_DAYS))
    return old.personal().forget_who_wrote()


def delete_old(at: dt.datetime | None = None) -> int:
    """Delete reports whose time is over, unanswered ones too; how many."""
    limit = (at or timezone.now()) - dt.timedelta(days=settings.REPORT_DAYS)
    return Report.objects.received_before(limit).delete()[0]
