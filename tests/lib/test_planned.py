"""Statements that are planned once for each connection answer like any other."""

import pytest
from django.db import DatabaseError, connection, transaction

from lib import planned
from lib.planned import Planned, Recurring

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


AMONG = Planned(
    "among_them",
    "SELECT one FROM generate_series(1, 9) AS one WHERE one = ANY(%(many)s)",
    {"many": "int[]"},
    for_any=True,
)


def mode():
    with connection.cursor() as cursor:
        cursor.execute("SHOW plan_cache_mode")
        return cursor.fetchone()[0]


def test_one_plan_serves_all_values_and_others_choose_theirs():
    for many in ([], [3], [1, 2, 30]):
        assert AMONG.rows(many=many) == [(one,) for one in many if one < 10]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE name = 'among_them'"
        )
        assert cursor.fetchall() == [(3, 0)]
    assert mode() == "auto"


@pytest.fixture
def shapes(request):
    """Asks a statement of so many values; and tells which shapes are planned, two at a time at most."""
    name = f"shape_{len(request.node.name)}"
    told = Recurring(name, 2)

    def ask(number):
        sums = " + ".join(["%s::int"] * number)
        return told.rows(f"SELECT {sums}", range(number))

    def planned_now():
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement FROM pg_prepared_statements WHERE starts_with(name, %s)", [name])
            return sorted(sql.count("$") for (sql,) in cursor.fetchall())

    return ask, planned_now


def test_a_shape_that_comes_again_is_planned_and_the_last_ones_stay(shapes, django_assert_num_queries):
    ask, planned_now = shapes
    states = []
    for number in (1, 1, 1, 2, 2, 3, 3):
        with django_assert_num_queries(1):
            assert ask(number) == [(sum(range(number)),)]
        states.append(planned_now())
    assert states == [[], [1], [1], [1], [1, 2], [2], [2, 3]]
    assert mode() == "auto"


def test_behind_a_pool_no_shape_is_planned(shapes, settings):
    settings.DATABASE_POOLED = True
    ask, planned_now = shapes
    assert [ask(2), ask(2), ask(2), planned_now()] == [[(1,)], [(1,)], [(1,)], []]
