"""What an event has several of: places, topics, former dates, prices, awards, sources."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models.choices import Precision, PriceGroup, VenueUse
from events.models.topic import Topic
from events.models.venue import Venue
from lib.fields import WebAddressField, one_of
from organisations.models import Organisation


class EventTopic(models.Model):
    """A topic of an event; the first is its main topic."""

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="event_links", verbose_name=_("topic"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("topic of the event")
        verbose_name_plural = _("topics of the event")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "topic"], name="eventtopic_once")]

    def __str__(self) -> str:
        return str(self.topic)


class EventVenue(models.Model):
    """A place of an event: several at once, one after the other, or the hall it is broadcast from."""

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="venue_links")
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="event_links", verbose_name=_("venue"))
    use = models.CharField(_("use"), max_length=10, choices=VenueUse.choices, default=VenueUse.VENUE)
    starts_on = models.DateField(
        _("from"), null=True, blank=True, help_text=_("Only where the event is not here on all its days.")
    )
    ends_on = models.DateField(_("until"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("place of the event")
        verbose_name_plural = _("places of the event")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "venue"], name="eventvenue_once"),
            one_of("use", VenueUse, "eventvenue_use_known"),
            models.CheckConstraint(
                condition=Q(starts_on=None, ends_on=None)
                | Q(starts_on__isnull=False, ends_on__isnull=False, ends_on__gte=F("starts_on")),
                name="eventvenue_ends_not_before_start",
            ),
        ]

    def __str__(self) -> str:
        return str(self.venue)


class PreviousDate(models.Model):
    """A date that an event was once announced for. The oldest comes first."""

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="previous_dates")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    start_time = models.TimeField(_("starting time"), null=True, blank=True)
    date_precision = models.CharField(
        _("known by"), max_length=7, choices=Precision.choices, default=Precision.DAY
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("previous date")
        verbose_name_plural = _("previous dates")
        ordering = ["position", "pk"]
        constraints = [
            one_of("date_precision", Precision, "previousdate_precision_known"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="previousdate_ends_not_before_start"
            ),
            models.CheckConstraint(
                condition=Q(start_time=None) | Q(date_precision=Precision.DAY),
                name="previousdate_time_needs_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"


class Price(models.Model):
    """What taking part costs for one group of people."""

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="prices")
    group = models.CharField(_("for"), max_length=13, choices=PriceGroup.choices, default=PriceGroup.EVERYONE)
    amount = models.DecimalField(_("price"), max_digits=8, decimal_places=2, help_text=_("0 for free."))
    amount_to = models.DecimalField(_("up to"), max_digits=8, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    is_early_bird = models.BooleanField(_("early-bird price"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "group", "is_early_bird"], name="price_once"),
            one_of("group", PriceGroup, "price_group_known"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="price_not_negative"),
            models.CheckConstraint(
                condition=Q(amount_to=None) | Q(amount_to__gte=F("amount")), name="price_range_in_order"
            ),
            models.CheckConstraint(condition=Q(currency__regex=r"^[A-Z]{3}$"), name="price_currency_is_iso"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} ({self.get_group_display()})"


class Award(models.Model):
    """A prize given at the event and who won it."""

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="awards")
    title = models.CharField(_("award"), max_length=200)
    winner = models.CharField(_("winner"), max_length=200)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="awards",
        verbose_name=_("winner's entry"),
        help_text=_("Where the winner is an organisation of the directory."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(winner=""), name="award_says_what_and_who")
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.winner}"


class Source(models.Model):
    """Where a statement of the entry can be read."""

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="sources")
    url = WebAddressField(_("address"))
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    published = models.DateField(_("published"), null=True, blank=True)
    retrieved = models.DateField(_("retrieved"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "url", "title"], name="source_once"),
            models.CheckConstraint(condition=~Q(title=""), name="source_has_title"),
        ]
        indexes = [models.Index(fields=["url"], name="source_address")]

    def __str__(self) -> str:
        return self.title
