from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation


class Membership(models.Model):
    """An account that enters the events of an organisation, and may be trusted to publish them.

    The rights that are about no single kind of entry are permissions of this model (accounts/rights.py).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("account")
    )
    # Protected: with its last membership gone an account would be bound to something else than before.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    may_publish = models.BooleanField(
        _("may publish"),
        default=False,
        db_default=False,
        help_text=_("Publishes and withdraws the organisation's events without asking."),
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user", "organisation"]
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_once"),
        ]
        permissions = [
            ("every_entry", "Is not bound to the entries of own organisations"),
            ("publish_entries", "Can publish and withdraw entries"),
            ("merge_entries", "Can merge entries"),
            ("import_entries", "Can import tables of entries"),
        ]

    def __str__(self) -> str:
        """Without the account: histories of organisations show it to all who see them."""
        return str(self.organisation)
