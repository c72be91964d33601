from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.models.choices import VenueFact, VenueKind
from lib.fields import (
    COUNTRY,
    SUBDIVISION,
    ChoicesField,
    WebAddressField,
    all_of,
    matches,
    one_of,
    validate_country,
    validate_subdivision,
)
from lib.german import Fold, Slugified
from lib.nouns import Noun, slug_rule
from lib.places import home_country


class VenueQuerySet(models.QuerySet["Venue"]):
    def in_order(self) -> "VenueQuerySet":
        return self.order_by("sort_city", "sort_name", "pk")


class Venue(Noun):
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(
        _("kind of place"), max_length=10, choices=VenueKind.choices, default=VenueKind.BUILDING
    )
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
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
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    website = WebAddressField(_("website"), blank=True)
    accessibility = ChoicesField(choices_class=VenueFact, verbose_name=_("accessibility"))
    accessibility_note = models.CharField(_("note on accessibility"), max_length=300, blank=True)
    sort_name = models.GeneratedField(
        expression=Fold(F("name")), output_field=models.TextField(), db_persist=True
    )
    sort_city = models.GeneratedField(
        expression=Fold(F("city")), output_field=models.TextField(), db_persist=True
    )

    city_slug = models.GeneratedField(
        expression=Slugified(F("city")), output_field=models.TextField(), db_persist=True
    )

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["sort_city", "sort_name", "pk"]
        constraints = [
            slug_rule("venue"),
            models.CheckConstraint(condition=~Q(name=""), name="venue_has_name"),
            one_of("kind", VenueKind, "venue_kind_known"),
            models.CheckConstraint(
                condition=~Q(city="") | Q(kind__in=[VenueKind.REGION, VenueKind.COUNTRY, VenueKind.VESSEL]),
                name="venue_building_has_city",
            ),
            models.CheckConstraint(
                condition=Q(street="") | ~Q(kind=VenueKind.CITY), name="venue_vague_place_has_no_street"
            ),
            matches("country", COUNTRY, "venue_country_is_iso", empty=False),
            matches("state", SUBDIVISION, "venue_state_is_iso"),
            models.CheckConstraint(
                condition=Q(state="") | Q(state__startswith=F("country")), name="venue_state_in_country"
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="venue_coordinates_valid",
            ),
            all_of("accessibility", VenueFact, "venue_accessibility_known"),
        ]
        indexes = [
            models.Index(fields=["sort_city", "sort_name"], name="venue_sort"),
            models.Index(fields=["city_slug"], name="venue_city"),
            models.Index(fields=["state"], name="venue_state"),
            models.Index(fields=["country"], name="venue_country"),
        ]

    def __str__(self) -> str:
        return self.name if not self.city or self.city in self.name else f"{self.name}, {self.city}"

    @property
    def is_precise(self) -> bool:
        """Whether a visitor can go there: anything but a mere town, region or country."""
        return self.kind in (VenueKind.BUILDING, VenueKind.VESSEL)

    @property
    def place(self) -> str:
        """Where it is in the fewest words: the town, or the region's or ship's name."""
        return self.city or self.name

    def get_absolute_url(self) -> str:
        return reverse("events:venue", kwargs={"slug": self.slug})
