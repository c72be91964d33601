"""Former addresses: what once named a thing goes on naming it.

Rows are written by the trigger `noun_remember_slug` (see the migration), so that a slug changed
in the admin, by an import or in SQL is remembered alike.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NounKind(models.TextChoices):
    EVENT = "event", _("Event")
    SERIES = "series", _("Series")
    ORGANISATION = "organisation", _("Organisation")
    SPEAKER = "speaker", _("Person")
    TOPIC = "topic", _("Topic")
    VENUE = "venue", _("Venue")


class FormerSlugQuerySet(models.QuerySet["FormerSlug"]):
    def successors(self, noun: str, slugs: list[str]) -> dict[str, int]:
        """{former slug: primary key of the thing it now means}."""
        rows = self.filter(noun=noun, slug__in=slugs)
        return dict(rows.values_list("slug", "target"))


class FormerSlug(models.Model):
    noun = models.CharField(_("kind"), max_length=12, choices=NounKind.choices)
    slug = models.SlugField(_("former address name"), max_length=80)
    target = models.BigIntegerField(_("now means the entry with this number"))

    objects = FormerSlugQuerySet.as_manager()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(fields=["noun", "slug"], name="formerslug_one_target"),
            models.CheckConstraint(
                condition=models.Q(noun__in=NounKind.values), name="formerslug_noun_known"
            ),
        ]
        indexes = [models.Index(fields=["noun", "target"], name="formerslug_target")]

    def __str__(self) -> str:
        return f"{self.noun}: {self.slug}"
