"""The accessibility statement among the editors' work, the periodic work and the facts of operations."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lib.editing import offers
from lib.editing.tasks import Task, Way, offer
from operations import facts, jobs
from pages.models import REMINDED_BEFORE
from pages.statements import shown

MODEL = "pages.Statement"
# Mails while the review is due; a day at which nobody reads mail is followed by another.
REMINDED_EVERY = 7 * jobs.DAY


def offer_work() -> None:
    offer(
        Task(
            "review",
            MODEL,
            gettext_lazy("Accessibility statement to be reviewed"),
            gettext_lazy("The law asks for it every year. The day says when it was reviewed last."),
            lambda statements, at: statements.due(at),
            words="authority",
            day="reviewed_on",
            ways=(Way(gettext_lazy("Review"), "pages_statement_review_one"),),
            rank=8,
        )
    )
    offers.above_list(MODEL, offers.Button("pages_statement_review", gettext_lazy("Review or renew"), "view"))
    jobs.offer("remind_of_review", gettext_lazy("Remind of the accessibility statement"), REMINDED_EVERY)
    facts.offer("statement", _facts)


def _facts(at: dt.datetime) -> Iterable[facts.Fact]:
    statement = shown()
    if statement.review_due_on is None:
        yield facts.Fact(
            _("Accessibility statement"), _("incomplete"), _("Enter what it owes, and publish it.")
        )
        return
    due, today = statement.review_due_on, timezone.localdate(at)
    days = (due - today).days
    remedy = _("Review it, and publish it anew.") if days < 0 else ""
    words = _("review due by %(day)s") % {"day": date_format(due)}
    number = facts.metric("statement_review_due_days", "Days until the review of the statement.", days)
    yield facts.Fact(_("Accessibility statement"), words, remedy, number)


def is_due(at: dt.datetime) -> bool:
    """Whether the review is due within a month, or overdue."""
    due = shown().review_due_on
    return due is not None and due - REMINDED_BEFORE <= timezone.localdate(at)
