"""People in their public role. Only what an event's programme says of them is kept."""

import datetime as dt
import hashlib

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lib.fields import QID, TextListField, WebAddressField, matches, validate_qid
from lib.german import Fold, fold
from lib.nouns import Noun, slug_rule


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    def listed(self) -> "SpeakerQuerySet":
        """People who may be shown: all but the anonymised."""
        return self.filter(anonymised_at=None)

    def in_order(self) -> "SpeakerQuerySet":
        """By family name, then given name, as German dictionaries sort."""
        return self.order_by("sort_name", "pk")


class Speaker(Noun):
    academic_title = models.CharField(_("academic title"), max_length=60, blank=True)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    family_name = models.CharField(_("family name"), max_length=100)
    aliases = TextListField(
        verbose_name=_("other names"), help_text=_("Former names and other spellings, one per line.")
    )
    description = models.TextField(
        _("description"), blank=True, help_text=_("Public role only. Markdown is allowed.")
    )
    website = WebAddressField(_("website"), blank=True)
    wikidata = models.CharField(
        _("Wikidata identifier"), max_length=12, blank=True, validators=[validate_qid]
    )
    anonymised_at = models.DateTimeField(_("anonymised"), null=True, blank=True, editable=False)
    sort_name = models.GeneratedField(
        expression=Fold(Concat(F("family_name"), Value(" "), F("given_name"))),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name", "pk"]
        constraints = [
            slug_rule("speaker"),
            matches("wikidata", QID, "speaker_wikidata_is_qid"),
            models.CheckConstraint(
                condition=~Q(family_name="") | Q(anonymised_at__isnull=False), name="speaker_has_name"
            ),
            models.CheckConstraint(
                condition=Q(anonymised_at=None)
                | Q(
                    academic_title="",
                    given_name="",
                    family_name="",
                    aliases=[],
                    description="",
                    website="",
                    wikidata="",
                ),
                name="speaker_anonymised_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_name"], name="speaker_sort_name"),
            GinIndex(fields=["aliases"], name="speaker_aliases"),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Anonymised person"))

    def get_absolute_url(self) -> str:
        return reverse("speakers:detail", kwargs={"slug": self.slug})

    @property
    def name(self) -> str:
        """The name as it is spoken: Dr. Ariane Berger."""
        return " ".join(part for part in (self.academic_title, self.given_name, self.family_name) if part)

    @property
    def plain_name(self) -> str:
        """The name without academic title, for addresses, sorting and feeds."""
        return " ".join(part for part in (self.given_name, self.family_name) if part)


class ErasedPersonQuerySet(models.QuerySet["ErasedPerson"]):
    def since(self, moment: dt.datetime) -> "ErasedPersonQuerySet":
        return self.filter(erased_at__gte=moment)

    def remembers(self, slug: str, name: str = "") -> bool:
        """Whether a person of this slug or of this given and family name was anonymised.

        A digest takes milliseconds of work, so none is made where there is nobody to be remembered.
        """
        if not self.exists():
            return False
        digests = [ErasedPerson.digest_of(text) for text in (slug, name) if text]
        return self.filter(digest__in=digests).exists()


class ErasedPerson(models.Model):
    """A tombstone that lets imports recognise an anonymised person without knowing the name.

    It holds a slow, one-way digest of the former slug and name (scrypt, RFC 7914), never either.
    """

    digest = models.CharField(_("digest"), max_length=64, unique=True)
    erased_at = models.DateTimeField(_("anonymised"), auto_now_add=True)

    objects = ErasedPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("erased person")
        verbose_name_plural = _("erased people")

    def __str__(self) -> str:
        return self.digest[:12]

    @staticmethod
    def digest_of(text: str) -> str:
        """The digest of a slug or name; folded first, so that spelling variants agree."""
        salt = b"kongressatlas.erased-person"
        return hashlib.scrypt(fold(text).encode(), salt=salt, n=2**11, r=8, p=1, dklen=32).hex()
