"""Local dates and times as instants, computed by PostgreSQL."""

from django.db.models import DateTimeField, Func


class Instant(Func):
    """A local timestamp (date + time, or date) read in a named time zone: an instant.

    Arguments: a date expression, a time expression, a zone name expression. Immutable for
    PostgreSQL, so it may be stored and indexed; a row is computed anew when it is written.
    """

    arity = 3
    output_field = DateTimeField()
    template = "(%(expressions)s)"

    def as_sql(self, compiler, connection, **extra):  # type: ignore[no-untyped-def]
        (day, day_params), (time, time_params), (zone, zone_params) = (
            compiler.compile(expression) for expression in self.source_expressions
        )
        sql = f"timezone({zone}, ({day} + {time}))"
        return sql, (*zone_params, *day_params, *time_params)


class DaysLater(Func):
    """A date some whole days later; the number of days is a literal."""

    output_field = DateTimeField()

    def __init__(self, day: str, days: int) -> None:
        super().__init__(day)
        self.days = int(days)

    def as_sql(self, compiler, connection, **extra):  # type: ignore[no-untyped-def]
        sql, params = compiler.compile(self.source_expressions[0])
        return f"({sql} + {self.days})", params
