"""Local dates and times as instants, the same in PostgreSQL and in Python."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import DateTimeField, F, Func


def instant(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    """A local time as an aware datetime of that zone, read as `Instant` reads it.

    Where the clock is changed, an hour is skipped or doubled: PostgreSQL then takes the later of the two
    readings (PostgreSQL manual, appendix B.2).
    """
    readings = [dt.datetime.combine(day, time.replace(fold=fold), zone) for fold in (0, 1)]
    return max(readings, key=dt.datetime.timestamp)


class Instant(Func):
    """A local timestamp (date + time, or date) read in a named time zone: an instant.

    Arguments: a date expression, a time expression, a zone name expression. Immutable for
    PostgreSQL, so it may be stored and indexed; a row is computed anew when it is written.
    """

    arity = 3
    output_field = DateTimeField()
    template = "(%(expressions)s)"

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        (day, day_params), (time, time_params), (zone, zone_params) = (
            compiler.compile(expression) for expression in self.source_expressions
        )
        sql = f"timezone({zone}, ({day} + {time}))"
        return sql, (*zone_params, *day_params, *time_params)


class DaysLater(Func):
    """A date some whole days later; the number of days is a literal."""

    output_field = DateTimeField()

    def __init__(self, day: F | str, days: int) -> None:
        super().__init__(day)
        self.days = int(days)

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        sql, params = compiler.compile(self.source_expressions[0])
        return f"({sql} + {self.days})", params
