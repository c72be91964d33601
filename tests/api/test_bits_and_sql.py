"""Lists of the API told from sets of bits are those of plain SQL, page by page, in any order."""

import pytest
from django.test import Client
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.bits.keeper import keeper
from tests.events import directory
from tests.events.bits.edits import EDITS
from tests.events.test_filters import QUERIES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("now")]

ORDERS = [None, "date", "-date", "title", "newest", "relevance", "distance"]
EXPANDED = [None, None, "topics,series", "organisations"]
ASKED = st.tuples(
    QUERIES,
    st.sampled_from(ORDERS),
    st.sampled_from([1, 3, 7, 100]),
    st.sampled_from(["de", "en"]),
    st.sampled_from(EXPANDED),
    st.sampled_from([None, None, "2026-01-01T00:00:00Z"]),
)
CHANGES = st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 400)), max_size=3)


@pytest.fixture
def built(transactional_db, settings):
    settings.API_REQUESTS_PER_MINUTE = 0
    keeper.forget()
    directory.build()
    yield
    keeper.forget()


def pages(asked):
    """All that a pass through the list tells, but for its moment."""
    query, order, limit, language, expand, since = asked
    named = {"sort": order, "limit": limit, "lang": language, "expand": expand, "updated_since": since}
    told = [(name, value) for name, values in query.items() for value in values]
    told += [(name, value) for name, value in named.items() if value is not None]
    path, found = f"/api/v1/events?{urlencode(told)}", []
    while path and len(found) < 12:
        answer = Client().get(path)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        found.append((page["total"], page["items"], page["gone"], bool(page["next"])))
        path = page["next"] and page["next"].removeprefix("http://testserver")
    return found


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(changes=CHANGES, asked=st.lists(ASKED, min_size=1, max_size=3))
def test_each_page_is_that_of_plain_sql(built, changes, asked):
    for edit, number in changes:
        edit(number)
    for one in asked:
        with pytest.MonkeyPatch.context() as plain:
            plain.setattr(keeper, "current", lambda: None)
            by_sql = pages(one)
        assert pages(one) == by_sql
