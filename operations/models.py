"""What became of each periodic job, the last times; which errors were mailed when."""

import datetime as dt

from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class JobRunQuerySet(models.QuerySet["JobRun"]):
    def latest_by_command(self) -> dict[str, "JobRun"]:
        """{command: its last run} (1 query)."""
        # Not by the time: a clock that was ahead would make its runs the last for as long.
        runs = self.order_by("command", "-pk").distinct("command")
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


class ErrorNotice(models.Model):
    """An error that was mailed, by its kind and place: nothing of who met it."""

    error = models.CharField(_("error"), max_length=200, unique=True)
    mailed_at = models.DateTimeField(_("mailed"))
    waiting = models.PositiveIntegerField(_("since then"), default=0)

    class Meta:
        verbose_name = _("error")
        verbose_name_plural = _("errors")
        default_permissions = ()

    def __str__(self) -> str:
        return self.error

    @classmethod
    def turn(cls, error: str, count: int, at: dt.datetime, pause: dt.timedelta) -> int:
        """How often the error came since its last mail, if the next is due and falls to this process; else 0.

        By a connection of its own: the usual one may be in the midst of a transaction that has failed.
        """
        own = connection.copy()
        try:
            with own.cursor() as cursor:
                cursor.execute(_TURN, {"error": error, "count": count, "at": at, "before": at - pause})
                row = cursor.fetchone()
            return int(row[0]) if row else 0
        finally:
            own.close()


# One statement, so that one of several processes is told that it is its turn: who finds that a mail is due
# notes this moment; the others wait for that row and then find that it is not.
_TURN = """
WITH known AS (
    SELECT waiting FROM operations_errornotice WHERE error = %(error)s
), noted AS (
    INSERT INTO operations_errornotice AS notice (error, mailed_at, waiting) VALUES (%(error)s, %(at)s, 0)
    ON CONFLICT (error) DO UPDATE SET
        waiting = CASE WHEN notice.mailed_at <= %(before)s THEN 0 ELSE notice.waiting + %(count)s END,
        mailed_at = CASE WHEN notice.mailed_at <= %(before)s THEN %(at)s ELSE notice.mailed_at END
    RETURNING waiting, mailed_at
)
SELECT %(count)s + coalesce((SELECT waiting FROM known), 0) FROM noted
WHERE waiting = 0 AND mailed_at = %(at)s
"""
