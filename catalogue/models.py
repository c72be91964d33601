"""What the loader remembers, so that it can tell editors' changes from its own."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class LoadedRecord(models.Model):
    """A record of the exchange file as it stood in the database when it was loaded.

    While the database still has the same digest, nobody has edited the entry and the next file may
    change it. A row whose target is gone says that editors deleted the entry. Rows of people go when
    the person is anonymised (see the migration): a slug tells the name.
    """

    section = models.CharField(_("section"), max_length=20)
    slug = models.SlugField(_("address name"), max_length=80)
    target = models.BigIntegerField(_("entry with this number"))
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("loaded record")
        verbose_name_plural = _("loaded records")
        constraints = [models.UniqueConstraint(fields=["section", "slug"], name="loadedrecord_once")]

    def __str__(self) -> str:
        return f"{self.section}: {self.slug}"


class UploadedTable(models.Model):
    """A table between its upload and the moment at which its owner agrees to what it would change.

    Kept in the database, so that every process finds it; for a day (`catalogue.editing.uploads`).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("user"))
    section = models.CharField(_("section"), max_length=20)
    name = models.CharField(_("file name"), max_length=200)
    content = models.BinaryField(_("content"))
    uploaded_at = models.DateTimeField(_("uploaded"), db_default=Now())

    class Meta:
        verbose_name = _("uploaded table")
        verbose_name_plural = _("uploaded tables")

    def __str__(self) -> str:
        return self.name
