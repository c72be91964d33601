"""The accessibility statement as data: what the law asks of it, version by version."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from lib.fields import WebAddressField, one_of

# BITV 2.0 § 7: the statement is to be reviewed every year. Editors are reminded a month before.
LONGEST_REVIEW = dt.timedelta(days=366)
REMINDED_BEFORE = dt.timedelta(days=30)
LINES = _("“|” starts a new line.")


class Conformance(models.TextChoices):
    FULL = "full", _("Fully compliant")
    PARTLY = "partly", _("Partially compliant")
    NOT = "not", _("Not compliant")


class Method(models.TextChoices):
    SELF = "self", _("Self-assessment by the public body")
    EXTERNAL = "external", _("Evaluation by a third party")


class Ground(models.TextChoices):
    """In the order and with the headings of Implementing Decision (EU) 2018/1523, annex, section 1."""

    NONCOMPLIANCE = "noncompliance", _("Not compatible with the requirements")
    BURDEN = "burden", _("Disproportionate burden")
    EXEMPT = "exempt", _("Outside the scope of the law")


class StatementQuerySet(models.QuerySet["Statement"]):
    def published(self) -> "StatementQuerySet":
        """Newest first."""
        return self.exclude(published_at=None).order_by("-number")

    def in_force(self) -> "StatementQuerySet":
        """The newest published one alone, as a plain filter."""
        return self.filter(number=self.model._default_manager.published().values("number")[:1])

    def due(self, at: dt.datetime | None = None) -> "StatementQuerySet":
        """The one in force, if it has to be reviewed within a month or should have been."""
        latest = timezone.localdate(at) - (LONGEST_REVIEW - REMINDED_BEFORE)
        return self.in_force().filter(reviewed_on__lte=latest)


class Statement(models.Model):
    """One version. A published one stays as it is, the database sees to that; a new one takes its place.

    All facts of the model statement stand in the row, also those that are settings elsewhere: an old version
    tells what held then.
    """

    number = models.PositiveIntegerField(_("version"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("published by"),
    )
    authority = models.CharField(_("public body"), max_length=200)
    law = models.CharField(
        _("legal basis"), max_length=300, help_text=_("Such as: § 12a BGG und die BITV 2.0.")
    )
    scope = models.TextField(
        _("scope"),
        blank=True,
        help_text=_("What the statement applies to besides this website, such as an app. Mostly empty."),
    )
    scope_en = models.TextField(_("scope in English"), blank=True)
    status = models.CharField(_("compliance status"), max_length=6, choices=Conformance.choices)
    method = models.CharField(_("method of assessment"), max_length=8, choices=Method.choices)
    evaluated_on = models.DateField(_("evaluated on"), null=True, blank=True)
    report_url = WebAddressField(_("report of the assessment"), blank=True)
    prepared_on = models.DateField(_("prepared on"), null=True, blank=True)
    reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)
    notes = models.TextField(
        _("remarks"),
        blank=True,
        help_text=_("What else readers should know, such as what is being worked on until when."),
    )
    notes_en = models.TextField(_("remarks in English"), blank=True)
    contact_address = models.CharField(_("postal address"), max_length=300, help_text=LINES)
    contact_email = models.EmailField(_("e-mail address"))
    contact_phone = models.CharField(_("telephone"), max_length=50)
    answer_days = models.PositiveSmallIntegerField(_("days until an answer"))
    enforcement_name = models.CharField(_("enforcement body"), max_length=200)
    enforcement_address = models.CharField(
        _("address of the enforcement body"), max_length=300, help_text=LINES
    )
    enforcement_url = WebAddressField(_("website of the enforcement body"))
    enforcement_law = models.CharField(
        _("law of the enforcement procedure"), max_length=200, help_text=_("Such as: § 16 BGG.")
    )
    enforcement_email = models.EmailField(_("e-mail address of the enforcement body"), blank=True)
    enforcement_phone = models.CharField(_("telephone of the enforcement body"), max_length=50, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")
        ordering = [F("number").desc(nulls_first=True)]
        permissions = [("publish_statement", "Can publish accessibility statements")]
        constraints = [
            one_of("status", Conformance, "statement_status_known"),
            one_of("method", Method, "statement_method_known"),
            # The draft has no number: there is one draft at most.
            UniqueConstraint(Coalesce("number", 0), name="statement_number_unique"),
            CheckConstraint(
                condition=Q(number=None, published_at=None)
                | Q(number__gte=1, published_at__isnull=False, evaluated_on__isnull=False)
                & Q(prepared_on__isnull=False, reviewed_on__isnull=False),
                name="statement_published_is_dated",
            ),
            CheckConstraint(
                condition=Q(prepared_on=None) | Q(reviewed_on=None) | Q(reviewed_on__gte=F("prepared_on")),
                name="statement_reviewed_after_prepared",
            ),
            CheckConstraint(condition=Q(answer_days__gte=1), name="statement_answers_in_days"),
        ]

    def __str__(self) -> str:
        return told("Version %(number)d") % {"number": self.number} if self.number else told("Draft")

    def get_absolute_url(self) -> str:
        return reverse("pages:statement", args=[self.number])

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def review_due_on(self) -> dt.date | None:
        return self.reviewed_on + LONGEST_REVIEW if self.reviewed_on else None

    def facts(self) -> dict[str, Any]:
        """What a new version begins with: every column that is not about this very version."""
        own = {"id", "number", "published_at", "published_by"}
        return {
            field.name: getattr(self, field.name)
            for field in self._meta.concrete_fields
            if field.name not in own
        }


class Barrier(models.Model):
    """Content that is not accessible, and why."""

    statement = models.ForeignKey(
        Statement, models.CASCADE, related_name="barriers", verbose_name=_("accessibility statement")
    )
    ground = models.CharField(_("ground"), max_length=13, choices=Ground.choices)
    part = models.CharField(_("content that is not accessible"), max_length=300)
    part_en = models.CharField(_("the same in English"), max_length=300, blank=True)
    reason = models.TextField(_("explanation"))
    reason_en = models.TextField(_("explanation in English"), blank=True)
    alternative = models.TextField(_("accessible alternative"), blank=True)
    alternative_en = models.TextField(_("alternative in English"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("barrier")
        verbose_name_plural = _("content that is not accessible")
        ordering = ["position", "pk"]
        constraints = [
            one_of("ground", Ground, "barrier_ground_known"),
            CheckConstraint(condition=~Q(part="") & ~Q(reason=""), name="barrier_says_what_and_why"),
        ]

    def __str__(self) -> str:
        return self.part

    def facts(self) -> dict[str, Any]:
        """What the same barrier in another version begins with."""
        own = {"id", "statement"}
        return {
            field.name: getattr(self, field.name)
            for field in self._meta.concrete_fields
            if field.name not in own
        }
