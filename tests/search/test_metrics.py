"""The measures of a ranking."""

import math

import pytest

from search.judging.metrics import agree, dcg, mean, ndcg, succeeds

JUDGED = {"asked": 3, "answer": 2, "related": 1}


def test_gain_grows_with_the_grade_and_shrinks_with_the_place():
    assert dcg([3]) == 7
    assert dcg([0, 3]) == 7 / math.log2(3)
    assert dcg([]) == 0


def test_the_best_order_is_one_and_strangers_after_it_do_no_harm():
    assert ndcg(["asked", "answer", "related"], JUDGED) == 1
    assert ndcg(["asked", "answer", "related", "stranger"], JUDGED) == 1


def test_a_worse_order_is_less_and_nothing_is_zero():
    best, worse = ndcg(["asked", "answer"], JUDGED), ndcg(["answer", "asked"], JUDGED)
    assert 0 < worse < best < 1
    assert ndcg([], JUDGED) == ndcg(["stranger"], JUDGED) == 0


def test_only_the_first_places_count_and_each_entry_once():
    assert ndcg(["stranger"] * 10 + ["asked"], JUDGED) == 0
    assert ndcg(["asked", "asked"], {"asked": 3}) == 1
    assert ndcg(["a", "b"], {"a": 1, "b": 1, "c": 1}, places=2) == 1


def test_a_question_without_an_answer_cannot_be_measured():
    with pytest.raises(ValueError, match="no best order"):
        ndcg(["asked"], {})


def test_success_asks_for_an_answer_among_the_first_three():
    assert succeeds(["stranger", "stranger", "answer"], JUDGED)
    assert not succeeds(["stranger", "stranger", "stranger", "answer"], JUDGED)
    assert not succeeds(["related"], JUDGED)


def test_wordings_agree_on_the_first_five_in_order():
    assert agree(list("abcdef"), list("abcdeg"))
    assert not agree(list("ab"), list("ba"))
    assert not agree(list("a"), list("ab"))
    assert not agree([], [])


def test_the_mean_of_nothing_is_zero():
    assert mean([]) == 0
    assert mean([1, 0]) == 0.5
