import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models.choices import SessionKind
from lib.fields import one_of


def default_session_uid(event: uuid.UUID, title: str, number: int) -> uuid.UUID:
    """The UID of a part that is made from a record without one (RFC 9562 §5.5, name-based).

    `event` is the event's UID, `number` counts parts of the same title, from 1. So neither another order nor
    another time nor a second load changes it.
    """
    return uuid.uuid5(event, f"session {number} {title}")


class Session(models.Model):
    """A part of the programme. Its date may lie outside the event's days (the eve of it)."""

    uid = models.UUIDField(
        _("permanent identifier"), unique=True, default=uuid.uuid4, db_default=RandomUUID(), editable=False
    )
    event = models.ForeignKey("events.Event", models.CASCADE, related_name="sessions")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=250)
    kind = models.CharField(_("kind"), max_length=10, choices=SessionKind.choices, default=SessionKind.TALK)
    date = models.DateField(_("date"), null=True, blank=True)
    start_time = models.TimeField(_("from"), null=True, blank=True)
    end_time = models.TimeField(_("until"), null=True, blank=True)
    room = models.CharField(_("room"), max_length=120, blank=True)
    abstract = models.TextField(_("abstract"), blank=True, help_text=_("Markdown is allowed."))

    class Meta:
        verbose_name = _("programme item")
        verbose_name_plural = _("programme")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="session_has_title"),
            one_of("kind", SessionKind, "session_kind_known"),
            models.CheckConstraint(
                condition=Q(start_time=None, end_time=None) | Q(date__isnull=False),
                name="session_time_needs_date",
            ),
            models.CheckConstraint(
                condition=Q(start_time=None) | Q(end_time=None) | Q(end_time__gte=F("start_time")),
                name="session_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_time(self) -> bool:
        """Whether a calendar can show when it begins."""
        return self.date is not None and self.start_time is not None
