"""Who takes part: organisations by role, people by role with the office they held then."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.choices import OrganisationRole, SpeakerRole
from events.models.programme import Session
from lib.fields import one_of
from organisations.models import Organisation
from speakers.models import Speaker


class Participation(models.Model):
    event = models.ForeignKey("events.Event", models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="participations", verbose_name=_("organisation")
    )
    role = models.CharField(
        _("role"), max_length=20, choices=OrganisationRole.choices, default=OrganisationRole.ORGANISER
    )
    name_then = models.CharField(
        _("name at the time"),
        max_length=200,
        blank=True,
        help_text=_("Only where the organisation bore another name when the event took place."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("participating organisation")
        verbose_name_plural = _("participating organisations")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "organisation", "role"], name="participation_once"),
            one_of("role", OrganisationRole, "participation_role_known"),
        ]
        indexes = [models.Index(fields=["organisation", "role"], name="participation_by_role")]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"

    @property
    def name(self) -> str:
        """The organisation as it was called then."""
        return self.name_then or self.organisation.display_name


class Appearance(models.Model):
    event = models.ForeignKey("events.Event", models.CASCADE, related_name="appearances")
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="appearances", verbose_name=_("person"))
    role = models.CharField(
        _("role"), max_length=10, choices=SpeakerRole.choices, default=SpeakerRole.SPEAKER
    )
    office = models.CharField(
        _("office held then"), max_length=200, blank=True, help_text=_("As the programme of the day says it.")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appearances",
        verbose_name=_("organisation then"),
    )
    session = models.ForeignKey(
        Session,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="appearances",
        verbose_name=_("programme item"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("person taking part")
        verbose_name_plural = _("people taking part")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "speaker", "role", "session"],
                name="appearance_once",
                nulls_distinct=False,
            ),
            one_of("role", SpeakerRole, "appearance_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} ({self.get_role_display()})"
