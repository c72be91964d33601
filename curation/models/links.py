"""The addresses that entries lead to, and what became of them when they were asked."""

import datetime as dt

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lib.fields import one_of


class LinkState(models.TextChoices):
    """What is known of an address. Only "dead" is a verdict; the others tell of the last time."""

    UNKNOWN = "unknown", pgettext_lazy("link", "Not known")
    OK = "ok", pgettext_lazy("link", "In order")
    REDIRECTED = "redirected", pgettext_lazy("link", "Leads elsewhere")
    FAILING = "failing", pgettext_lazy("link", "Answers with an error")
    TIMEOUT = "timeout", pgettext_lazy("link", "Too slow")
    REFUSED = "refused", pgettext_lazy("link", "Not reached")
    ROBOTS = "robots", pgettext_lazy("link", "Must not be asked (robots.txt)")
    DEAD = "dead", pgettext_lazy("link", "Dead")


class LinkQuerySet(models.QuerySet["Link"]):
    def due(self, at: dt.datetime | None = None) -> "LinkQuerySet":
        """To be asked again; those that wait longest come first."""
        return self.filter(due_at__lte=at or timezone.now()).order_by("due_at", "pk")

    def dead(self) -> "LinkQuerySet":
        return self.filter(state=LinkState.DEAD)


class Link(models.Model):
    """One address, however many entries use it.

    `failed_days` counts the different days on which it failed since it last answered.
    """

    url = models.URLField(_("address"), max_length=500, unique=True)
    state = models.CharField(
        pgettext_lazy("of a link", "state"),
        max_length=10,
        choices=LinkState.choices,
        default=LinkState.UNKNOWN,
    )
    status = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    target = models.URLField(_("leads to"), max_length=500, blank=True)
    first_seen = models.DateTimeField(_("first seen"), default=timezone.now)
    checked_at = models.DateTimeField(_("last asked"), null=True, blank=True)
    due_at = models.DateTimeField(_("to be asked again"), default=timezone.now)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    failed_on = models.DateField(_("last day of failure"), null=True, blank=True)
    failed_days = models.PositiveSmallIntegerField(_("days of failure"), default=0)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of an entry", "link")
        verbose_name_plural = pgettext_lazy("of entries", "links")
        ordering = ["url"]
        constraints = [
            one_of("state", LinkState, "link_state_known"),
            CheckConstraint(condition=Q(url__regex="^https?://"), name="link_is_of_the_web"),
            CheckConstraint(
                condition=Q(failed_days=0, failing_since=None, failed_on=None)
                | Q(failed_days__gt=0, failing_since__isnull=False, failed_on__isnull=False),
                name="link_failure_says_since_when",
            ),
            CheckConstraint(
                condition=~Q(state=LinkState.DEAD) | Q(failed_days__gt=0), name="link_dies_of_failures"
            ),
            CheckConstraint(condition=~Q(target=F("url")), name="link_leads_elsewhere"),
        ]
        indexes = [
            Index(fields=["due_at", "id"], name="link_by_due"),
            Index(fields=["state", "url"], name="link_by_state"),
        ]

    def __str__(self) -> str:
        return self.url


class LinkCheck(models.Model):
    """One time that an address was asked. `state` is what came of that time alone, never "dead"."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="checks", verbose_name=_("address"))
    at = models.DateTimeField(_("asked"))
    state = models.CharField(_("outcome"), max_length=10, choices=LinkState.choices)
    status = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), null=True, blank=True)
    target = models.URLField(_("leads to"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("check of a link")
        verbose_name_plural = _("checks of links")
        ordering = ["-at", "-pk"]
        constraints = [
            one_of("state", LinkState, "linkcheck_state_known"),
            CheckConstraint(condition=~Q(state=LinkState.DEAD), name="linkcheck_judges_once_only"),
        ]

    def __str__(self) -> str:
        return f"{self.link_id}: {self.get_state_display()}"
