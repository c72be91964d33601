"""The parameters of the API: what each takes, as its description says and as requests are checked.

The filters of events are made from `EventFilter`, the same that the website reads. Whatever a request says
that the description does not allow is refused and named: a typing error must not widen an answer.
"""

import datetime as dt
import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from api import cursors
from api.problems import Fault, bad_parameters
from events.filters import (
    MAX_LENGTH,
    MAX_WORDS,
    Code,
    EventFilter,
    Number,
    OneField,
    Vocabulary,
    read_date,
    read_words,
)
from lib import languages

PER_PAGE, MOST_PER_PAGE = 25, 100
# Of each parameter; the website counts those of all together.
MOST_VALUES = 20
# Blanks as Python knows them, and control characters, which the search takes for blanks; regular expressions
# of JSON Schema (ECMA 262) know less.
_BLANK = r"\s\u0001-\u001f\u007f-\u009f\ufeff"
_LETTER = rf"[^{_BLANK}\u0000]"
TEXT = {
    "type": "string",
    "minLength": 1,
    "maxLength": MAX_LENGTH,
    "pattern": rf"^[^\u0000]*{_LETTER}[^\u0000]*$",
}
WORDS = TEXT | {"pattern": rf"^[{_BLANK}]*{_LETTER}+([{_BLANK}]+{_LETTER}+){{0,{MAX_WORDS - 1}}}[{_BLANK}]*$"}
DATE = {"type": "string", "format": "date"}
MOMENT = {"type": "string", "format": "date-time"}
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
)


FIRST, LAST = dt.datetime(1, 1, 1, tzinfo=dt.UTC), dt.datetime(9999, 12, 31, tzinfo=dt.UTC)


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """`schema` is that of one value; `separator` says how several stand: repeated keys, or commas."""

    name: str
    description: str
    schema: dict[str, Any]
    is_many: bool = False
    separator: str = ""
    label: Any = ""
    choices: Sequence[tuple[str, Any]] = field(default_factory=list)
    example: Any = None
    place: str = "query"

    @property
    def most(self) -> int:
        """How many values it may have; 0 for as many as one likes."""
        return 0 if self.separator else MOST_VALUES

    def values(self, query: QueryDict) -> list[str]:
        """What the query says, one text for each value."""
        texts = query.getlist(self.name)
        if self.separator:
            return [part for text in texts for part in text.split(self.separator)]
        return list(texts)

    def faults(self, values: list[str]) -> list[Fault]:
        """What is wrong with the values, nothing where all is well."""
        if len(values) > 1 and not self.is_many:
            return [Fault(self.name, values[1], _("This parameter takes one value only."))]
        if self.most and len(values) > self.most:
            text = _("At most %(number)s values can be combined.") % {"number": self.most}
            return [Fault(self.name, values[self.most], text)]
        found = [(value, complaint(self.schema, value)) for value in values]
        return [Fault(self.name, value, text) for value, text in found if text]


def complaint(schema: dict[str, Any], value: str) -> str:
    """Why a text is no value of that schema; empty where it is one."""
    if "enum" in schema:
        known = ", ".join(schema["enum"])
        return "" if value in schema["enum"] else _("Known values are: %(values)s.") % {"values": known}
    if schema["type"] == "integer":
        return _number_complaint(schema, value)
    if schema.get("format") == "date":
        return "" if as_date(value) else _("This is no date such as 2027-05-11.")
    if schema.get("format") == "date-time":
        return "" if as_moment(value) else _("This is no moment such as 2027-05-11T09:30:00Z.")
    fits = schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value))
    return "" if fits and re.search(schema["pattern"], value) else _("This value cannot be read.")


def _number_complaint(schema: dict[str, Any], value: str) -> str:
    least, most = schema["minimum"], schema["maximum"]
    if re.fullmatch(r"[0-9]{1,9}", value) and least <= int(value) <= most:
        return ""
    return _("This is no number from %(least)s to %(most)s.") % {"least": least, "most": most}


def as_date(text: str) -> dt.date | None:
    """The day of RFC 3339; None where it is none."""
    try:
        return dt.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
    except ValueError:
        return None


def as_moment(text: str) -> dt.datetime | None:
    """The instant of RFC 3339 in UTC; None where it is none. Beyond all years there is only the last day."""
    if not _MOMENT.fullmatch(text):
        return None
    try:
        # A leap second is told as the second before it: Python knows none.
        found = dt.datetime.fromisoformat(re.sub(r"(?<=:\d\d:)60", "59", text.upper()))
    except ValueError:
        return None
    try:
        return found.astimezone(dt.UTC)
    except OverflowError:
        return FIRST if found.year == 1 else LAST


def read(query: QueryDict, parameters: Sequence[Parameter]) -> dict[str, list[str]]:
    """{parameter: its values} of all that the query says; raises Refusal naming all that cannot be used."""
    known = {one.name: one for one in parameters}
    faults: list[Fault] = []
    found = {}
    for name in query:
        if name in known:
            found[name] = known[name].values(query)
            faults += known[name].faults(found[name])
        else:
            faults.append(Fault(name[:80], str(query[name]), _stranger(name, list(known))))
    if faults:
        raise bad_parameters(faults)
    return found


def _stranger(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name[:80], known, 1)
    if near:
        return _("There is no such parameter here. Did you mean “%(name)s”?") % {"name": near[0]}
    return _("There is no such parameter here. Known are: %(names)s.") % {"names": ", ".join(known)}


# -- made from the website's filters ---------------------------------------------------------------

SLUG_NOTE = gettext_noop(
    "The slug of an entry, as in addresses. A former slug is answered with 301; an unknown one finds nothing."
)
NOTES = {
    "q": gettext_noop(
        "Words that have to be found in the event, its series, its organisations or its people."
    ),
    "when": gettext_noop(
        "Without it the list holds upcoming events, as the website does; together with `updated_since` it"
        " holds all."
    ),
    "from": gettext_noop("Events of which at least one day is not before this one."),
    "to": gettext_noop("Events of which at least one day is not after this one."),
    "city": gettext_noop("As in addresses: lower case, no umlauts."),
    "state": gettext_noop("ISO 3166-2, such as DE-NW."),
    "country": gettext_noop("ISO 3166-1, such as DE."),
    "near": gettext_noop(
        "A town or a German postal code: events on site that are no further away than `radius`, as the crow"
        " flies. Of several towns of one name the most populous is meant; a state or country behind a comma"
        " names another. An unknown place is answered with 404."
    ),
    "radius": gettext_noop("Kilometres around `near`, 50 unless told. It has no effect without `near`."),
    "sort": gettext_noop(
        "It has no effect together with `updated_since`. `distance`, the nearest first, has no effect without"
        " `near`."
    ),
    "organiser": gettext_noop("Organisations that organise, co-organise or host."),
}
EXAMPLES = {
    "q": "Verwaltung", "from": "2027-01-01", "to": "2027-12-31", "state": "DE-NW", "country": "DE",
    "near": "Köln", "radius": 50,
}  # fmt: skip


def _from_filter(name: str, definition: Any) -> Parameter:
    reader = definition.field.read
    choices = reader.choices if isinstance(reader, Vocabulary) else []
    return Parameter(
        name=name,
        label=definition.label,
        description=NOTES.get(name, SLUG_NOTE if getattr(definition, "noun", "") else ""),
        schema=_schema_of(reader),
        is_many=not isinstance(definition.field, OneField),
        choices=choices,
        example=EXAMPLES.get(name),
    )


def _schema_of(reader: Any) -> dict[str, Any]:
    if isinstance(reader, Vocabulary):
        return {"type": "string", "enum": [value for value, _label in reader.choices]}
    if isinstance(reader, Code):
        return {"type": "string", "pattern": reader.pattern.replace("A-Z", "A-Za-z")}
    if isinstance(reader, Number):
        return {"type": "integer", "minimum": reader.least, "maximum": reader.most}
    if reader is read_date:
        return DATE
    return WORDS if reader is read_words else TEXT


def event_filters() -> list[Parameter]:
    """The filters of the list of events, one for each of the website's."""
    return [_from_filter(name, one) for name, one in EventFilter.base_filters.items()]


# -- the API's own ------------------------------------------------------------------------------------

LANG = Parameter(
    name="lang",
    description=gettext_noop("Language of names, addresses of pages, changes and problems."),
    schema={"type": "string", "enum": languages.codes(), "default": settings.LANGUAGE_CODE},
)
LIMIT = Parameter(
    name="limit",
    description=gettext_noop("Entries on a page."),
    schema={"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE},
)
CURSOR = Parameter(
    name="cursor",
    description=gettext_noop("Where the page begins: taken from `next`, never made up."),
    schema={"type": "string", "minLength": 1, "maxLength": cursors.LONGEST, "pattern": cursors.PATTERN},
)
UPDATED_SINCE = Parameter(
    name="updated_since",
    description=gettext_noop(
        "Entries changed at this moment or later, the longest unchanged first, and in `gone` those to delete."
        " Take `as_of` of an earlier answer."
    ),
    schema=MOMENT,
    example="2026-01-01T00:00:00Z",
)
ID = Parameter(
    name="id",
    description=gettext_noop("The entry's `id`. A slug is answered with 301 to the address with the `id`."),
    schema={"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[A-Za-z0-9-]+$"},
    place="path",
)


def fields_of(names: Sequence[str]) -> Parameter:
    return Parameter(
        name="fields",
        description=gettext_noop("Only these fields, separated by commas; `id` is always among them."),
        schema={"type": "string", "enum": list(names)},
        is_many=True,
        separator=",",
    )


def expand_of(names: Sequence[str]) -> Parameter:
    return Parameter(
        name="expand",
        description=gettext_noop(
            "Put whole entries in the place of references to these; separated by commas."
        ),
        schema={"type": "string", "enum": list(names)},
        is_many=True,
        separator=",",
    )


def name_search() -> Parameter:
    return Parameter(
        name="q",
        description=gettext_noop("Words that have to be found, as the website’s search understands them."),
        schema=WORDS,
    )
