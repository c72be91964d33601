"""What the database refuses of an event, each rule with a name that says it."""

import datetime as dt

from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db.models import BaseConstraint, BooleanField, CheckConstraint, F, Func, Index, Q
from django.db.models.functions import Coalesce

from events.models.choices import (
    AccessibilityOffer,
    Audience,
    Eligibility,
    Format,
    Language,
    Mode,
    OnlineAccess,
    Precision,
    State,
    Status,
)
from events.models.series import HASHTAG
from lib.fields import COUNTRY, SUBDIVISION, all_of, matches, one_of
from lib.nouns import slug_rule

RESERVED_SLUGS = ("karte", "kalender", "jahr", "map", "calendar", "year")


class EndsMonth(Func):
    """Whether a date is the last day of its month."""

    arity = 1
    output_field = BooleanField()
    template = "(extract(day from (%(expressions)s + 1)) = 1)"


_vocabularies = [
    one_of("state", State, "event_state_known"),
    one_of("status", Status, "event_status_known"),
    one_of("mode", Mode, "event_mode_known"),
    one_of("date_precision", Precision, "event_precision_known"),
    one_of("eligibility", Eligibility, "event_eligibility_known"),
    one_of("online_access", OnlineAccess, "event_online_access_known", empty=True),
    all_of("formats", Format, "event_formats_known"),
    all_of("audiences", Audience, "event_audiences_known"),
    all_of("languages", Language, "event_languages_known"),
    all_of("accessibility", AccessibilityOffer, "event_accessibility_known"),
    matches("partner_country", COUNTRY, "event_partner_country_is_iso"),
    matches("partner_region", SUBDIVISION, "event_partner_region_is_iso"),
    matches("hashtag", HASHTAG, "event_hashtag_is_one_word"),
]
_times = [
    CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="event_ends_not_before_start"),
    # Beyond these years an instant in another zone leaves what Python's datetime can hold.
    CheckConstraint(
        condition=Q(starts_on__gte=dt.date(1900, 1, 1), ends_on__lt=dt.date(2200, 1, 1)),
        name="event_year_is_in_reach",
    ),
    CheckConstraint(
        condition=Q(start_time=None, end_time=None) | Q(date_precision=Precision.DAY),
        name="event_time_needs_day",
    ),
    CheckConstraint(
        condition=Q(end_time=None) | Q(start_time__isnull=False), name="event_end_time_needs_start_time"
    ),
    CheckConstraint(
        condition=Q(end_time=None) | Q(ends_on__gt=F("starts_on")) | Q(end_time__gt=F("start_time")),
        name="event_ends_after_start_on_one_day",
    ),
    CheckConstraint(
        condition=Q(date_precision=Precision.DAY)
        | Q(date_precision=Precision.MONTH, starts_on__day=1)
        | Q(date_precision=Precision.QUARTER, starts_on__day=1, starts_on__month__in=[1, 4, 7, 10])
        | Q(date_precision=Precision.YEAR, starts_on__day=1, starts_on__month=1),
        name="event_vague_date_starts_a_period",
    ),
    CheckConstraint(
        condition=Q(date_precision=Precision.DAY) | Q(EndsMonth(F("ends_on"))),
        name="event_vague_date_ends_a_period",
    ),
]
_workflow = [
    CheckConstraint(
        condition=~Q(state__in=[State.PUBLISHED, State.WITHDRAWN]) | Q(published_at__isnull=False),
        name="event_published_says_when",
    ),
    CheckConstraint(
        condition=Q(state=State.WITHDRAWN, withdrawn_at__isnull=False)
        | (~Q(state=State.WITHDRAWN) & Q(withdrawn_at=None)),
        name="event_withdrawn_says_when",
    ),
]
_facts = [
    CheckConstraint(condition=~Q(title=""), name="event_has_title"),
    CheckConstraint(
        condition=Q(mode=Mode.ONSITE) | ~Q(online_url="") | ~Q(online_access=""),
        name="event_online_says_how",
    ),
    CheckConstraint(
        condition=~Q(mode=Mode.ONSITE) | Q(online_url="", online_access=""),
        name="event_onsite_has_no_online_access",
    ),
    CheckConstraint(condition=Q(edition=None) | Q(edition__gte=1), name="event_edition_is_positive"),
    CheckConstraint(condition=Q(edition=None) | Q(series__isnull=False), name="event_edition_needs_series"),
    CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="event_not_own_parent"),
    CheckConstraint(
        condition=Q(attendees=None)
        | Q(attendees__gte=Coalesce(F("attendees_onsite"), 0) + Coalesce(F("attendees_online"), 0)),
        name="event_head_counts_add_up",
    ),
    CheckConstraint(
        condition=Q(image="") | (~Q(image_alt="") & ~Q(image_credit="") & ~Q(image_licence="")),
        name="event_image_has_alt_credit_licence",
    ),
    CheckConstraint(condition=~Q(slug__in=RESERVED_SLUGS), name="event_slug_is_not_reserved"),
]
EVENT_RULES: list[BaseConstraint] = [slug_rule("event"), *_vocabularies, *_times, *_workflow, *_facts]

# What editors' lists filter by.
_LISTED = (
    "ends_at", "state", "publish_from", "status", "mode", "date_precision", "series", "checked_on",
    "is_sample",
)  # fmt: skip
_DEADLINES = ("registration_deadline", "contributions_deadline", "exhibitors_deadline", "early_bird_until")
EVENT_INDEXES = [
    # Read from either end. It alone tells what is upcoming: the nearest stand behind all that is over.
    Index(
        fields=["starts_at", "id"],
        name="event_by_start",
        condition=Q(state=State.PUBLISHED),
        include=("ends_at", "publish_from"),
    ),
    Index(fields=["ends_at"], name="event_by_end"),
    Index(fields=["starts_on", "ends_on"], name="event_by_days"),
    # Editors' lists are counted, filtered and cut into pages in this index alone.
    Index(
        fields=["-starts_on", "-id"],
        name="event_in_lists",
        include=_LISTED,
    ),
    Index(fields=["-published_at", "-id"], name="event_newest", condition=Q(state=State.PUBLISHED)),
    Index(fields=["series", "starts_on"], name="event_in_series"),
    # Neighbouring editions, whom triggers tell of each other.
    Index(
        fields=["series", "starts_at", "id"],
        include=["publish_from"],
        name="event_beside",
        condition=Q(state=State.PUBLISHED, series__isnull=False),
    ),
    Index(fields=["sort_title", "id"], name="event_by_title"),
    Index(fields=["mode"], name="event_mode"),
    Index(fields=["status"], name="event_status"),
    Index(fields=["checked_on"], name="event_checked"),
    # Dead links are looked up in the entries.
    *(
        Index(
            fields=[column], name=f"event_{column.removesuffix('_url')}_address", condition=~Q(**{column: ""})
        )
        for column in ("website", "registration_url", "online_url", "contributions_url", "exhibitors_url")
    ),
    # Few of many, which the work list counts.
    Index(fields=["starts_on"], name="event_in_review", condition=Q(state=State.IN_REVIEW)),
    Index(fields=["starts_on"], name="event_with_image", condition=~Q(image="")),
    # The last of these moments that has passed, for events.freshness.
    Index(fields=["publish_from"], name="event_publish_from", condition=Q(publish_from__isnull=False)),
    Index(fields=["withdrawn_at"], name="event_withdrawn", condition=Q(withdrawn_at__isnull=False)),
    # The next deadlines of each kind, on the start page.
    *(
        Index(
            fields=[column, "id"],
            name=f"event_{column.partition('_')[0]}_due",
            condition=Q(state=State.PUBLISHED, **{f"{column}__isnull": False}),
        )
        for column in _DEADLINES
    ),
    # What has changed since a moment. With an ordinary index all indexes of a row would be written each time
    # the entry is touched.
    BrinIndex(fields=["modified_at"], name="event_changed", pages_per_range=16),
    GinIndex(fields=["formats"], name="event_formats"),
    GinIndex(fields=["audiences"], name="event_audiences"),
    GinIndex(fields=["languages"], name="event_languages"),
]
