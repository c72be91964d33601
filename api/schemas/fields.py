"""What the shapes have in common: their base and the kinds of their fields."""

import datetime as dt
from typing import Annotated

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import ConfigDict, Field


class Shape(Schema):
    """Every key is always there; null means not known."""

    model_config = ConfigDict(extra="forbid")


Id = Annotated[
    str,
    Field(
        json_schema_extra={"format": "uuid"},
        description=_("Permanent identifier. It never changes, whatever the entry is called."),
        examples=["0b2f4a1e-6d3c-5e0a-9a53-2f6d1c7be911"],
    ),
]
Slug = Annotated[
    str,
    Field(
        description=_(
            "The entry's name in addresses and in filters. It may change; the former one leads on."
        ),
        examples=["smart-country-convention-2018"],
    ),
]
Page = Annotated[str, Field(description=_("Address of the entry's page for people."))]
Self = Annotated[str, Field(description=_("Address of this entry in the API."))]
Name = Annotated[
    str, Field(description=_("The name in the language asked for; German where there is no English one."))
]
NameDe = Annotated[str, Field(description=_("The German name."))]
NameEn = Annotated[str | None, Field(description=_("The English name."))]
ShortName = Annotated[str | None, Field(description=_("Abbreviation in common use."))]
OtherNames = Annotated[list[str], Field(description=_("Former names and other spellings."))]
Summary = Annotated[
    str | None, Field(description=_("One or two sentences in the language asked for, else in German."))
]
SummaryDe = Annotated[str | None, Field(description=_("The German summary."))]
SummaryEn = Annotated[str | None, Field(description=_("The English summary."))]
Prose = Annotated[str | None, Field(description=_("Longer text in German, Markdown."))]
Website = Annotated[str | None, Field(description=_("Website outside this directory."))]
Hashtag = Annotated[str | None, Field(description=_("Hashtag, with its sign."))]
Qid = Annotated[str | None, Field(description=_("Identifier in Wikidata."), examples=["Q64"])]
City = Annotated[str | None, Field(description=_("Town."))]
State = Annotated[str | None, Field(description=_("State, ISO 3166-2."), examples=["DE-NW"])]
Country = Annotated[str, Field(description=_("Country, ISO 3166-1 alpha-2."), examples=["DE"])]
IsSample = Annotated[
    bool, Field(description=_("An invented entry for trying things out. Leave it out of real lists."))
]
Modified = Annotated[
    dt.datetime, Field(description=_("When anything that this entry tells last changed, in UTC."))
]
Clock = Annotated[
    str | None,
    Field(pattern=r"^[0-2][0-9]:[0-5][0-9]$", description=_("Local time of day, hours and minutes.")),
]
