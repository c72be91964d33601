"""Who was erased, without a name, so that it can be done again; and who was told what is stored."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from lib.fields import one_of


class Subject(models.TextChoices):
    """Whose data it is. `ADDRESS` is somebody who wrote to us: known by an e-mail address alone."""

    PERSON = "person", _("Person")
    ACCOUNT = "account", _("Account")
    ADDRESS = "address", _("E-mail address")


class Erasure(models.Model):
    """Somebody was erased: a person by permanent identifier, an account by number, an address by digest.

    `digests` are one-way digests of former address names, for entries that were merged since a backup was
    made; `wording` is what took the place of the name in texts (see `privacy.prose.Wording`).
    """

    subject = models.CharField(_("whose"), max_length=7, choices=Subject.choices)
    which = models.CharField(_("which"), max_length=64)
    at = models.DateTimeField(_("erased"))
    digests = ArrayField(models.CharField(max_length=64), verbose_name=_("digests"), default=list, blank=True)
    wording = models.JSONField(_("wording"), default=dict, blank=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["at", "pk"]
        default_permissions = ()
        constraints = [
            one_of("subject", Subject, "erasure_subject_known"),
            models.UniqueConstraint(fields=["subject", "which"], name="erasure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}, {self.at:%Y-%m-%d}"


class Disclosure(models.Model):
    """Somebody was told what is stored on a person, an account or an address (GDPR art. 15).

    `which` as in `Erasure`; what was told is not kept.
    """

    subject = models.CharField(_("whose"), max_length=7, choices=Subject.choices)
    which = models.CharField(_("which"), max_length=64)
    at = models.DateTimeField(_("given"), db_default=Now())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("given by"),
    )

    class Meta:
        verbose_name = _("answer to a request for one's data")
        verbose_name_plural = _("answers to requests for one's data")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        constraints = [one_of("subject", Subject, "disclosure_subject_known")]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}, {self.at:%Y-%m-%d}"
