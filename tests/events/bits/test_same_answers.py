"""Sets of bits answer as plain SQL does, whatever was written in between and however."""

import datetime as dt

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.bits import pairs
from events.bits.keeper import keeper
from events.month_sheet import month_told
from events.selection import Selection
from tests.events import directory
from tests.events.bits.edits import EDITS
from tests.events.test_filters import QUERIES
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db(transaction=True)

MOMENTS = [NOW, NOW + dt.timedelta(hours=30), NOW - dt.timedelta(days=40), NOW + dt.timedelta(days=400)]
ORDERS = [None, "date", "-date", "title", "newest", "relevance", "distance"]
MONTH = TODAY.replace(day=1), TODAY.replace(day=31)
SPANS = [None, None, (TODAY - dt.timedelta(days=60), TODAY), MONTH]
ASKED = st.tuples(QUERIES, st.sampled_from(MOMENTS), st.sampled_from(ORDERS), st.sampled_from(SPANS))
CHANGES = st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 400)), max_size=4)


def select(asked, by_bits):
    query, at, order, span = asked
    text = QueryDict(mutable=True)
    for name, values in query.items():
        text.setlist(name, values)
    if order:
        text["sort"] = order
    selection = Selection(text, "/veranstaltungen/", at=at, span=span)
    assert by_bits == (selection.choice is not None)
    return selection


def answers(asked):
    selection = select(asked, by_bits=True)
    plain = select(asked, by_bits=True)
    plain.__dict__["choice"] = None
    return told(selection), told(plain)


def month(selection):
    """What the page of a month tells."""
    return month_told(selection, *MONTH) if selection.span == MONTH else None


def told(selection):
    """All that a list shows. Of values with the same count and name any may come first."""
    facets = {
        facet.name: (facet.label, facet.hidden_count, sorted(map(str, facet.options)))
        for facet in selection.facets
    }
    keys = selection.keys
    pages = [keys[0:7], keys[7:9], keys[3:40]]
    return keys.count(), pages, facets, month(selection)


@pytest.fixture
def built(transactional_db, monkeypatch):
    """As if the catalogue were large: what is known of pairs of values is asked for."""
    monkeypatch.setattr(pairs, "LEAST", 0)
    keeper.forget()
    directory.build()
    yield
    keeper.forget()


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(changes=CHANGES, asked=st.lists(ASKED, min_size=1, max_size=3))
def test_any_list_after_any_edits_is_that_of_plain_sql(built, changes, asked):
    for edit, number in changes:
        edit(number)
        one = asked[0]
        by_bits, plain = answers(one)
        assert by_bits == plain, (edit.__name__, number)
    for one in asked:
        by_bits, plain = answers(one)
        assert by_bits == plain
