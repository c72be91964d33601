"""What was done with an entry on its way to the public, and by whom."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.choices import State
from lib.fields import one_of


class Step(models.Model):
    """A change of an entry's state. The first one has no state before: it says who entered the entry."""

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="steps", verbose_name=_("event"))
    from_state = models.CharField(_("from"), max_length=9, choices=State.choices, blank=True)
    to_state = models.CharField(_("to"), max_length=9, choices=State.choices)
    # Empty for commands and loads, and for accounts that were deleted since.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
    )
    note = models.TextField(_("note"), max_length=2000, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    publish_from = models.DateTimeField(_("publish from"), null=True, blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["at", "pk"]
        constraints = [
            one_of("from_state", State, "step_from_known", empty=True),
            one_of("to_state", State, "step_to_known"),
            CheckConstraint(
                condition=Q(from_state="") | ~Q(to_state__in=[State.DRAFT, State.WITHDRAWN]) | ~Q(note=""),
                name="step_back_says_why",
            ),
            UniqueConstraint(fields=["event"], condition=Q(from_state=""), name="step_begins_once"),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.get_to_state_display()}"

    @property
    def is_first(self) -> bool:
        return self.from_state == ""
