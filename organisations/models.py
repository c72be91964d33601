"""Organisations: who organises, hosts, supports. They know no other noun."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lib.fields import (
    ARS,
    COUNTRY,
    QID,
    SUBDIVISION,
    TextListField,
    WebAddressField,
    matches,
    one_of,
    validate_ars,
    validate_country,
    validate_qid,
    validate_subdivision,
)
from lib.german import Fold
from lib.nouns import Noun, in_language, slug_rule
from lib.places import home_country


class OrganisationKind(models.TextChoices):
    AUTHORITY = "authority", _("Public authority")
    MUNICIPALITY = "municipality", _("Municipality or county")
    MUNICIPAL_UMBRELLA = "municipal_umbrella", _("Municipal umbrella association")
    ASSOCIATION = "association", _("Association")
    COMPANY = "company", _("Company")
    PUBLIC_ENTERPRISE = "public_enterprise", _("Public enterprise")
    RESEARCH = "research", _("University or research institute")
    MEDIA = "media", _("Media")
    TRADE_FAIR = "trade_fair", _("Trade fair company")
    NETWORK = "network", _("Network")
    FOUNDATION = "foundation", _("Foundation")
    INTERNATIONAL = "international", _("International organisation")


class Level(models.TextChoices):
    FEDERAL = "federal", _("Federal level")
    STATE = "state", _("State level")
    MUNICIPAL = "municipal", _("Municipal level")
    EU = "eu", _("European Union")
    INTERNATIONAL = "international", _("International level")
    PRIVATE = "private", _("Private sector and civil society")


# The first two digits of a regional key name the state (Destatis, Gemeindeverzeichnis).
STATE_OF_ARS = {
    "01": "DE-SH", "02": "DE-HH", "03": "DE-NI", "04": "DE-HB", "05": "DE-NW", "06": "DE-HE",
    "07": "DE-RP", "08": "DE-BW", "09": "DE-BY", "10": "DE-SL", "11": "DE-BE", "12": "DE-BB",
    "13": "DE-MV", "14": "DE-SN", "15": "DE-ST", "16": "DE-TH",
}  # fmt: skip


def _ars_agrees() -> Q:
    agrees = Q(ars="") | Q(state="")
    for digits, state in STATE_OF_ARS.items():
        agrees |= Q(ars__startswith=digits, state=state)
    return agrees


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def in_order(self) -> "OrganisationQuerySet":
        """By name as German dictionaries sort."""
        return self.order_by("sort_name", "pk")


class Organisation(Noun):
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    short_name = models.CharField(
        _("short name"), max_length=60, blank=True, help_text=_("Abbreviation in common use, such as KGSt.")
    )
    aliases = TextListField(
        verbose_name=_("other names"),
        help_text=_("Former names and other spellings, one per line. The search knows them all."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    level = models.CharField(_("level"), max_length=20, choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("succeeded by"),
        help_text=_("Where this organisation was renamed or merged: the one that goes on today."),
    )
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    summary_en = models.CharField(_("summary in English"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown is allowed."))
    website = WebAddressField(_("website"), blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    state = models.CharField(
        _("state"),
        max_length=6,
        blank=True,
        validators=[validate_subdivision],
        help_text=_("ISO 3166-2, such as DE-NW."),
    )
    country = models.CharField(
        _("country"),
        max_length=2,
        default=home_country,
        validators=[validate_country],
        help_text=_("ISO 3166-1, such as DE."),
    )
    wikidata = models.CharField(
        _("Wikidata identifier"), max_length=12, blank=True, validators=[validate_qid]
    )
    ars = models.CharField(
        _("regional key (ARS or AGS)"), max_length=12, blank=True, validators=[validate_ars]
    )
    sort_name = models.GeneratedField(
        expression=Fold(F("name")), output_field=models.TextField(), db_persist=True
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_name", "pk"]
        constraints = [
            slug_rule("organisation"),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_name"),
            one_of("kind", OrganisationKind, "organisation_kind_known"),
            one_of("level", Level, "organisation_level_known"),
            matches("country", COUNTRY, "organisation_country_is_iso", empty=False),
            matches("state", SUBDIVISION, "organisation_state_is_iso"),
            models.CheckConstraint(
                condition=Q(state="") | Q(state__startswith=F("country")),
                name="organisation_state_in_country",
            ),
            matches("wikidata", QID, "organisation_wikidata_is_qid"),
            matches("ars", ARS, "organisation_ars_is_key"),
            models.CheckConstraint(condition=_ars_agrees(), name="organisation_ars_agrees_with_state"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="organisation_not_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("id")),
                name="organisation_not_own_successor",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_name"], name="organisation_sort_name"),
            models.Index(fields=["kind", "sort_name"], name="organisation_kind"),
            GinIndex(fields=["aliases"], name="organisation_aliases"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The short name where there is one: fit for lists and chips."""
        return self.short_name or in_language(self, "name")

    @property
    def display_name(self) -> str:
        return in_language(self, "name")

    @property
    def display_summary(self) -> str:
        return in_language(self, "summary")

    def get_absolute_url(self) -> str:
        return reverse("organisations:detail", kwargs={"slug": self.slug})
