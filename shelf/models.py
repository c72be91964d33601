"""Pages that all processes share, where no other cache is named (CACHE_URL)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SharedPage(models.Model):
    """A page of one seed; without `page` as long as somebody is making it, who said so at `claimed_at`."""

    key = models.CharField(_("key"), primary_key=True, max_length=64)
    seed = models.TextField(_("seed"))
    claimed_at = models.DateTimeField(_("claimed"))
    page = models.BinaryField(_("page"), null=True)

    class Meta:
        verbose_name = _("kept page")
        verbose_name_plural = _("kept pages")

    def __str__(self) -> str:
        return self.key
