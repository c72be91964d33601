"""Slips of the finger."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.typos import allowed, distance, neighbours

WORDS = st.text("abcde", max_size=6)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("digtaler", "digitaler", 1),
        ("kleindieck", "kleindiek", 1),
        ("onlinezugangsgesez", "onlinezugangsgesetz", 1),
        ("digtialer", "digitaler", 1),
        ("same", "same", 0),
        ("abc", "xyz", 3),
    ],
)
def test_distance_counts_slips(one, other, apart):
    assert distance(one, other, 3) == apart


def test_distance_stops_counting_beyond_what_is_forgiven():
    assert distance("verwaltung", "quantenphysik", 2) == 3


def test_short_words_are_forgiven_nothing_and_long_ones_two():
    assert [allowed(word) for word in ("abc", "abcd", "abcdefg", "abcdefgh", "2019")] == [0, 1, 1, 2, 0]


@given(WORDS, WORDS)
def test_distance_is_the_same_both_ways(one, other):
    assert distance(one, other, 9) == distance(other, one, 9)


@given(st.text("abcde", min_size=1, max_size=5), st.text("abcde", min_size=1, max_size=5))
def test_neighbours_are_one_slip_away_with_the_first_letter_kept(word, other):
    near = distance(word, other, 2) == 1 and word[0] == other[0]
    # A slip that moves the first letter may keep it by chance; all that is listed is near.
    assert (other in neighbours(word)) <= (distance(word, other, 2) <= 1)
    assert near <= (other in neighbours(word) or word[1:2] == other[:1])
