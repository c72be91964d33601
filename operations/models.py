"""What became of each periodic job, the last times."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class JobRunQuerySet(models.QuerySet["JobRun"]):
    def latest_by_command(self) -> dict[str, "JobRun"]:
        """{command: its last run} (1 query)."""
        runs = self.order_by("command", "-began_at", "-pk").distinct("command")
        return {run.command: run for run in runs}


class JobRun(models.Model):
    """`said` is the last line that the command wrote, or why it failed. No personal data stands there."""

    command = models.CharField(_("command"), max_length=60)
    began_at = models.DateTimeField(_("begun"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    succeeded = models.BooleanField(_("succeeded"), default=False)
    said = models.CharField(_("last words"), max_length=300, blank=True)

    objects = JobRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of a job")
        verbose_name_plural = _("runs of jobs")
        ordering = ["-began_at", "-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(F("command"), F("began_at").desc(), name="jobrun_last")]
        constraints = [
            models.CheckConstraint(
                condition=Q(succeeded=False) | Q(ended_at__isnull=False), name="jobrun_succeeds_by_ending"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.command}, {self.began_at:%Y-%m-%d %H:%M}"

    @property
    def lasted(self) -> dt.timedelta | None:
        return self.ended_at - self.began_at if self.ended_at else None
