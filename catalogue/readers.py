"""How each field of a record is read, worked out once: a large file asks a million times."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from catalogue.entries import Record, Values
from catalogue.fields import Children, Field, Section, Span
from catalogue.kinds import BadValueError, checker, period


class Reader:
    """Reads one field. `check` holds its value against the model's column."""

    def __init__(self, part: Field, model: type[models.Model]) -> None:
        self.part = part
        self._key, self._column = part.key, part.columns[0]
        self._is_list = isinstance(part.default, list)
        column = model._meta.get_field(self._column)
        self._check: Callable[[Any], None] | None = None
        if not column.is_relation and isinstance(column, models.Field):
            self._check = checker(column)

    def read(self, record: Record, values: Values) -> None:
        """Adds the record's value, or the default, to the values; raises BadValueError."""
        part = self.part
        if self._key not in record:
            if part.required:
                raise BadValueError(_("is missing"))
            values[self._column] = list(part.default) if self._is_list else part.default
            return
        value = part.kind.read(record[self._key])
        if self._check and value != part.default:
            self._check(value)
        if part.required and value == "":
            raise BadValueError(_("must not be empty"))
        values[self._column] = value


class SpanReader:
    """Reads the first and the last day."""

    def __init__(self, part: Span) -> None:
        self.part = part

    def read(self, record: Record, values: Values) -> None:
        """Adds the columns of the span to the values; raises BadValueError."""
        values.update(_span(self.part, record))


def _span(part: Span, record: Record) -> Values:
    start, end = (record.get(key) for key in part.keys)
    if start is None and end is None and not part.required:
        return dict.fromkeys(part.columns)
    if start is None:
        raise BadValueError(_("is missing"))
    first, last, precision = period(start)
    if end is not None:
        end_first, last, end_precision = period(end)
        if end_precision != precision:
            raise BadValueError(
                _("must be known as exactly as the end: both a day, a month, a quarter or a year")
            )
        if end_first < first:
            raise BadValueError(_("lies after the end"))
    if not part.vague and precision != "day":
        raise BadValueError(_("must be a day such as 2027-05-31"))
    values: Values = {"starts_on": first, "ends_on": last}
    return values | ({"date_precision": precision} if part.vague else {})


@dataclass(frozen=True)
class Readers:
    """Those of a section or of a list; `keys` are all that its records may have."""

    readers: tuple[Reader | SpanReader, ...]
    keys: frozenset[str]


# By identity: the tables of the schema live as long as the process, and comparing them takes long.
_made: dict[int, Readers] = {}


def readers_of(whole: Section | Children) -> Readers:
    """The readers of its fields, in their order."""
    if id(whole) not in _made:
        readers = tuple(
            SpanReader(part) if isinstance(part, Span) else Reader(part, whole.model) for part in whole.fields
        )
        keys = {key for part in whole.fields for key in part.keys}
        if isinstance(whole, Section):
            keys |= {"slug", *(child.key for child in whole.children)}
        _made[id(whole)] = Readers(readers, frozenset(keys))
    return _made[id(whole)]
