"""How many of some numbers have which value: what naive counting tells, too."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.bits import bits_of, numbers_of
from lib.chosen import Chosen
from lib.links import Known, Links
from tests.lib.test_bits import NUMBERS, SIZE, quick


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


# -- of so many numbers that sets come in parts ------------------------------------------------------

VAST = 200_000
VASTLY = {value: range(value * 11, VAST, 1 + value**3) for value in range(1, 60)} | {
    "edges": [0, 65_535, 65_536, 131_071, 131_072, VAST - 1]
}
VAST_LINKS = Links(VAST, VASTLY.items())


@pytest.mark.parametrize(
    "numbers",
    [
        range(150_000, 158_400),
        range(131_000, 131_400),
        range(65_536, 65_537),
        range(100, 9_000),
        range(190_000, VAST),
        range(5, VAST, 3),
        [7, VAST - 1],
        [],
    ],
    ids=str,
)
def test_counts_among_very_many_numbers_are_those_of_the_lists(numbers):
    chosen = Chosen(bits_of(numbers, VAST), VAST)
    naive = {value: len({*numbers}.intersection(of_value)) for value, of_value in VASTLY.items()}
    assert VAST_LINKS.counts(chosen) == {value: count for value, count in naive.items() if count}
    most, number = VAST_LINKS.most(chosen, 5, {})
    assert number == sum(map(bool, naive.values()))
    assert sorted(most.values())[-5:] == sorted(filter(None, naive.values()))[-5:]


@pytest.mark.parametrize("values", [[], ["edges"], [1], [3, 40, "edges"], [1, 2, 3], [59, 99]], ids=str)
def test_sets_of_very_many_numbers_are_put_together_from_their_parts(values):
    found = numbers_of(VAST_LINKS.having(values))
    assert found == sorted({number for value in values for number in VASTLY.get(value, ())})
