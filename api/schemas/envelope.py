"""What stands around entries: pages of a list, entries that are gone, changes, problems."""

import datetime as dt
from types import GenericAlias
from typing import Any, Literal

from django.utils.translation import gettext_noop as _
from pydantic import Field, create_model

from api.schemas import event, nouns
from api.schemas import fields as of
from api.schemas.fields import Shape

Licence = Field(..., description=_("Address of the licence of the data, null where none is declared."))
AsOf = Field(
    ...,
    description=_("Take this as `updated_since` the next time. It is the same on all pages of one pass."),
)


class Gone(
    Shape, json_schema_extra={"description": _("An entry that is no longer there. Delete your copy.")}
):
    id: of.Id
    slug: str | None = Field(..., description=_("Its last name in addresses; people's is not told."))
    gone_at: dt.datetime = Field(..., description=_("Since when, in UTC."))
    reason: Literal["withdrawn", "deleted", "anonymised", "unselected"] = Field(
        ...,
        description=_(
            "Withdrawn by editors, deleted, a person's data erased, or still there but not among what your"
            " filters choose."
        ),
    )


class PageFacts(Shape, json_schema_extra={"description": _("What every page of a list tells.")}):
    total: int | None = Field(
        ..., description=_("Number of entries on all pages; null together with `updated_since`.")
    )
    next: str | None = Field(..., description=_("Address of the next page, null on the last one."))
    as_of: dt.datetime = AsOf
    licence: str | None = Licence
    gone: list[Gone] = Field(
        ..., description=_("Entries to delete; filled only together with `updated_since`.")
    )


ONE_PAGE = {"json_schema_extra": {"description": _("One page of a list.")}}


def page_of(shape: type[Shape], name: str) -> type[Shape]:
    """The shape of a page of entries of that shape."""
    told: dict[str, Any] = {
        "items": (GenericAlias(list, shape), Field(..., description=_("The entries of this page.")))
    }
    return create_model(name, __base__=PageFacts, __cls_kwargs__=ONE_PAGE, **told)


EventPage = page_of(event.Event, "EventPage")
SeriesPage = page_of(nouns.Series, "SeriesPage")
OrganisationPage = page_of(nouns.Organisation, "OrganisationPage")
PersonPage = page_of(nouns.Person, "PersonPage")
TopicPage = page_of(nouns.Topic, "TopicPage")
VenuePage = page_of(nouns.Venue, "VenuePage")


class Change(Shape, json_schema_extra={"description": _("A published change of an event.")}):
    at: dt.datetime | None = Field(..., description=_("When it was published, in UTC; null if not known."))
    revision: int = Field(..., description=_("The event's revision since then."))
    kind: str = Field(..., description=_("A stable word for programs."), examples=["rescheduled"])
    text: str = Field(..., description=_("What changed, in the language asked for."))


class Changes(
    Shape, json_schema_extra={"description": _("All published changes of an event, the newest first.")}
):
    event: nouns.Reference
    items: list[Change] = Field(..., description=_("The changes."))
    licence: str | None = Licence


class Entrance(Shape, json_schema_extra={"description": _("Where everything is.")}):
    name: str = Field(..., description=_("Name of the site."))
    version: str = Field(..., description=_("Version of the API."))
    documentation: str = Field(..., description=_("This API for people."))
    openapi: str = Field(..., description=_("This API for programs: OpenAPI 3.1."))
    collections: dict[str, str] = Field(..., description=_("Addresses of the lists."))
    licence: str | None = Licence


class ParameterError(Shape, json_schema_extra={"description": _("A parameter that could not be used.")}):
    parameter: str = Field(..., description=_("Name of the parameter."))
    value: str = Field(..., description=_("The value, shortened."))
    detail: str = Field(..., description=_("What is wrong, in the language asked for."))


class Problem(
    Shape,
    json_schema_extra={"description": _("An error as RFC 9457 describes it (application/problem+json).")},
):
    type: str = Field(..., description=_("Address that explains this kind of problem."))
    title: str = Field(..., description=_("The kind of problem in a few words."))
    status: int = Field(..., description=_("HTTP status."))
    detail: str = Field(..., description=_("What is wrong this time, in the language asked for."))
    instance: str = Field(..., description=_("The path that was asked for."))
    errors: list[ParameterError] | None = Field(None, description=_("Parameters that could not be used."))
    tombstone: Gone | None = Field(None, description=_("What is known of an entry that is gone."))
