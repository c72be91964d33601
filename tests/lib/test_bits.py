"""Sets of bits tell what Python's own sets tell."""

from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.bits import bits_of, flags_of, membership, numbers_of, part_of
from lib.columns import Column, values_at

SIZE = 3_000
NUMBERS = st.builds(
    lambda some, first, last, step: sorted({*some, *range(first, last, step)}),
    st.sets(st.integers(0, SIZE - 1), max_size=20),
    st.integers(0, SIZE),
    st.integers(0, SIZE),
    st.integers(1, 60),
)
quick = settings(max_examples=60, deadline=None)


@quick
@given(numbers=NUMBERS)
def test_a_set_holds_the_numbers_it_was_made_of(numbers):
    bits = bits_of(numbers, SIZE)
    assert numbers_of(bits) == numbers
    assert bits.bit_count() == len(numbers)
    assert [number for number, flag in enumerate(flags_of(bits)) if flag] == numbers
    assert [number for number in range(SIZE + 9) if membership(bits)(number)] == numbers


@pytest.mark.parametrize("some", [[], [7], list(range(9))])
def test_the_number_behind_the_last_one_stands_for_none(some):
    assert bits_of([*some, 9], 9) == bits_of(some, 9)
    assert bits_of([*some * 20, 900], 900) == bits_of(some, 900)


@quick
@given(numbers=NUMBERS, first=st.integers(0, SIZE), length=st.integers(0, 60))
def test_a_part_is_cut_out_of_the_order(numbers, first, length):
    assert part_of(bits_of(numbers, SIZE), first, first + length) == numbers[first : first + length]


@quick
@given(
    values=st.lists(st.integers(-5, 5), max_size=40),
    rising=st.integers(0, 2_500),
    limit=st.integers(-9, 2_600),
)
def test_a_column_finds_what_is_above(values, rising, limit):
    column = [*range(rising), *values]
    found = numbers_of(Column(array("q", column)).above(limit))
    assert found == [place for place, value in enumerate(column) if value > limit]


@quick
@given(numbers=NUMBERS)
def test_values_of_a_column_are_those_at_the_numbers(numbers):
    column = array("q", range(7, SIZE + 7))
    assert values_at(column, bits_of(numbers, SIZE)) == [number + 7 for number in numbers]
