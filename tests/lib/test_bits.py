"""Sets of bits tell what Python's own sets tell."""

from array import array
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.bits import Chosen, Known, Links, bits_of, flags_of, membership, numbers_of, part_of
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


# -- values of numbers ------------------------------------------------------------------------------


def lists(scale):
    """Many numbers have the first values, few have the last; some numbers have several values."""
    return {
        value: [number for number in range(SIZE) if (number * 7919 + value) % (3 + value * scale) == 0]
        for value in range(1, 90)
    }


SOME, MANY = lists(1), lists(60)


@pytest.mark.parametrize("told", [SOME, MANY, {1: [5], 2: [5, 5, 5], 3: [5], 4: [5], 5: []}], ids=len)
@quick
@given(numbers=NUMBERS)
def test_counts_are_those_of_the_lists(told, numbers):
    links = Links(SIZE, told.items())
    naive = {value: len(set(numbers).intersection(of_value)) for value, of_value in told.items()}
    assert links.counts(Chosen(bits_of(numbers, SIZE), SIZE)) == {v: n for v, n in naive.items() if n}


@pytest.mark.parametrize("told", [SOME, MANY], ids=["frequent", "rare"])
@quick
@given(
    numbers=NUMBERS,
    top=st.integers(1, 14),
    others=st.dictionaries(st.integers(80, 95), st.integers(1, 9), max_size=4),
)
def test_the_most_frequent_are_told_and_the_others_known_in_number(told, numbers, top, others):
    naive = Counter({value: len(set(numbers).intersection(of_value)) for value, of_value in told.items()})
    naive.update(others)
    counts = {value: count for value, count in naive.items() if count}
    least = min(sorted(counts.values())[-top:], default=0)
    links, chosen = Links(SIZE, told.items()), Chosen(bits_of(numbers, SIZE), SIZE)
    for known in (None, exactly(links, chosen), roughly(links, chosen)):
        most, number = links.most(chosen, top, others, known)
        assert number == len(counts)
        of_these = {value: count for value, count in most.items() if count >= least}
        assert of_these == {value: count for value, count in counts.items() if count >= least}


def exactly(links, chosen):
    """The counts of frequent values, the most first."""
    found = {value: count for value, count in links.frequent_counts(chosen).items() if count}
    return Known(dict(sorted(found.items(), key=lambda one: -one[1])), True)


def roughly(links, chosen):
    """What they cannot exceed; some of these have none."""
    found = {value: count + value % 5 for value, count in links.frequent_counts(chosen).items()}
    limits = sorted(found.items(), key=lambda one: -one[1])
    return Known({value: limit for value, limit in limits if limit}, False)


@quick
@given(values=st.lists(st.integers(0, 95), max_size=5))
def test_several_values_mean_or(values):
    for told in (SOME, MANY):
        found = numbers_of(Links(SIZE, told.items()).having(values))
        assert found == sorted({number for value in values for number in told.get(value, ())})
