"""An event with all that is public of it."""

import datetime as dt

from django.utils.translation import gettext_noop as _
from pydantic import Field

from api.schemas import fields as of
from api.schemas.fields import Shape
from api.schemas.nouns import (
    Entry,
    Organisation,
    Person,
    Reference,
    Series,
    Topic,
    Venue,
    VenueReference,
)
from events.models.choices import (
    AccessibilityOffer,
    Audience,
    Eligibility,
    Format,
    Language,
    Mode,
    OnlineAccess,
    OrganisationRole,
    Precision,
    PriceGroup,
    SessionKind,
    SpeakerRole,
    Status,
    VenueUse,
)

START = _(
    "First day (`2027-05-11`), instant with offset (`2027-05-11T09:30:00+02:00`) or, where only a period is"
    " known, `2027-05`, `2027-Q2` or `2027`. A postponed event without a new date has none."
)
END = _(
    "Last day, itself included, or the closing instant. Null where only the start is known, and where the"
    " period is that of `start`."
)


class FormerDate(
    Shape,
    json_schema_extra={
        "description": _("A date that the event was once announced for and that no longer holds.")
    },
):
    start: str = Field(..., description=START)
    end: str = Field(..., description=_("Last day, itself included, or last period."))
    opens_at: of.Clock
    date_precision: Precision


class Place(Shape, json_schema_extra={"description": _("A venue of the event and what it is for.")}):
    venue: VenueReference | Venue
    use: VenueUse
    starts_on: dt.date | None = Field(..., description=_("First day there, if not all days are."))
    ends_on: dt.date | None = Field(..., description=_("Last day there, if not all days are."))


class Participation(
    Shape, json_schema_extra={"description": _("An organisation and its part in the event.")}
):
    role: OrganisationRole
    name: str = Field(..., description=_("The organisation's name at the time."))
    organisation: Reference | Organisation


class Appearance(
    Shape, json_schema_extra={"description": _("A person, the part in the event and the office held then.")}
):
    role: SpeakerRole
    person: Reference | Person
    office: str | None = Field(..., description=_("The office held then."))
    organisation: Reference | Organisation | None = Field(
        ..., description=_("The organisation that the person spoke for.")
    )
    session: str | None = Field(..., description=_("The `id` of the programme item."))


class Session(Shape, json_schema_extra={"description": _("A programme item.")}):
    id: of.Id
    title: str = Field(..., description=_("Title."))
    kind: SessionKind
    date: dt.date | None = Field(..., description=_("Day; it may lie before the event's first."))
    starts_at: of.Clock
    ends_at: of.Clock
    room: str | None = Field(..., description=_("Room or stage."))
    abstract: of.Prose


class Price(Shape, json_schema_extra={"description": _("What taking part costs for one group of people.")}):
    group: PriceGroup
    amount: float = Field(..., description=_("The price; 0 is free."))
    amount_to: float | None = Field(..., description=_("The upper end where it is a range."))
    currency: str = Field(..., description=_("ISO 4217."), examples=["EUR"])
    is_early_bird: bool = Field(..., description=_("Holds until `early_bird_until`."))


class Award(Shape, json_schema_extra={"description": _("A prize given at the event and who won it.")}):
    title: str = Field(..., description=_("The award."))
    winner: str = Field(..., description=_("Who won it."))
    organisation: Reference | Organisation | None = Field(..., description=_("The winner's entry."))


class Source(Shape, json_schema_extra={"description": _("Where a statement of the entry can be read.")}):
    url: str = Field(..., description=_("Address of the source."))
    title: str = Field(..., description=_("Title."))
    publisher: str | None = Field(..., description=_("Publisher."))
    published: dt.date | None = Field(..., description=_("Day of publication."))
    retrieved: dt.date | None = Field(..., description=_("Day when it was read."))


class Image(Shape, json_schema_extra={"description": _("A picture of the event.")}):
    url: str = Field(..., description=_("Address of the file."))
    alt: str | None = Field(..., description=_("Text alternative."))
    credit: str | None = Field(..., description=_("Whose picture it is."))
    licence: str | None = Field(..., description=_("The picture's own licence."))


class Editions(Shape, json_schema_extra={"description": _("The editions of the series around this one.")}):
    previous: Reference | None
    next: Reference | None


class Links(Shape, json_schema_extra={"description": _("The same entry in other forms.")}):
    changes: str = Field(..., description=_("What changed, in words: here in the API."))
    ics: str | None = Field(..., description=_("For calendars; events without a day have none."))
    json_feed: str = Field(..., description=_("As an item of a JSON Feed."))
    jsonld: str = Field(..., description=_("Linked data, Core Public Event Vocabulary."))
    schema_org: str = Field(..., description=_("Linked data, schema.org."))


class Event(
    Entry, json_schema_extra={"description": _("One congress, hackathon, webinar: something with a date.")}
):
    links: Links
    title: str = Field(
        ..., description=_("The title in the language asked for. Samples are marked in it, as everywhere.")
    )
    title_de: str = Field(..., description=_("The German title."))
    title_en: str | None = Field(..., description=_("The English title, where the organiser uses one."))
    subtitle: str | None = Field(..., description=_("Subtitle."))
    summary: of.Summary
    summary_de: of.SummaryDe
    summary_en: of.SummaryEn
    description: of.Prose
    is_sample: of.IsSample

    start: str | None = Field(..., description=START, examples=["2027-05-11T09:30:00+02:00", "2027-05"])
    end: str | None = Field(..., description=END, examples=["2027-05-13"])
    all_day: bool | None = Field(
        ..., description=_("Whether start and end are days; null where there is no day.")
    )
    opens_at: of.Clock
    time_zone: str = Field(..., description=_("Time zone of the event (IANA)."), examples=["Europe/Berlin"])
    date_precision: Precision
    date_note: str | None = Field(..., description=_("Note on the date."))
    previous_dates: list[FormerDate] = Field(
        ..., description=_("Dates that no longer hold, the oldest first.")
    )
    status: Status
    sold_out: bool = Field(..., description=_("Sold out."))
    revision: int = Field(..., description=_("Rises when something changes that calendars tell."))

    mode: Mode
    place: str | None = Field(..., description=_("Where it takes place, in one line."))
    venues: list[Place] = Field(..., description=_("The venues in order."))
    online_url: str | None = Field(..., description=_("Address of the online part."))
    online_access: OnlineAccess | None = Field(..., description=_("How to get into the online part."))
    website: of.Website
    registration_url: str | None = Field(..., description=_("Where to register."))
    registration_deadline: dt.date | None = Field(..., description=_("Last day to register."))
    contributions_url: str | None = Field(..., description=_("Call for contributions."))
    contributions_deadline: dt.date | None = Field(..., description=_("Last day for contributions."))
    exhibitors_url: str | None = Field(..., description=_("Call for exhibitors."))
    exhibitors_deadline: dt.date | None = Field(..., description=_("Last day for exhibitors."))

    topics: list[Reference | Topic] = Field(..., description=_("Topics, the main one first."))
    formats: list[Format] = Field(..., description=_("Kinds of event."))
    audiences: list[Audience] = Field(..., description=_("Whom it is made for."))
    languages: list[Language] = Field(..., description=_("Languages it is held in, ISO 639-1."))
    eligibility: Eligibility
    accessibility: list[AccessibilityOffer] = Field(..., description=_("What the event offers."))
    is_free: bool | None = Field(..., description=_("Free of charge; null is not known."))
    price_note: str | None = Field(..., description=_("Note on prices."))
    prices: list[Price] = Field(..., description=_("Prices by group of people."))
    early_bird_until: dt.date | None = Field(..., description=_("Last day of early-bird prices."))
    partner_country: str | None = Field(..., description=_("Guest of honour: a country, ISO 3166-1."))
    partner_region: str | None = Field(..., description=_("Guest of honour: a region, ISO 3166-2."))
    hashtag: of.Hashtag
    image: Image | None

    series: Reference | Series | None
    edition: int | None = Field(..., description=_("The number that the organiser counts with."))
    editions: Editions
    part_of: Reference | None = Field(..., description=_("The larger event that this one belongs to."))
    parts: list[Reference] = Field(..., description=_("Events within this one, by date."))
    organisations: list[Participation] = Field(..., description=_("Who takes part, in which role."))
    people: list[Appearance] = Field(..., description=_("Who appears, in which role."))
    sessions: list[Session] = Field(..., description=_("The programme."))
    awards: list[Award] = Field(..., description=_("Prizes given there."))

    attendees: int | None = Field(..., description=_("Attendees in all."))
    attendees_onsite: int | None = Field(..., description=_("Attendees on site."))
    attendees_online: int | None = Field(..., description=_("Attendees online."))
    speaker_count: int | None = Field(..., description=_("Number of speakers."))
    exhibitor_count: int | None = Field(..., description=_("Number of exhibitors."))

    sources: list[Source] = Field(..., description=_("Where the statements can be read."))
    checked_on: dt.date | None = Field(
        ..., description=_("When an editor last compared it with its sources.")
    )
    published_at: dt.datetime = Field(..., description=_("When it was first published here."))
    modified_at: of.Modified
