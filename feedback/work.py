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
    unsent = Report.objects.unsent().count()
    remedy = _("Look into the log, and at EMAIL_URL and REPORT_RECIPIENTS.") if unsent else ""
    number = facts.metric("reports_unsent", "Reports that could not be mailed yet.", unsent)
    yield facts.Fact(_("Reports waiting to be mailed"), str(unsent), remedy, number)
