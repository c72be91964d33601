"""Columns of codes count what naive counting does, however many values a number has."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.bits import bits_of
from lib.chosen import Chosen
from lib.codes import Codes
from lib.links import LARGE, Links
from tests.lib.test_bits import NUMBERS, SIZE, quick

# The first number has all values, the others ever fewer; nobody has the last but one.
LISTS = [list(range(0, SIZE, 1 + kind)) for kind in range(40)] + [[], [SIZE - 1]]
VAST = LARGE + 1_000
VASTLY = {kind: range(kind, VAST, 1 + kind * kind) for kind in range(60)}


@quick
@given(numbers=NUMBERS.filter(len))
def test_counts_are_those_of_the_lists(numbers):
    naive = {place: len({*numbers}.intersection(one)) for place, one in enumerate(LISTS)}
    naive = {place: count for place, count in naive.items() if count}
    chosen = Chosen(bits_of(numbers, SIZE), SIZE)
    assert CODES.most(chosen, len(LISTS)) == (naive, len(naive))
    few, number = CODES.most(chosen, 3)
    assert number == len(naive)
    least = min(sorted(naive.values())[-3:], default=0)
    assert few == {place: count for place, count in naive.items() if count >= least}


CODES = Codes(SIZE, LISTS)


def test_without_any_value_nothing_is_counted():
    assert Codes(8, [[], []]).most(Chosen(0b101, 8), 2) == ({}, 0)


@pytest.mark.parametrize("microseconds", [0.0, float("inf")], ids=["by codes", "by sets"])
@pytest.mark.parametrize("numbers", [range(0, VAST, 37), range(500, 700), range(VAST)], ids=str)
@given(top=st.integers(1, 14), others=st.dictionaries(st.integers(50, 65), st.integers(1, 9), max_size=3))
@settings(max_examples=15, deadline=None)
def test_both_ways_tell_the_same(numbers, microseconds, top, others):
    links, chosen = VAST_LINKS, Chosen(bits_of(numbers, VAST), VAST)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Codes, "cost", lambda _codes, _chosen: microseconds)
        told, number = links.most(chosen, top, others)
    naive = {kind: len(range_ & {*numbers}) for kind, range_ in SETS.items()}
    for kind, more in others.items():
        naive[kind] = naive.get(kind, 0) + more
    counts = sorted((count for count in naive.values() if count), reverse=True)
    assert number == len(counts)
    least = counts[:top][-1]
    assert {kind: count for kind, count in told.items() if count >= least} == {
        kind: count for kind, count in naive.items() if count >= least
    }


SETS = {kind: {*numbers} for kind, numbers in VASTLY.items()}
VAST_LINKS = Links(VAST, VASTLY.items())
