"""Organisations, people, topics, venues, series, and the references that lead to them."""

from django.utils.translation import gettext_noop as _
from pydantic import Field

from api.schemas import fields as of
from api.schemas.fields import Shape
from events.models.choices import VenueFact, VenueKind
from organisations.models import Level, OrganisationKind


class Reference(
    Shape,
    json_schema_extra={
        "description": _("Another entry in short. `expand` puts the whole entry in its place.")
    },
):
    id: of.Id
    slug: of.Slug
    name: of.Name
    url: of.Page
    api_url: of.Self


class VenueReference(
    Reference, json_schema_extra={"description": _("A venue in short: with what lists show of a place.")}
):
    city: of.City
    state: of.State
    country: of.Country


class Alternates(
    Shape, json_schema_extra={"description": _("The entry's page for people, in each language.")}
):
    de: str = Field(..., description=_("The German page."))
    en: str = Field(..., description=_("The English page."))


class Entry(Shape):
    """What every entry begins with."""

    id: of.Id
    slug: of.Slug
    url: of.Page
    api_url: of.Self
    pages: Alternates


class Organisation(
    Entry,
    json_schema_extra={
        "description": _(
            "Whoever organises, hosts, supports: an authority, association, company, university."
        )
    },
):
    name: of.Name
    name_de: of.NameDe
    name_en: of.NameEn
    short_name: of.ShortName
    aliases: of.OtherNames
    kind: OrganisationKind
    level: Level
    parent: "Reference | Organisation | None" = Field(
        ..., description=_("The organisation that this one is part of.")
    )
    successor: "Reference | Organisation | None" = Field(
        ..., description=_("The organisation that goes on after this one was renamed or merged.")
    )
    summary: of.Summary
    summary_de: of.SummaryDe
    summary_en: of.SummaryEn
    description: of.Prose
    website: of.Website
    city: of.City
    state: of.State
    country: of.Country
    wikidata: of.Qid
    ars: str | None = Field(..., description=_("German regional key (ARS) or municipality key (AGS)."))
    is_sample: of.IsSample
    modified_at: of.Modified


class Person(
    Entry,
    json_schema_extra={
        "description": _(
            "A person in a public role. Offices stand in the events, since people change office."
        )
    },
):
    name: of.Name
    academic_title: str | None = Field(..., description=_("Academic title, as in “Dr.”."))
    given_name: str | None = Field(..., description=_("Given name."))
    family_name: str = Field(..., description=_("Family name."))
    aliases: of.OtherNames
    description: of.Prose
    website: of.Website
    wikidata: of.Qid
    is_sample: of.IsSample
    modified_at: of.Modified


class Topic(Entry, json_schema_extra={"description": _("What an event is about.")}):
    name: of.Name
    name_de: of.NameDe
    name_en: of.NameEn
    synonyms: list[str] = Field(..., description=_("Other words and abbreviations."))
    parent: "Reference | Topic | None" = Field(..., description=_("The broader topic."))
    summary: of.Summary
    summary_de: of.SummaryDe
    summary_en: of.SummaryEn
    is_sample: of.IsSample
    modified_at: of.Modified


class Venue(
    Entry,
    json_schema_extra={"description": _("Where people go. The kind says how exactly the place is known.")},
):
    name: of.Name
    kind: VenueKind
    street: str | None = Field(..., description=_("Street and number."))
    postal_code: str | None = Field(..., description=_("Postal code."))
    city: of.City
    city_slug: str | None = Field(..., description=_("The town as a value of the filter `city`."))
    state: of.State
    country: of.Country
    latitude: float | None = Field(..., description=_("Latitude in degrees, WGS 84."))
    longitude: float | None = Field(..., description=_("Longitude in degrees, WGS 84."))
    website: of.Website
    accessibility: list[VenueFact] = Field(..., description=_("What is known of the place's accessibility."))
    accessibility_note: str | None = Field(..., description=_("Note on accessibility."))
    is_sample: of.IsSample
    modified_at: of.Modified


class Series(
    Entry,
    json_schema_extra={"description": _("What belongs together over the years; its editions are events.")},
):
    name: of.Name
    name_de: of.NameDe
    name_en: of.NameEn
    short_name: of.ShortName
    aliases: of.OtherNames
    summary: of.Summary
    summary_de: of.SummaryDe
    summary_en: of.SummaryEn
    description: of.Prose
    website: of.Website
    hashtag: of.Hashtag
    predecessor: "Reference | Series | None" = Field(
        ..., description=_("The series that this one was renamed from or grew out of.")
    )
    organisers: list[Reference | Organisation] = Field(
        ..., description=_("Who organises the series today. Each event tells those of its own day.")
    )
    is_sample: of.IsSample
    modified_at: of.Modified
