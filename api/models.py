"""How much of the API each network has used in the running minute, shared by all processes."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Usage(models.Model):
    """One row for each network and day; it knows the network by a keyed digest only.

    The table is unlogged (see the migration): counting waits for no disk, and after a crash it is empty.
    """

    client = models.CharField(_("digest of the network"), max_length=32, primary_key=True)
    since = models.DateTimeField(_("minute began"), db_index=True)
    used = models.PositiveIntegerField(_("requests since then"))

    objects: Any = models.Manager()

    class Meta:
        verbose_name = _("use of the API")
        verbose_name_plural = _("uses of the API")
        constraints = [models.CheckConstraint(condition=Q(used__gt=0), name="usage_counts_from_one")]

    def __str__(self) -> str:
        return f"{self.client[:8]}: {self.used}"
