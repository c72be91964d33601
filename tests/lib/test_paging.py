import pytest

from events.models import Topic
from lib.paging import page_links, paginate
from tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def topics():
    TopicFactory.create_batch(5)
    return Topic.objects.in_order()


@pytest.mark.parametrize(("number", "shown"), [(None, 1), ("", 1), ("2", 2), ("3", 3)])
def test_a_page_that_exists_is_shown_without_a_word(topics, number, shown):
    page, problem = paginate(topics, number, 2)
    assert (page.number, problem) == (shown, "")


@pytest.mark.parametrize(
    ("number", "shown"), [("0", 1), ("-1", 1), ("x", 1), ("²", 1), ("9" * 30, 1), ("7", 3), ("a\x00", 1)]
)
def test_any_other_leads_to_the_nearest_and_says_so(topics, number, shown):
    page, problem = paginate(topics, number, 2)
    assert page.number == shown
    assert f"dies ist Seite {shown}" in problem
    assert "\x00" not in problem


def test_an_empty_list_has_one_page():
    page, problem = paginate(Topic.objects.none(), None, 2)
    assert (list(page), problem) == ([], "")


def test_links_name_neighbours_and_gaps():
    TopicFactory.create_batch(40)
    page, _problem = paginate(Topic.objects.in_order(), "10", 2)
    links = page_links(page, lambda number: f"?page={number}")
    assert (links["previous"], links["next"]) == ("?page=9", "?page=11")
    assert [one.get("number", "…") for one in links["pages"]] == [1, "…", 8, 9, 10, 11, 12, "…", 20]


def test_what_appears_after_the_count_pushes_nothing_out(topics):
    class CountedBefore:
        def count(self):
            return 3

        def __getitem__(self, part):
            return topics[part]

    page, _problem = paginate(CountedBefore(), "2", 2)
    assert list(page) == list(topics[2:4])
