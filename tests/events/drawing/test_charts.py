"""Charts of columns: heights that can be compared, ticks that can be read, gaps that are told from zeros."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.drawing.charts import HEIGHT, MOST_TICKS, TOP, Chart, Stack, columns, nice_ticks


def simple(*numbers):
    return [Stack(str(2000 + place), (number,)) for place, number in enumerate(numbers)]


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (14, [0, 5, 10, 15]),
        (23_000, [0, 10_000, 20_000, 30_000]),
        (100, [0, 50, 100]),
    ],
)
def test_ticks_are_even_numbers(highest, ticks):
    assert nice_ticks(highest) == ticks


@given(st.integers(0, 10**9))
def test_ticks_are_few_and_reach_the_highest(highest):
    ticks = nice_ticks(highest)
    assert ticks[0] == 0
    assert highest <= ticks[-1]
    assert 2 <= len(ticks) <= MOST_TICKS
    assert len({later - earlier for earlier, later in pairwise(ticks)}) == 1


counts = st.lists(st.one_of(st.none(), st.integers(0, 50_000)), min_size=2, max_size=30)


@given(counts)
def test_columns_stand_beside_each_other_with_the_height_of_their_numbers(numbers):
    chart = columns(simple(*numbers), longest=6)
    known = [number for number in numbers if number is not None]
    if len(known) < 2:
        assert chart is None
        return
    assert [column.total for column in chart.columns] == numbers
    unit = HEIGHT / chart.ticks[-1].value
    for column, number in zip(chart.columns, numbers, strict=True):
        height = sum(part.height for part in column.parts)
        assert height == round((number or 0) * unit)
        assert column.top == TOP + HEIGHT - height
    for one, following in pairwise(chart.columns):
        assert one.x + one.width < following.x
    assert chart.left < chart.columns[0].x
    assert chart.columns[-1].x + chart.columns[-1].width < chart.width
    assert chart.has_gaps is (None in numbers)


@given(st.lists(st.tuples(*[st.integers(0, 9)] * 4), min_size=2, max_size=9))
def test_parts_lie_on_each_other_without_gaps(rows):
    chart = columns([Stack("2020", row) for row in rows])
    for column, row in zip(chart.columns, rows, strict=True):
        assert [(part.kind, part.value) for part in column.parts] == [
            (kind, value) for kind, value in enumerate(row) if value
        ]
        below = TOP + HEIGHT
        for part in column.parts:
            assert part.y + part.height == below
            below = part.y
        assert column.top == below


def test_zero_is_a_number_and_not_known_is_none():
    chart = columns(simple(0, None, 4))
    assert [(column.total, column.parts == []) for column in chart.columns] == [
        (0, True), (None, True), (4, False),
    ]  # fmt: skip


@pytest.mark.parametrize("numbers", [(), (5,), (5, None), (None, None)])
def test_a_single_number_makes_no_chart(numbers):
    assert columns(simple(*numbers)) is None


def test_the_width_grows_with_the_text():
    assert Chart(width=600, left=0, columns=[], ticks=[]).rem == "37.5"
