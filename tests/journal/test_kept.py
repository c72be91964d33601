"""What is kept for a state of the catalogue is never told of another one."""

import pytest
from django.db import transaction

from journal.kept import Kept, drop_oldest, state
from tests.factories import TopicFactory


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_lasts_as_long_as_the_catalogue_is_unchanged(django_assert_num_queries):
    TopicFactory()
    kept = Kept(most=2)
    with django_assert_num_queries(3):
        assert [kept.get("a", lambda number=number: number) for number in (1, 2, 3)] == [1, 1, 1]
    TopicFactory()
    assert kept.get("a", lambda: 4) == 4


@pytest.mark.django_db(transaction=True)
def test_nothing_is_kept_of_a_change_that_may_be_taken_back():
    TopicFactory()
    kept = Kept()
    assert kept.get("a", lambda: "before") == "before"
    with transaction.atomic():
        TopicFactory()
        assert state() is None
        assert kept.get("a", lambda: "half-way") == "half-way"
        transaction.set_rollback(True)
    assert kept.get("a", lambda: "after") == "before"


@pytest.mark.django_db(transaction=True)
def test_no_more_is_kept_than_was_said():
    TopicFactory()
    kept = Kept(most=2)
    assert [kept.get(key, lambda key=key: key) for key in "abc"] == ["a", "b", "c"]
    assert [kept.get(key, lambda: "new") for key in "cba"] == ["c", "b", "new"]


def test_the_oldest_give_way_even_while_others_put_more_in():
    class Busy(dict):
        """As another thread would: each time one goes, another one comes."""

        def pop(self, key, default=None):
            self[f"new{key}"] = 1
            return super().pop(key, default)

    kept = Busy.fromkeys("abcd", 0)
    drop_oldest(kept, 2)
    assert list(kept) == ["c", "d", "newa", "newb"]
    drop_oldest(kept, 9)
    assert len(kept) == 4
