"""The kinds of values in the exchange file: how each is read from JSON and written back.

`read` takes what JSON gave and returns the Python value or raises BadValueError with a reason for the reader;
`write` is its inverse and yields the one canonical form.
"""

import calendar
import datetime as dt
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext as _

from lib.fields import SLUG

# Control characters have no place in any text; line breaks and tabs are allowed.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LONGEST_LIST = 1_000
# Outside these years a date is a slip of the pen, and far outside it cannot be stored or shown.
YEARS = range(1900, 2200)
PERIOD = re.compile(r"([0-9]{4})(?:-(?:Q([1-4])|([0-9]{2})(?:-([0-9]{2}))?))?", re.ASCII)


class BadValueError(Exception):
    """A value cannot be taken; the message says why."""


class Kind:
    def read(self, value: Any) -> Any:
        raise NotImplementedError

    def write(self, value: Any) -> Any:
        return value


class Text(Kind):
    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise BadValueError(_("must be a text"))
        if CONTROL.search(value):
            raise BadValueError(_("contains a control character such as NUL"))
        try:
            value.encode()
        except UnicodeEncodeError:
            raise BadValueError(_("contains half of a Unicode character (a lone surrogate)")) from None
        return value


class Slug(Text):
    def read(self, value: Any) -> str:
        text = super().read(value)
        if not re.fullmatch(SLUG, text) or len(text) > 80:
            raise BadValueError(
                _("must be lower-case letters, digits and single hyphens, at most 80 of them")
            )
        return text


@dataclass(frozen=True)
class Reference(Slug):
    """The slug of a record of the named section."""

    section: str


class Flag(Kind):
    def read(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise BadValueError(_("must be true or false"))
        return value


class Whole(Kind):
    def read(self, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise BadValueError(_("must be a whole number"))
        return value


class Number(Kind):
    def read(self, value: Any) -> Decimal:
        if not isinstance(value, int | Decimal) or isinstance(value, bool):
            raise BadValueError(_("must be a number"))
        return Decimal(value)

    def write(self, value: Decimal) -> int | float:
        return int(value) if value == value.to_integral_value() else float(value)


class Day(Kind):
    def read(self, value: Any) -> dt.date:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            return period(value)[0]
        raise BadValueError(_("must be a day such as 2027-05-31"))

    def write(self, value: dt.date) -> str:
        return value.isoformat()


class Clock(Kind):
    def read(self, value: Any) -> dt.time:
        if isinstance(value, str) and re.fullmatch(r"\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?", value, re.ASCII):
            try:
                return dt.time.fromisoformat(value)
            except ValueError:
                raise BadValueError(_("“%(value)s” is no time of the day") % {"value": value}) from None
        raise BadValueError(_("must be a time such as 09:30"))

    def write(self, value: dt.time) -> str:
        return value.isoformat() if value.second or value.microsecond else value.isoformat("minutes")


class Moment(Kind):
    """An instant with its offset from UTC; written in UTC."""

    def read(self, value: Any) -> dt.datetime:
        try:
            moment = dt.datetime.fromisoformat(value).astimezone(dt.UTC) if "T" in value else None
        except (TypeError, ValueError, OverflowError):
            moment = None
        if moment is None or dt.datetime.fromisoformat(value).tzinfo is None:
            raise BadValueError(_("must be a moment with offset such as 2027-05-31T09:30:00+02:00"))
        return moment

    def write(self, value: dt.datetime) -> str:
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


class Uid(Kind):
    def read(self, value: Any) -> uuid.UUID:
        try:
            return uuid.UUID(Text().read(value))
        except ValueError:
            raise BadValueError(_("must be a UUID")) from None

    def write(self, value: uuid.UUID) -> str:
        return str(value)


class Words(Kind):
    """A list of different short texts."""

    def read(self, value: Any) -> list[str]:
        if not isinstance(value, list) or len(value) > LONGEST_LIST:
            raise BadValueError(_("must be a list of texts"))
        words = [Text().read(word) for word in value]
        if len(set(words)) < len(words):
            raise BadValueError(_("names something twice"))
        return words


def checker(column: models.Field) -> Callable[[Any], None]:
    """What holds a value against the model's own rules: length, range, choices, validators.

    It raises BadValueError with the reason in the active language. Made once for a column, since asking the
    column costs more than the value's check.
    """
    base = getattr(column, "base_field", None)
    each = checker(base) if base is not None else None
    known = dict(column.flatchoices) if column.choices else None
    validators = list(column.validators)
    if isinstance(column, models.FileField):
        validators.append(MaxLengthValidator(column.max_length))

    def check(value: Any) -> None:
        if each:
            for word in value:
                each(word)
        elif known is not None and value not in known:
            told = ", ".join(key for key in known if key)
            raise BadValueError(_("“%(value)s” is none of: %(known)s") % {"value": value, "known": told})
        if value == "" and not column.blank:
            raise BadValueError(_("must not be empty"))
        if value in column.empty_values:
            return
        try:
            for validator in validators:
                validator(value)
        except ValidationError:
            raise BadValueError(" ".join(_complaints(column, value))) from None

    return check


def _complaints(column: models.Field, value: Any) -> list[str]:
    """In the words of the column, which has messages of its own for some faults."""
    try:
        column.run_validators(value)
        if isinstance(column, models.FileField):
            MaxLengthValidator(column.max_length)(value)
    except ValidationError as error:
        return error.messages
    return []


def period(text: Any) -> tuple[dt.date, dt.date, str]:
    """First day, last day and precision of 2027-05-31, 2027-05, 2027-Q2 or 2027."""
    found = PERIOD.fullmatch(text) if isinstance(text, str) else None
    if not found:
        raise BadValueError(
            _("must be a day, month, quarter or year such as 2027-05-31, 2027-05, 2027-Q2, 2027")
        )
    year, quarter, month, day = (int(part) if part else 0 for part in found.groups())
    if year not in YEARS:
        raise BadValueError(_("“%(value)s” lies outside the years %(first)s to %(last)s") % _years(text))
    try:
        if found[4]:
            return dt.date(year, month, day), dt.date(year, month, day), "day"
        if found[3]:
            return dt.date(year, month, 1), month_end(year, month), "month"
        if quarter:
            return dt.date(year, 3 * quarter - 2, 1), month_end(year, 3 * quarter), "quarter"
        return dt.date(year, 1, 1), dt.date(year, 12, 31), "year"
    except ValueError:
        raise BadValueError(_("“%(value)s” is no day of the calendar") % {"value": text}) from None


def _years(text: str) -> dict[str, object]:
    return {"value": text, "first": YEARS[0], "last": YEARS[-1]}


def month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def period_text(day: dt.date, precision: str) -> str:
    """A day in the reduced form of its precision: the inverse of `period` for either end of a span."""
    if precision == "quarter":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]
