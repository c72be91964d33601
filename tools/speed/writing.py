"""Rows written by the database itself out of numbers, alike on every machine.

`luck(n, salt)` is a fraction from 0 up to 1 that depends on nothing but its arguments.
"""

from typing import Any

from django.db import connection, models

# Zipf's law with its sharpest point taken off (Mandelbrot): the most frequent one of 1,000 gets 3 %.
_BLUNT = 5
_FUNCTIONS = {
    "luck(n bigint, salt int) RETURNS float8":
        "((hashint8extended(n, salt) >> 11) & ((1::bigint << 53) - 1)) / (1::bigint << 53)::float8",
    "pick(n bigint, salt int, most int) RETURNS int":
        "1 + floor(pg_temp.luck(n, salt) * most)::int",
    "skewed(n bigint, salt int, most int) RETURNS int":
        f"floor({_BLUNT} * power((most + {_BLUNT}) / {_BLUNT}.0, pg_temp.luck(n, salt)))::int - {_BLUNT - 1}",
    "one_of(n bigint, salt int, of text[]) RETURNS text":
        "of[pg_temp.pick(n, salt, cardinality(of))]",
}  # fmt: skip


def prepare(cursor: Any) -> None:
    """`pick` and `skewed` give 1 to `most`, evenly or the lower the likelier; `one_of` an element."""
    for function, result in _FUNCTIONS.items():
        way = "IMMUTABLE LANGUAGE sql"
        cursor.execute(f"CREATE OR REPLACE FUNCTION pg_temp.{function} {way} AS $$ SELECT {result} $$")


def insert(
    cursor: Any, model: type[models.Model], columns: dict[str, str], source: str, *, single: bool = False
) -> None:
    """Adds a row for each of `source` (what follows FROM); `columns` are SQL, the others get their defaults.

    `single` leaves out what a constraint calls a second one.
    """
    values = dict(columns)
    for field in model._meta.concrete_fields:
        if field.column not in values and not (field.generated or field.primary_key or _by_database(field)):
            default = field.get_db_prep_save(field.get_default(), connection)
            values[field.column] = cursor.mogrify("%s", [default]).decode()
    names = ", ".join(f'"{column}"' for column in values)
    # An array of no element is of no type unless its column says so.
    told = ", ".join(value.replace("'{}'", "'{}'::text[]") for value in values.values())
    end = "ON CONFLICT DO NOTHING" if single else ""
    cursor.execute(f"INSERT INTO {model._meta.db_table} ({names}) SELECT {told} FROM {source} {end}")  # noqa: S608


def _by_database(field: Any) -> bool:
    return field.db_default is not models.NOT_PROVIDED


def number_on(cursor: Any, *written: type[models.Model]) -> None:
    """Lets the next row get a number of its own where numbers were given."""
    for model in written:
        table = model._meta.db_table
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608
