"""What changed: the number of the catalogue's state, and the entries that are gone.

The database writes both by itself (see the migrations), whichever way a row is written.
"""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib.fields import one_of


class CatalogueVersion(models.Model):
    """The one row that counts the transactions which changed anything that visitors can see.

    Read the number before the data: what is read then is at least as new as the number says.
    """

    number = models.BigIntegerField(_("number"))
    at = models.DateTimeField(_("raised"))

    class Meta:
        verbose_name = _("version of the catalogue")
        verbose_name_plural = _("versions of the catalogue")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="catalogueversion_is_one_row")]

    def __str__(self) -> str:
        return str(self.number)


class Reason(models.TextChoices):
    """Why an entry is gone. Withdrawn is whatever editors took from the public and kept for themselves."""

    WITHDRAWN = "withdrawn", _("Withdrawn")
    DELETED = "deleted", _("Deleted")
    ANONYMISED = "anonymised", _("Anonymised")


class TombstoneQuerySet(models.QuerySet["Tombstone"]):
    def standing(self, at: dt.datetime | None = None) -> "TombstoneQuerySet":
        """Of entries that are gone at that moment: not of those due to come back before it."""
        return self.filter(Q(until=None) | Q(until__gt=at or timezone.now()))


class Tombstone(models.Model):
    """An entry that visitors could see and that is gone, so that mirrors let go of it.

    `slug` is the last one, empty for people, whose slug tells their name. `until` is the moment for which
    the entry's return is set.
    """

    noun = models.CharField(_("kind"), max_length=12)
    uid = models.UUIDField(_("permanent identifier"), unique=True)
    slug = models.CharField(_("address name"), max_length=80, blank=True)
    gone_at = models.DateTimeField(_("gone since"), db_index=True)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    until = models.DateTimeField(_("comes back"), null=True, blank=True)

    objects = TombstoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("tombstone")
        verbose_name_plural = _("tombstones")
        ordering = ["gone_at", "pk"]
        indexes = [models.Index(fields=["until"], name="tombstone_until", condition=Q(until__isnull=False))]
        constraints = [
            one_of("reason", Reason, "tombstone_reason_known"),
            models.CheckConstraint(
                condition=~Q(noun="speaker") | Q(slug=""), name="tombstone_of_a_person_names_nobody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.noun}: {self.slug or self.uid}"
