import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import choices
from events.models.details import EventTopic, EventVenue
from events.models.queryset import EventQuerySet
from events.models.rules import EVENT_INDEXES, EVENT_RULES
from events.models.series import Series
from events.models.topic import Topic
from events.models.venue import Venue
from lib.fields import (
    ChoicesField,
    WebAddressField,
    validate_country,
    validate_subdivision,
)
from lib.german import Fold
from lib.instants import DaysLater, Instant, instant
from lib.nouns import Noun, in_language, language_of
from lib.picture_field import PictureField

_midnight = Value(dt.time(0), output_field=models.TimeField())
_last_second = Value(dt.time(23, 59, 59), output_field=models.TimeField())


class Event(Noun):
    """One congress, hackathon, conference. Dates are local to `timezone`.

    `starts_on`/`ends_on` are the days last announced; `status` says whether they still hold.
    With a precision other than "day" they span whole months.
    """

    series = models.ForeignKey(
        Series,
        models.PROTECT,
        null=True,
        blank=True,
        # Another index, that of editions, begins with it.
        db_index=False,
        related_name="events",
        verbose_name=_("series"),
    )
    edition = models.PositiveSmallIntegerField(_("edition number"), null=True, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
        help_text=_("A larger event that this one takes place in, or the road show it is a stop of."),
    )
    title = models.CharField(_("title"), max_length=250)
    title_en = models.CharField(_("title in English"), max_length=250, blank=True)
    subtitle = models.CharField(_("subtitle"), max_length=250, blank=True)
    summary = models.CharField(_("summary"), max_length=600, blank=True)
    summary_en = models.CharField(_("summary in English"), max_length=600, blank=True)
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown is allowed."))

    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    start_time = models.TimeField(_("starting time"), null=True, blank=True)
    end_time = models.TimeField(_("closing time"), null=True, blank=True)
    timezone = models.CharField(_("time zone"), max_length=40, default="Europe/Berlin")
    date_precision = models.CharField(
        _("date known by"),
        max_length=7,
        choices=choices.Precision.choices,
        default=choices.Precision.DAY,
        help_text=_("Where only the month, quarter or year is known, give its first and last day."),
    )
    date_note = models.CharField(_("note on the date"), max_length=500, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=choices.Status.choices, default=choices.Status.SCHEDULED
    )
    sold_out = models.BooleanField(_("sold out"), default=False)

    mode = models.CharField(
        _("mode"), max_length=6, choices=choices.Mode.choices, default=choices.Mode.ONSITE
    )
    venues = models.ManyToManyField(
        Venue, through=EventVenue, related_name="events", verbose_name=_("venues")
    )
    online_url = WebAddressField(_("address of the online part"), blank=True)
    online_access = models.CharField(
        _("access to the online part"), max_length=18, choices=choices.OnlineAccess.choices, blank=True
    )
    website = WebAddressField(_("website"), blank=True)
    registration_url = WebAddressField(_("registration"), blank=True)
    registration_deadline = models.DateField(_("registration deadline"), null=True, blank=True)
    contributions_url = WebAddressField(_("call for contributions"), blank=True)
    contributions_deadline = models.DateField(_("deadline for contributions"), null=True, blank=True)
    exhibitors_url = WebAddressField(_("call for exhibitors"), blank=True)
    exhibitors_deadline = models.DateField(_("deadline for exhibitors"), null=True, blank=True)

    languages = ChoicesField(choices_class=choices.Language, verbose_name=_("languages"))
    topics = models.ManyToManyField(
        Topic, through=EventTopic, related_name="events", verbose_name=_("topics")
    )
    formats = ChoicesField(choices_class=choices.Format, verbose_name=_("formats"))
    audiences = ChoicesField(choices_class=choices.Audience, verbose_name=_("audiences"))
    is_free = models.BooleanField(_("free of charge"), null=True, blank=True)
    price_note = models.CharField(_("note on prices"), max_length=300, blank=True)
    early_bird_until = models.DateField(_("early-bird price until"), null=True, blank=True)
    eligibility = models.CharField(
        _("open to"), max_length=13, choices=choices.Eligibility.choices, default=choices.Eligibility.EVERYONE
    )
    accessibility = ChoicesField(
        choices_class=choices.AccessibilityOffer, verbose_name=_("accessibility offers")
    )
    partner_country = models.CharField(
        _("partner country"), max_length=2, blank=True, validators=[validate_country]
    )
    partner_region = models.CharField(
        _("partner region"), max_length=6, blank=True, validators=[validate_subdivision]
    )
    hashtag = models.CharField(_("hashtag"), max_length=60, blank=True)

    image = PictureField(_("image"), upload_to="events/", blank=True)
    image_alt = models.CharField(_("text alternative of the image"), max_length=250, blank=True)
    image_credit = models.CharField(_("credit of the image"), max_length=200, blank=True)
    image_licence = models.CharField(_("licence of the image"), max_length=100, blank=True)

    attendees = models.PositiveIntegerField(_("attendees in all"), null=True, blank=True)
    attendees_onsite = models.PositiveIntegerField(_("attendees on site"), null=True, blank=True)
    attendees_online = models.PositiveIntegerField(_("attendees online"), null=True, blank=True)
    speaker_count = models.PositiveIntegerField(_("number of speakers"), null=True, blank=True)
    exhibitor_count = models.PositiveIntegerField(_("number of exhibitors"), null=True, blank=True)

    state = models.CharField(
        _("editorial state"), max_length=9, choices=choices.State.choices, default=choices.State.DRAFT
    )
    publish_from = models.DateTimeField(_("publish from"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    checked_on = models.DateField(_("last checked"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=0, db_default=0, editable=False)

    # Instants for order and for "upcoming": a vague date counts with the end of its period, and
    # an event ends with its last local day, whatever its closing time.
    starts_at = models.GeneratedField(
        expression=models.Case(
            models.When(
                Q(date_precision=choices.Precision.DAY),
                then=Instant(F("starts_on"), Coalesce(F("start_time"), _midnight), F("timezone")),
            ),
            default=Instant(F("ends_on"), _last_second, F("timezone")),
        ),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    ends_at = models.GeneratedField(
        expression=Instant(DaysLater(F("ends_on"), 1), _midnight, F("timezone")),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    sort_title = models.GeneratedField(
        expression=Fold(F("title")), output_field=models.TextField(), db_persist=True
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["starts_at", "pk"]
        constraints = EVENT_RULES
        indexes = EVENT_INDEXES

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        from django.core.exceptions import ValidationError

        try:
            ZoneInfo(self.timezone)
        except (KeyError, ValueError, OSError):
            raise ValidationError(
                {"timezone": _("No time zone of the IANA database, such as Europe/Berlin.")}
            ) from None

    # -- words ------------------------------------------------------------------------------

    @property
    def display_title(self) -> str:
        return in_language(self, "title")

    @property
    def title_language(self) -> str:
        return language_of(self, "title")

    @property
    def display_summary(self) -> str:
        return in_language(self, "summary")

    @property
    def summary_language(self) -> str:
        return language_of(self, "summary")

    # -- time -------------------------------------------------------------------------------

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def has_day(self) -> bool:
        """Whether the event has a valid day: known to the day and not put off."""
        return self.date_precision == choices.Precision.DAY and self.status != choices.Status.POSTPONED

    @property
    def is_all_day(self) -> bool:
        """Whether start and end are days. So they are where several days have but an opening hour:
        no format knows an end that is a day after a start that is a minute."""
        return self.start_time is None or (self.end_time is None and self.ends_on != self.starts_on)

    @property
    def start(self) -> dt.datetime | dt.date:
        """The start as an instant with offset, or the first day."""
        if self.start_time is None or self.is_all_day:
            return self.starts_on
        return instant(self.starts_on, self.start_time, self.zone)

    @property
    def end(self) -> dt.datetime | dt.date | None:
        """The end as an instant, or the last day (inclusive); None where only the start is known."""
        if self.is_all_day:
            return self.ends_on
        return instant(self.ends_on, self.end_time, self.zone) if self.end_time else None

    def is_past(self, at: dt.datetime | None = None) -> bool:
        """Whether the last local day has ended."""
        over = instant(self.ends_on + dt.timedelta(days=1), dt.time(0), self.zone)
        return over <= (at or timezone.now())

    # -- state ------------------------------------------------------------------------------

    def is_public(self, at: dt.datetime | None = None) -> bool:
        """Whether visitors may see it (the same rule as `EventQuerySet.published`)."""
        due = self.publish_from is None or self.publish_from <= (at or timezone.now())
        return self.state == choices.State.PUBLISHED and due

    @property
    def was_public(self) -> bool:
        """Whether visitors saw it before it was withdrawn (the same rule as `EventQuerySet.gone`)."""
        return bool(self.withdrawn_at and self.published_at and self.published_at < self.withdrawn_at)

    # -- people and places, from what `for_listing` and `for_detail` have fetched -------------

    @property
    def organisers(self) -> list[Any]:
        """The participations that run the event, organisers before co-organisers before hosts."""
        links = [link for link in self.participations.all() if link.role in choices.ORGANISING]
        return sorted(links, key=lambda link: (choices.ORGANISING.index(link.role), link.position))

    @property
    def is_only_hosted(self) -> bool:
        """Whether nothing but a host is known of who runs it: then nobody is called its organiser."""
        roles = {link.role for link in self.organisers}
        return roles == {choices.OrganisationRole.HOST}

    @property
    def places(self) -> list[Venue]:
        """The venues people go to, in order; not the hall an online event is broadcast from."""
        links = self.venue_links.all()
        return [link.venue for link in links if link.use == choices.VenueUse.VENUE]

    @property
    def topic_list(self) -> list[Topic]:
        return [link.topic for link in self.topic_links.all()]

    @property
    def has_timed_programme(self) -> bool:
        """Whether parts of its programme have times, so that they make a calendar."""
        return any(session.has_time for session in self.sessions.all())

    def get_absolute_url(self) -> str:
        return reverse("events:detail", kwargs={"slug": self.slug})
