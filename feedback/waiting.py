"""The tasks that reports bring to the editors' work list."""

from django.utils.translation import gettext_lazy as _

from feedback.models import State
from lib.editing.tasks import Task, offer

REPORT_TASKS = [
    Task(
        "overdue",
        "feedback.Report",
        _("Reports with an overdue answer"),
        _("The day for the answer has passed; of barriers the law gives it."),
        lambda reports, at: reports.overdue(at),
        words="message",
        day="answer_due_on",
        order=("answer_due_on", "pk"),
        rank=5,
    ),
    Task(
        "new",
        "feedback.Report",
        _("Reports by visitors without an answer"),
        _("Somebody has told of a barrier or of an error in an entry."),
        lambda reports, at: reports.filter(state=State.NEW),
        words="message",
        day="created_at",
        order=("created_at", "pk"),
        rank=25,
    ),
    Task(
        "in-work",
        "feedback.Report",
        _("Reports in work"),
        _("Somebody is dealing with them. The day says by when they are to be answered."),
        lambda reports, at: reports.filter(state=State.IN_WORK),
        words="message",
        note="responsible__username",
        day="answer_due_on",
        order=("answer_due_on", "pk"),
        rank=35,
    ),
    Task(
        "unsent",
        "feedback.Report",
        _("Reports or answers that were not mailed"),
        _(
            "The mail server did not take them; it is asked again every five minutes. Where an address is"
            " wrong, close the report: the answer stays on record as never sent."
        ),
        lambda reports, at: reports.unmailed(),
        words="message",
        day="created_at",
        order=("created_at", "pk"),
        rank=45,
    ),
]


def offer_reports() -> None:
    for task in REPORT_TASKS:
        offer(task)
