"""Version 1 of the exchange file as a table: sections, their fields in order, and where each is stored.

docs/exchange-file.md says the same in words; a test keeps the two together. Every column of the models
has its place here except bookkeeping (numbers, change dates, samples' marks, computed columns).
"""

from addresses.models import NounKind
from catalogue.fields import Children, Field, Section, Span, ref, several, text, texts, uid, words
from catalogue.kinds import Clock, Day, Flag, Moment, Number, Whole
from events.models import (
    Appearance,
    Award,
    Event,
    EventTopic,
    EventVenue,
    Participation,
    PreviousDate,
    Price,
    Series,
    SeriesOrganiser,
    Session,
    Source,
    Topic,
    Venue,
)
from organisations.models import Organisation
from speakers.models import Speaker

FORMAT = "kongressatlas-catalogue"
VERSION = 1

ORGANISATIONS = Section(
    "organisations",
    NounKind.ORGANISATION,
    Organisation,
    (
        uid(),
        text("name", required=True),
        *texts("name_en", "short_name"),
        *words("aliases"),
        text("kind", default=None, required=True),
        text("level", default=None, required=True),
        ref("parent", "organisations"),
        ref("successor", "organisations"),
        *texts("summary", "summary_en", "description", "website", "city", "state"),
        text("country", default="DE"),
        *texts("wikidata", "ars"),
    ),
)
PEOPLE = Section(
    "people",
    NounKind.SPEAKER,
    Speaker,
    (
        uid(),
        *texts("academic_title", "given_name"),
        text("family_name", required=True),
        *words("aliases"),
        *texts("description", "website", "wikidata"),
    ),
)
VENUES = Section(
    "venues",
    NounKind.VENUE,
    Venue,
    (
        uid(),
        text("name", required=True),
        text("kind", default="building"),
        *texts("street", "postal_code", "city", "state"),
        text("country", default="DE"),
        *several(Number(), "latitude", "longitude"),
        *texts("website"),
        *words("accessibility"),
        *texts("accessibility_note"),
    ),
)
TOPICS = Section(
    "topics",
    NounKind.TOPIC,
    Topic,
    (
        uid(),
        text("name_de", required=True),
        *texts("name_en"),
        *words("synonyms"),
        ref("parent", "topics"),
        *texts("summary", "summary_en"),
    ),
)
SERIES = Section(
    "series",
    NounKind.SERIES,
    Series,
    (
        uid(),
        text("name", required=True),
        *texts("name_en", "short_name"),
        *words("aliases"),
        *texts("summary", "summary_en", "description", "website", "hashtag"),
        ref("predecessor", "series"),
        Children(
            "organisers",
            SeriesOrganiser,
            "series",
            (ref("organisation", "organisations", required=True),),
            unique=("organisation",),
            bare=True,
        ),
    ),
)

# --- Lists of an event ----------------------------------------------------------------------------
PREVIOUS_DATES = Children("previous_dates", PreviousDate, "event", (Span(), Field("start_time", Clock())))
PLACES = Children(
    "venues",
    EventVenue,
    "event",
    (
        ref("venue", "venues", required=True),
        text("use", default="venue"),
        Span(vague=False, required=False),
    ),
    unique=("venue",),
)
EVENT_TOPICS = Children(
    "topics", EventTopic, "event", (ref("topic", "topics", required=True),), unique=("topic",), bare=True
)
PRICES = Children(
    "prices",
    Price,
    "event",
    (
        text("group", default="everyone"),
        Field("amount", Number(), required=True),
        Field("amount_to", Number()),
        text("currency", default="EUR"),
        Field("early_bird", Flag(), column="is_early_bird", default=False),
    ),
    unique=("group", "is_early_bird"),
)
PARTICIPATIONS = Children(
    "participations",
    Participation,
    "event",
    (
        ref("organisation", "organisations", required=True),
        text("role", default=None, required=True),
        text("name_then"),
    ),
    unique=("organisation", "role"),
)
SESSIONS = Children(
    "sessions",
    Session,
    "event",
    (
        # Absent where it is the one that follows from event and title (default_session_uid).
        uid(),
        text("title", required=True),
        text("kind", default="talk"),
        Field("date", Day()),
        *several(Clock(), "start_time", "end_time"),
        *texts("room", "abstract"),
    ),
)
APPEARANCES = Children(
    "appearances",
    Appearance,
    "event",
    (
        ref("speaker", "people", required=True),
        text("role", default=None, required=True),
        text("office"),
        ref("organisation", "organisations"),
        # Which of the event's sessions, counted from 1.
        Field("session", Whole()),
    ),
    unique=("speaker", "role", "session"),
)
AWARDS = Children(
    "awards",
    Award,
    "event",
    (
        text("title", required=True),
        text("winner", required=True),
        ref("organisation", "organisations"),
    ),
)
SOURCES = Children(
    "sources",
    Source,
    "event",
    (
        text("url", required=True),
        text("title", required=True),
        text("publisher"),
        *several(Day(), "published", "retrieved"),
    ),
    unique=("url", "title"),
)

EVENTS = Section(
    "events",
    NounKind.EVENT,
    Event,
    (
        uid(),
        ref("series", "series"),
        Field("edition", Whole()),
        ref("parent", "events"),
        text("title", required=True),
        *texts("title_en", "subtitle", "summary", "summary_en", "description"),
        Span(),
        *several(Clock(), "start_time", "end_time"),
        text("timezone", default="Europe/Berlin"),
        text("date_note"),
        PREVIOUS_DATES,
        text("status", default="scheduled"),
        Field("sold_out", Flag(), default=False),
        text("mode", default="onsite"),
        PLACES,
        *texts("online_url", "online_access", "website", "registration_url"),
        Field("registration_deadline", Day()),
        text("contributions_url"),
        Field("contributions_deadline", Day()),
        text("exhibitors_url"),
        Field("exhibitors_deadline", Day()),
        *words("languages"),
        EVENT_TOPICS,
        *words("formats", "audiences"),
        Field("is_free", Flag()),
        PRICES,
        text("price_note"),
        Field("early_bird_until", Day()),
        text("eligibility", default="everyone"),
        *words("accessibility"),
        *texts("partner_country", "partner_region", "hashtag"),
        *texts("image", "image_alt", "image_credit", "image_licence"),
        *several(Whole(), "attendees", "attendees_onsite", "attendees_online"),
        *several(Whole(), "speaker_count", "exhibitor_count"),
        PARTICIPATIONS,
        SESSIONS,
        APPEARANCES,
        AWARDS,
        SOURCES,
        text("state", default="published"),
        *several(Moment(), "publish_from", "published_at", "withdrawn_at"),
        Field("checked_on", Day()),
        Field("revision", Whole(), default=0),
    ),
    kept=("published_at", "withdrawn_at", "revision"),
    order=("starts_on", "ends_on"),
)

# In the order of the file; a record refers to earlier sections and to its own.
SECTIONS = (ORGANISATIONS, PEOPLE, VENUES, TOPICS, SERIES, EVENTS)
BY_NAME = {section.name: section for section in SECTIONS}
