"""Entries that may be the same thing entered twice, and what editors said of it.

Suspicions are worked out from the entries and may be dropped at any time; decisions may not. Both name
entries by kind and number, without a foreign key: a decision outlives a merge that is undone later.
"""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from addresses.models import NounKind
from lib.fields import one_of

# Out of 100: from here on an editor should look today.
STRONG = 75


class SuspicionQuerySet(models.QuerySet["Suspicion"]):
    def open(self) -> "SuspicionQuerySet":
        """Those that nobody has called unlike."""
        decided = Unlike.objects.filter(noun=OuterRef("noun"), one=OuterRef("one"), other=OuterRef("other"))
        return self.filter(~Exists(decided))

    def strong(self) -> "SuspicionQuerySet":
        return self.filter(score__gte=STRONG)


class Pair(models.Model):
    """Two entries of one kind; the smaller number comes first, so that a pair stands there once."""

    noun = models.CharField(_("kind"), max_length=12, choices=NounKind.choices)
    one = models.BigIntegerField(_("number of the one entry"))
    other = models.BigIntegerField(_("number of the other entry"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.noun} {self.one}, {self.other}"


class Suspicion(Pair):
    """`score` says how likely it is, out of 100; `reasons` are [code, number] (see curation.duplicates)."""

    score = models.PositiveSmallIntegerField(_("likeness"))
    reasons = models.JSONField(_("reasons"), default=list)

    objects = SuspicionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspected duplicate")
        verbose_name_plural = _("suspected duplicates")
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["noun", "one", "other"], name="suspicion_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="suspicion_in_order"),
            one_of("noun", NounKind, "suspicion_noun_known"),
            models.CheckConstraint(condition=Q(score__lte=100), name="suspicion_score_out_of_100"),
        ]
        indexes = [models.Index(fields=["noun", "other"], name="suspicion_of_other")]


class Unlike(Pair):
    """An editor looked and said: these are not the same."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("said by")
    )
    at = models.DateTimeField(_("said"), db_default=Now())

    class Meta:
        verbose_name = _("pair that is not the same")
        verbose_name_plural = _("pairs that are not the same")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["noun", "one", "other"], name="unlike_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="unlike_in_order"),
            one_of("noun", NounKind, "unlike_noun_known"),
        ]


class Examined(models.Model):
    """How far the entries of a kind have been looked at, in the order in which they changed."""

    noun = models.CharField(_("kind"), max_length=12, primary_key=True)
    at = models.DateTimeField(_("changed up to"))
    object = models.BigIntegerField(_("up to the entry with this number"))

    class Meta:
        verbose_name = _("state of the search for duplicates")
        verbose_name_plural = _("states of the search for duplicates")

    def __str__(self) -> str:
        return f"{self.noun}: {self.at:%Y-%m-%d %H:%M}"
