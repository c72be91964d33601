"""Empties the database after a test that committed: what it wrote, not every table there is."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.db import connection
from django.test import TransactionTestCase

# Filled by Django for each model that is installed; doing so anew takes longer than most tests.
OF_DJANGO = ("django_content_type", "auth_permission")
# (how many rows, number of the last one) of each of these tables.
Known = list[tuple[int, int]]


@contextmanager
def emptying_what_was_written() -> Iterator[None]:
    """In place of Django's own way: it empties all tables, and then fills these two again.

    That comes after all where a test has changed one of the two.
    """
    all_of_it = TransactionTestCase._fixture_teardown
    known = _known()

    def empty(case: TransactionTestCase) -> None:
        if _known() == known:
            truncate(written())
        else:
            all_of_it(case)
            known[:] = _known()

    with mock.patch.object(TransactionTestCase, "_fixture_teardown", empty):
        yield


def truncate(tables: list[str]) -> None:
    """Lets the triggers run that tell whoever keeps copies; a DELETE would have others run for each row."""
    if tables:
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")


def written() -> list[str]:
    """The tables with something in them: quick to ask, other than to empty a table without need."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    asked = (
        f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables if table not in OF_DJANGO
    )
    return [name for (name,) in _rows(" UNION ALL ".join(asked))]


def _known() -> Known:
    return _rows(" UNION ALL ".join(f"SELECT count(*), max(id) FROM {table}" for table in OF_DJANGO))


def _rows(query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def measured() -> list[str]:
    """The tables of which an ANALYZE has noted how many rows they have, be these taken back or not.

    The planner counts on none then: a query that takes milliseconds took minutes for whoever came next.
    """
    in_tables = "relnamespace = 'public'::regnamespace AND relkind = 'r' AND reltuples >= 0"
    return [name for (name,) in _rows(f"SELECT relname FROM pg_class WHERE {in_tables}")]


def forget_measures(tables: list[str]) -> None:
    # Before PostgreSQL 18 nothing but emptying a table makes it forget.
    if tables and connection.pg_version >= 180000:
        _rows(f"SELECT pg_clear_relation_stats('public', name) FROM unnest(ARRAY{tables}) AS name")
