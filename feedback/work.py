"""What operations are told of reports: their periodic work, and whether mail goes out."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.models import Report
from operations import facts, jobs


def offer_work() -> None:
    jobs.offer("send_unsent_reports", gettext_lazy("Mail reports that could not be mailed"), 5 * jobs.MINUTE)
    jobs.offer("delete_old_reports", gettext_lazy("Erase old reports and the names in them"), jobs.DAY)
    facts.offer("mail", _facts)


def _facts(at: dt.datetime) -> Iterable[facts.Fact]:
    reports = Report.objects.all()
    unsent = reports.unsent().count() + reports.unsent_answers().count()
    remedy = _("Look into the log, and at EMAIL_URL and REPORT_RECIPIENTS.") if unsent else ""
    number = facts.metric("reports_unsent", "Reports and answers that could not be mailed yet.", unsent)
    yield facts.Fact(_("Reports and answers waiting to be mailed"), str(unsent), remedy, number)
    waiting, overdue = reports.waiting().count(), reports.overdue(at).count()
    yield facts.Fact(
        _("Reports waiting for an answer"),
        str(waiting),
        metric=facts.metric("reports_waiting", "Reports that nobody has answered yet.", waiting),
    )
    yield facts.Fact(
        _("Reports with an overdue answer"),
        str(overdue),
        _("Please answer them, or close them without an answer.") if overdue else "",
        facts.metric("reports_overdue", "Reports whose day for the answer has passed.", overdue),
    )
