"""Statements that are planned once for each connection answer like any other."""

import pytest
from django.db import DatabaseError, connection, transaction

from lib import planned
from lib.planned import Planned

pytestmark = pytest.mark.django_db
SUM = Planned("sum_of_two", "SELECT %(one)s + %(two)s, %(one)s", {"one": "int", "two": "int"})


def known():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE name = 'sum_of_two'")
        return cursor.fetchall()


def test_it_is_planned_once_and_asked_often(django_assert_num_queries):
    with django_assert_num_queries(2):
        assert SUM.rows(one=1, two=2) == [(3, 1)]
        assert SUM.rows(one=5, two=5) == [(10, 5)]
    assert known() == [("sum_of_two",)]


def test_it_outlives_a_transaction_that_failed():
    with pytest.raises(DatabaseError), transaction.atomic():
        SUM.rows(one=2_000_000_000, two=2_000_000_000)
    assert SUM.rows(one=1, two=1) == [(2, 1)]


def test_another_connection_is_told_anew():
    SUM.rows(one=1, two=1)
    other, ours = connection.copy(), connection.connection
    try:
        other.connect()
        connection.connection = other.connection
        assert known() == []
        assert SUM.rows(one=1, two=3) == [(4, 1)]
        assert known() == [("sum_of_two",)]
    finally:
        connection.connection = ours
        other.close()


def test_behind_a_pool_nothing_is_left_in_a_session(settings, monkeypatch):
    settings.DATABASE_POOLED = True
    monkeypatch.setattr(planned, "_known", None)
    assert SUM.rows(one=1, two=2) == [(3, 1)]
