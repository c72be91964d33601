"""What visitors report: barriers of the site and errors in entries."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event
from lib.fields import one_of

LONGEST_MESSAGE = 5_000
LONGEST_PAGE = 500
LONGEST_NAME = 100
LONGEST_EMAIL = 254


class Kind(models.TextChoices):
    BARRIER = "barrier", _("Barrier")
    ERROR = "error", _("Error in an entry")


class State(models.TextChoices):
    NEW = "new", _("New")
    IN_WORK = "in_work", _("In work")
    ANSWERED = "answered", _("Answered")
    # Nothing to answer: anonymous, a repetition, spam.
    CLOSED = "closed", _("Closed without an answer")


# What still waits for somebody.
OPEN = (State.NEW, State.IN_WORK)


class Language(models.TextChoices):
    GERMAN = "de", _("German")
    ENGLISH = "en", _("English")


# Answered in writing, but the visitor has not got the mail.
_ANSWER_WAITS = Q(state=State.ANSWERED, answer_mailed_at=None) & ~Q(answer="") & ~Q(email="")


class ReportQuerySet(models.QuerySet["Report"]):
    def unsent(self) -> "ReportQuerySet":
        """Not mailed to the operator yet. Oldest first."""
        return self.filter(mailed_at=None).order_by("created_at", "pk")

    def unsent_answers(self) -> "ReportQuerySet":
        """Answers that are to be mailed. Oldest first."""
        return self.filter(_ANSWER_WAITS).order_by("settled_at", "pk")

    def unmailed(self) -> "ReportQuerySet":
        """Those that wait for the mail server, themselves or with their answer."""
        return self.filter(Q(mailed_at=None) | _ANSWER_WAITS)

    def waiting(self) -> "ReportQuerySet":
        return self.filter(state__in=OPEN)

    def overdue(self, at: dt.datetime | None = None) -> "ReportQuerySet":
        """Unanswered although the day for the answer has passed."""
        return self.waiting().filter(answer_due_on__lt=timezone.localdate(at))

    def received_since(self, moment: dt.datetime) -> "ReportQuerySet":
        return self.filter(created_at__gte=moment)

    def received_before(self, moment: dt.datetime) -> "ReportQuerySet":
        return self.filter(created_at__lt=moment)

    def personal(self) -> "ReportQuerySet":
        """Those that still tell who wrote; answers begin with a name, too."""
        return self.exclude(name="", email="", answer="", earlier_answers="")

    def forget_who_wrote(self) -> int:
        """Erases name and address, and all answers with them; from how many."""
        return self.update(name="", email="", answer="", answer_mailed_at=None, earlier_answers="")


class Report(models.Model):
    """One report as it came in, and what became of it; what came in is only ever erased."""

    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices)
    message = models.TextField(_("message"))
    page = models.CharField(_("page concerned"), max_length=LONGEST_PAGE, blank=True)
    event = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("event")
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=LONGEST_EMAIL, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    created_at = models.DateTimeField(_("received"), default=timezone.now)
    mailed_at = models.DateTimeField(_("mailed to the operator"), null=True, blank=True)
    state = models.CharField(_("processing state"), max_length=8, choices=State.choices, default=State.NEW)
    settled_at = models.DateTimeField(_("answered or closed"), null=True, blank=True)
    answer_due_on = models.DateField(_("answer due"), null=True, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible"),
    )
    answer = models.TextField(
        _("answer"),
        blank=True,
        default="",
        # The release before this one writes reports without it.
        db_default="",
        help_text=_("What the visitor is told, with salutation and regards."),
    )
    answer_mailed_at = models.DateTimeField(_("answer mailed"), null=True, blank=True)
    earlier_answers = models.TextField(
        _("earlier answers"),
        blank=True,
        default="",
        # As with `answer`.
        db_default="",
        help_text=_("Of a report that was taken up again, and what was never sent."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For colleagues; visitors never see it."))
    # A keyed digest of a shortened address, for the limit per hour; see feedback/guards.py.
    sender = models.CharField(_("origin"), max_length=32, blank=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            one_of("kind", Kind, "report_kind_known"),
            one_of("state", State, "report_state_known"),
            one_of("language", Language, "report_language_known"),
            CheckConstraint(condition=~Q(message=""), name="report_says_something"),
            CheckConstraint(
                condition=LessThanOrEqual(Length("message"), LONGEST_MESSAGE),
                name="report_message_is_short_enough",
            ),
            CheckConstraint(
                condition=~Q(kind=Kind.BARRIER) | Q(answer_due_on__isnull=False),
                name="report_barrier_has_due_date",
            ),
            CheckConstraint(
                condition=Q(state__in=OPEN, settled_at=None)
                | (~Q(state__in=OPEN) & Q(settled_at__isnull=False)),
                name="report_settled_says_when",
            ),
            CheckConstraint(
                condition=Q(answer_mailed_at=None) | ~Q(answer=""), name="report_mailed_answer_says_something"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "answer_due_on"], name="report_by_due_date"),
            models.Index(fields=["-created_at", "-id"], name="report_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"

    def is_told(self) -> bool:
        """Whether the answer has reached the visitor, or is one to nobody: a draft is not, nor what waits."""
        has_gone = self.answer_mailed_at is not None or not self.email
        return bool(self.answer) and self.state not in OPEN and has_gone

    def is_overdue(self, at: dt.datetime | None = None) -> bool:
        """Whether the answer that is owed is late (the same rule as `ReportQuerySet.overdue`)."""
        due = self.answer_due_on
        return self.state in OPEN and due is not None and due < timezone.localdate(at)
