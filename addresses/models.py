"""Former addresses: what once named a thing goes on naming it.

Rows are written by the trigger `noun_remember_slugs` (see the migration), so that a slug changed
in the admin, by an import or in SQL is remembered alike.
"""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NounKind(models.TextChoices):
    EVENT = "event", _("Event")
    SERIES = "series", pgettext_lazy("singular", "Series")
    ORGANISATION = "organisation", _("Organisation")
    SPEAKER = "speaker", _("Person")
    TOPIC = "topic", _("Topic")
    VENUE = "venue", _("Venue")


class FormerSlugQuerySet(models.QuerySet["FormerSlug"]):
    def target_of(self, noun: str, slug: str) -> int | None:
        """The primary key of the thing that a former slug now means; None if it never was one."""
        return self.filter(noun=noun, slug=slug).values_list("target", flat=True).first()

    def current_slugs(self, nouns: Collection[str], slugs: Collection[str]) -> dict[tuple[str, str], str]:
        """{(noun, former slug): current slug}: one query, and one more per noun that has any."""
        rows = list(self.filter(noun__in=nouns, slug__in=slugs).values_list("noun", "slug", "target"))
        found = {}
        for noun in {row[0] for row in rows}:
            targets = [target for kind, _slug, target in rows if kind == noun]
            current = dict(model_of(noun).objects.filter(pk__in=targets).values_list("pk", "slug"))
            found.update(
                {(noun, slug): current[key] for kind, slug, key in rows if kind == noun and key in current}
            )
        return found


def model_of(noun: str) -> Any:
    """The model behind a noun, by its label: this app is below all of them and imports none."""
    labels = {"organisation": "organisations.Organisation", "speaker": "speakers.Speaker"}
    return apps.get_model(labels.get(noun, f"events.{noun.capitalize()}"))


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
