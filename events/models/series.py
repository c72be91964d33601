from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lib.fields import TextListField, WebAddressField, matches
from lib.german import Fold
from lib.nouns import Noun, in_language, slug_rule
from organisations.models import Organisation

HASHTAG = r"^#[^\s#]+$"


class SeriesQuerySet(models.QuerySet["Series"]):
    def in_order(self) -> "SeriesQuerySet":
        return self.order_by("sort_name", "pk")


class Series(Noun):
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    short_name = models.CharField(
        _("short name"), max_length=60, blank=True, help_text=_("Abbreviation in common use, such as SCCON.")
    )
    aliases = TextListField(
        verbose_name=_("other names"),
        help_text=_("Former names and other spellings, one per line. The search knows them all."),
    )
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    summary_en = models.CharField(_("summary in English"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown is allowed."))
    website = WebAddressField(_("website"), blank=True)
    hashtag = models.CharField(_("hashtag"), max_length=60, blank=True)
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("continues"),
        help_text=_("The series that this one was renamed from or grew out of."),
    )
    organisers: "models.ManyToManyField[Organisation, SeriesOrganiser]" = models.ManyToManyField(
        Organisation, through="SeriesOrganiser", related_name="series", verbose_name=_("organisers today")
    )
    sort_name = models.GeneratedField(
        expression=Fold(F("name")), output_field=models.TextField(), db_persist=True
    )

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = pgettext_lazy("plural", "series")
        ordering = ["sort_name", "pk"]
        constraints = [
            slug_rule("series"),
            models.CheckConstraint(condition=~Q(name=""), name="series_has_name"),
            matches("hashtag", HASHTAG, "series_hashtag_is_one_word"),
            models.CheckConstraint(
                condition=Q(predecessor=None) | ~Q(predecessor=F("id")), name="series_not_own_predecessor"
            ),
        ]
        indexes = [
            models.Index(fields=["sort_name"], name="series_sort_name"),
            GinIndex(fields=["aliases"], name="series_aliases"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:series", kwargs={"slug": self.slug})

    @property
    def display_name(self) -> str:
        return in_language(self, "name")

    @property
    def display_summary(self) -> str:
        return in_language(self, "summary")


class SeriesOrganiser(models.Model):
    """Who organises the series today; each event keeps those of its own day."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="organiser_links")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="series_links", verbose_name=_("organisation")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("organiser of the series")
        verbose_name_plural = _("organisers of the series")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "organisation"], name="seriesorganiser_once")
        ]

    def __str__(self) -> str:
        return f"{self.series}: {self.organisation}"
